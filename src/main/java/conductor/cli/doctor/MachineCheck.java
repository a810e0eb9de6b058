package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.note;
import static conductor.cli.doctor.CheckResult.ok;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.config.Places;
import conductor.effect.GitFailure;
import conductor.handlers.git.Git;
import conductor.process.CannotRun;
import conductor.process.Command;
import conductor.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the machine: programs, disk space, and which conductor is on the PATH. */
record MachineCheck(Places places) {

  private static final Pattern VERSION = Pattern.compile("(?<!\\d)(\\d++)\\.(\\d++)");

  /** The first git version that merges without a checkout, as major * 1000 + minor. */
  private static final int OLDEST_GIT = 2_038;

  private static final long MIN_FREE_MIB = 100;

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String MISSING = "not found on the PATH; install it";

  List<CheckResult> all() throws InterruptedException {
    var found = new ArrayList<CheckResult>();
    found.add(
        ok("java", Runtime.version() + " in " + System.getProperty("java.home", "(unknown)")));
    found.add(git());
    found.add(program("setsid"));
    found.add(program("flock"));
    found.add(disk());
    found.addAll(others());
    return found;
  }

  private CheckResult git() throws InterruptedException {
    try {
      Git git = Git.in(places.directory(), places.environment());
      String said = git.limited(LIMIT).must("--version");
      Matcher version = VERSION.matcher(said);
      boolean old =
          version.find()
              && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2))
                  < OLDEST_GIT;
      return old ? wrong("git", said + " is too old: 2.38 or newer is needed") : ok("git", said);
    } catch (GitFailure e) {
      return wrong("git", String.valueOf(e.getMessage()));
    } catch (CannotRun e) {
      return wrong("git", MISSING);
    }
  }

  private CheckResult program(String name) throws InterruptedException {
    try {
      var words = List.of(name, "--version");
      var ended = new Command(words, places.directory(), places.environment(), "", LIMIT).run();
      String said = ended.out().lines().findFirst().orElse("");
      return ended.ok() ? ok(name, said) : wrong(name, "exit code " + ended.code() + ": " + said);
    } catch (CannotRun e) {
      return wrong(name, MISSING);
    }
  }

  private CheckResult disk() {
    Path state = places.state().root();
    Path there = state;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    long free = there.toFile().getUsableSpace() >> 20;
    String detail = "%s, %d MiB free".formatted(state, free);
    if (!Files.isWritable(there)) {
      return wrong("state", detail + "; it cannot be written");
    }
    return free < MIN_FREE_MIB
        ? wrong("state", detail + "; that is too little")
        : ok("state", detail);
  }

  /** Of several programs named conductor on the PATH the first is the one that is called. */
  private List<CheckResult> others() {
    List<Path> all = SearchPath.find("conductor", places.environment()).toList();
    return all.isEmpty()
        ? List.of(
            note("PATH", "no conductor is on it; link to " + places.home().resolve("conductor")))
        : all.stream().map(file -> other(file, file.equals(all.getFirst()))).toList();
  }

  private CheckResult other(Path file, boolean first) {
    return isThis(file)
        ? ok("PATH", file + (first ? "" : " comes later than another conductor"))
        : note("PATH", "another conductor: " + file + (first ? ", which is called first" : ""));
  }

  private boolean isThis(Path file) {
    try {
      Path real = file.toRealPath();
      Path home = places.home().toRealPath();
      return real.equals(home.resolve("conductor")) || real.equals(home.resolve("bin/conductor"));
    } catch (IOException e) {
      return false;
    }
  }
}
