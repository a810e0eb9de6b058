package conductor.cli;

import conductor.config.Places;
import conductor.process.Job;
import conductor.process.JobSpec;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another conductor that takes a run and outlives this one. */
final class Detached {

  private static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

  private final Shell shell;
  private final Places places;

  Detached(Shell shell, Places places) {
    this.shell = shell;
    this.places = places;
  }

  /** What it prints is in the run's directory, under {@code owner/}. */
  void start(RunDirectory run) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    words.add("-Dconductor.home=" + shell.home());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(
        List.of("resume", run.id(), "--quiet", "--state-dir", places.state().root().toString()));
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
