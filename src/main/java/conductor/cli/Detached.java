package conductor.cli;

import conductor.app.Itself;
import conductor.config.Places;
import conductor.process.Job;
import conductor.process.JobSpec;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.List;

/** Starts another conductor that takes a run and outlives this one. */
final class Detached {

  private final Shell shell;
  private final Places places;

  Detached(Shell shell, Places places) {
    this.shell = shell;
    this.places = places;
  }

  /** What it prints is in the run's directory, under {@code owner/}. */
  void start(RunDirectory run) {
    List<String> words =
        Itself.command(
            shell.home(),
            "resume",
            run.id(),
            "--quiet",
            "--state-dir",
            places.state().root().toString());
    Path jobs = run.root().resolve("owner");
    int n = 1;
    while (!(Job.in(jobs.resolve("" + n)).state() instanceof Job.State.NotStarted)) {
      n++;
    }
    Job.start(
        jobs.resolve("" + n),
        new JobSpec(words, shell.directory(), shell.environment(), true),
        new byte[0]);
  }
}
