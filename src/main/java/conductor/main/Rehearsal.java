package conductor.main;

import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands that only look, one after another in one process, so that the JVM learns for a
 * start-up cache which classes they need. The launcher starts it when it makes that cache, with a
 * state directory that holds a run.
 */
final class Rehearsal {

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    var state = new StateDirectory(Path.of(System.getenv("CONDUCTOR_STATE_DIR")));
    Main.execute("--version");
    List<String> runs = new RunStore(state).ids();
    interrupted(state.run(runs.getFirst()), state.run("wf-000000"));
    for (String run : new RunStore(state).ids()) {
      List.of("show", "logs").forEach(command -> Main.execute(command, run));
    }
    for (String list : List.of("ps", "gates", "issue list", "env list", "pr list")) {
      Main.execute(list.split(" "));
      Main.execute((list + " --json").split(" "));
    }
    Main.execute("completion", "bash");
    Main.execute("help", "permissions");
    System.exit(0);
  }

  /** Makes a copy of a run as a killed owner leaves one: without its end. */
  private static void interrupted(RunDirectory run, RunDirectory copy) throws IOException {
    List<String> lines = Files.readAllLines(run.trace());
    String meta = Files.readString(run.meta()).replace("\"done\"", "\"running\"");
    Files.createDirectory(copy.root());
    Files.write(copy.trace(), lines.subList(0, lines.size() - 1));
    Files.writeString(copy.meta(), meta.replace(run.id(), copy.id()));
  }
}
