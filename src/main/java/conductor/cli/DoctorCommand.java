package conductor.cli;

import conductor.agent.AgentCatalog;
import conductor.app.Environments;
import conductor.effect.AgentFailure;
import conductor.process.CannotRun;
import conductor.run.RunMeta;
import conductor.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Looks for what is missing. */
@Command(
    name = "doctor",
    description =
        "Looks at what conductor needs and what runs left; exit code 1 when something is wrong.",
    footer = {"", "Example:", "  conductor doctor"})
final class DoctorCommand extends Subcommand {

  /** One thing that was looked at. */
  record Found(String what, boolean ok, String detail) {

    String line(Console console) {
      return "%s %-12s %s".formatted(ok ? console.green("ok") : console.red("!!"), what, detail);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    var found = new ArrayList<Found>();
    found.add(new Found("java", true, Runtime.version().toString()));
    found.add(program("git", "--version"));
    found.add(program("setsid", "--version"));
    found.add(state());
    found.add(agents());
    found.addAll(runs());
    found.add(worktrees());
    print(found, found.stream().map(one -> one.line(console())).toList());
    return found.stream().allMatch(Found::ok) ? Exit.OK : Exit.FAILED;
  }

  private Found program(String name, String option) throws InterruptedException {
    try {
      var ended =
          new conductor.process.Command(
                  List.of(name, option),
                  shell().directory(),
                  shell().environment(),
                  "",
                  Duration.ofSeconds(10))
              .run();
      return new Found(name, ended.ok(), ended.out().lines().findFirst().orElse(""));
    } catch (CannotRun e) {
      return new Found(name, false, "not found on the PATH; install it");
    }
  }

  private Found state() {
    Path state = places().state().root();
    Path there = state;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    long free = there.toFile().getUsableSpace() >> 20;
    boolean ok = Files.isWritable(there) && free > 100;
    return new Found("state", ok, "%s, %d MiB free".formatted(state, free));
  }

  private Found agents() {
    AgentCatalog agents = conductor(Map.of()).agents();
    try {
      String type = agents.defaultType();
      agents.settings(type);
      return new Found("agents", true, "%s; default: %s".formatted(agents.types(), type));
    } catch (AgentFailure e) {
      return new Found("agents", false, String.valueOf(e.getMessage()));
    }
  }

  private List<Found> runs() {
    return store().all().stream()
        .filter(run -> run.status() == RunStatus.INTERRUPTED)
        .map(RunMeta::id)
        .map(id ->
            new Found(
                "run",
                true,
                "%s is interrupted: 'conductor resume %s' or 'conductor stop %s'"
                    .formatted(id, id, id)))
        .toList();
  }

  private Found worktrees() throws InterruptedException {
    var all = new Environments(places()).all();
    long gone = all.stream().filter(env -> !env.present()).count();
    return new Found(
        "worktrees",
        gone == 0,
        all.size() + (gone == 0 ? "" : ", " + gone + " of them gone; 'conductor env cleanup'"));
  }
}
