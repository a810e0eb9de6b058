package conductor.cli.demo;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.handlers.git.Git;
import conductor.process.SelfCommand;
import conductor.process.WatchedProgram;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a demonstration in a scratch repository. */
@Command(
    name = "demo",
    description = {
      "Makes a scratch repository with a failing test and an issue, and runs the template multi_agent on it with agents"
          + " that scripts play. It costs nothing and touches nothing of yours."
    },
    footer = {"", "Examples:", "  conductor demo", "  conductor demo --kill --keep"})
public final class DemoCommand extends Subcommand {

  private static final String TEST = "sh test.sh";
  private static final Pattern RUN = Pattern.compile("run (wf-[0-9a-f]+)");
  private static final Pattern AGENT_STARTS = Pattern.compile("→ .*RunAgent");

  @Option(names = "--keep", description = "leave everything in place, to be looked at")
  boolean keep;

  @Option(names = "--kill", description = "kill the run with -9 half-way, and resume it")
  boolean kill;

  @Override
  public Integer call() throws InterruptedException {
    Scratch scratch = Scratch.make(context().home(), context().environment());
    try {
      int code = shown(scratch);
      if (keep) {
        kept(scratch);
      }
      return code;
    } finally {
      if (!keep) {
        scratch.close();
      }
    }
  }

  private int shown(Scratch scratch) throws InterruptedException {
    heading("A scratch repository with a small program, an issue, and a test that fails");
    tests(scratch.run("sh", "test.sh").out());
    heading("The template multi_agent works on the issue: two agents, a merge, tests, a fix loop");
    String id = run(scratch);
    var state = new StateDirectory(scratch.state());
    RunMeta meta = new RunStore(state).meta(state.run(id));
    if (meta.error() != null) {
      console().warn("the demo failed; please report what stands above");
      return Exit.FAILED;
    }
    heading("What happened");
    say(
        "%d worktrees, %d agents, %d effects in the journal"
            .formatted(
                meta.envs().size(),
                meta.agents().size(),
                new RunStore(state).view(state.run(id)).effects().size()));
    result(scratch, meta);
    yours();
    if (json) {
      print(meta, List.of());
    }
    return Exit.OK;
  }

  private String run(Scratch scratch) throws InterruptedException {
    var id = new AtomicReference<String>("");
    int code =
        followed(
            scratch,
            kill,
            id,
            "run",
            "multi_agent",
            "--issue",
            scratch.issue().toString(),
            "--param",
            "test_command=" + TEST);
    if (kill && code == Exit.signal(9)) {
      heading("Killed with -9 while two agents worked; resumed, it takes them up where they are");
      followed(scratch, false, id, "resume", id.get());
    }
    return id.get();
  }

  /** Runs conductor in a process of its own, so that it can be killed like any other. */
  private int followed(Scratch scratch, boolean kill, AtomicReference<String> id, String... words)
      throws InterruptedException {
    Map<String, String> environment = new TreeMap<>(scratch.environment());
    if (context().console().color()) {
      environment.put("CLICOLOR_FORCE", "1");
    }
    var started = new AtomicInteger();
    try (var process =
        WatchedProgram.start(
            SelfCommand.command(context().home(), words), scratch.repository(), environment)) {
      return process.follow(line -> {
        Matcher run = RUN.matcher(line);
        if (run.find()) {
          id.set(run.group(1));
        }
        console().say("  " + line);
        if (kill && AGENT_STARTS.matcher(line).find() && started.incrementAndGet() == 2) {
          process.kill();
        }
      });
    }
  }

  private void result(Scratch scratch, RunMeta meta) throws InterruptedException {
    var merged = meta.envs().getLast();
    say("the branch that was pushed to origin:");
    Git.in(scratch.repository(), scratch.environment())
        .lines("log", "--graph", "--format=%h %s", merged.branch())
        .forEach(line -> say("  " + line));
    say("its tests now:");
    tests(scratch.run("sh", merged.path().resolve("test.sh").toString()).out());
    say("the pull request: " + meta.prUrl());
  }

  private void tests(String output) {
    output
        .lines()
        .forEach(line -> {
          boolean bad = line.contains("expected") || !line.endsWith(" 0 failed");
          say("  " + (bad ? console().red(line) : console().green(line)));
        });
  }

  private void kept(Scratch scratch) {
    heading("Where everything is");
    say("repository  " + scratch.repository());
    say("journals    " + scratch.state().resolve("workflows"));
    say("worktrees   " + scratch.state().resolve("worktrees"));
    say("look around with: export CONDUCTOR_STATE_DIR=" + scratch.state());
    say(
        "                  conductor ps; conductor show wf; conductor logs wf; conductor pr diff 1");
  }

  private void yours() {
    heading("The same for your repository and agents");
    say("conductor doctor                                   # which agents are found");
    say("conductor issue create 'A title' --body 'What is to be done'");
    say(
        "conductor run multi_agent --issue ISSUE-001 --agent claude --param 'test_command=mvn -q test'");
  }

  private void heading(String text) {
    say("");
    say(console().bold(text));
  }

  private void say(String line) {
    if (!json) {
      console().print(line);
    }
  }
}
