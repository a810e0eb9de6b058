package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.CrashPoint.Mode;
import conductor.cli.CrashReport.Trial;
import conductor.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs in which git or the runner is killed at a call of git, and that are resumed once: laws 1, 2
 * and 5. They must end as an undisturbed run does. {@code -Dcrash.points=all} takes every call and
 * every mode, {@code changes} the calls that write, {@code kinds} one of each kind of those, a
 * number so many by chance, and {@code basic_pr:git-cut:17} one of them. See {@code
 * docs/reliability.md}.
 */
@Order(1)
class GitCrashTest {

  private static final List<String> TEMPLATES = List.of("basic_pr", "multi_agent");

  private static final String POINTS = System.getProperty("crash.points", "8");
  private static final int SKIPPED = Integer.getInteger("crash.skip", 0);
  private static final int WORKERS = Integer.getInteger("crash.workers", 2);
  private static final long SEED = Long.getLong("seed", 8377511411876L);

  /** The build runs a test that fails once more; what failed here once has failed. */
  private static final AtomicReference<CrashReport> FIRST = new AtomicReference<>();

  @TempDir private Path temp;

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void aRunThatIsKilledAtACallOfGitEndsAsAnUndisturbedRun() throws Exception {
    if (FIRST.get() == null) {
      FIRST.set(tried());
    }
    FIRST.get().mustBeClean();
  }

  private CrashReport tried() throws Exception {
    var undisturbed = new TreeMap<String, CrashTraces>();
    var calls = new TreeMap<String, List<String>>();
    for (String template : TEMPLATES) {
      CrashTraces first = undisturbed(template, calls);
      CrashTraces second = undisturbed(template, calls);
      assertThat(first.differences(second)).as("undisturbed runs of %s", template).isEmpty();
      undisturbed.put(template, first);
    }
    var work = new ArrayList<Callable<Trial>>();
    points(calls).stream()
        .skip(SKIPPED)
        .forEach(point -> work.add(() -> tried(point, undisturbed.get(point.template()))));
    return CrashReport.of("git crashes", SEED, WORKERS, SKIPPED, work);
  }

  private Path fresh(String name) throws IOException {
    return Files.createTempDirectory(temp, name).toRealPath();
  }

  private CrashTraces undisturbed(String template, Map<String, List<String>> calls)
      throws Exception {
    var scene = new CrashScene(fresh(template), template);
    assertThat(scene.run()).as(scene.said()).isZero();
    calls.put(template, scene.shim.calls());
    List<String> agents =
        template.equals("basic_pr") ? List.of("mine-2") : List.of("impl", "tests", "fix-1");
    var traces = CrashTraces.of(scene);
    assertThat(traces.lines().get("ledger"))
        .filteredOn(line -> line.startsWith("agent "))
        .containsExactlyInAnyOrderElementsOf(agents.stream().map("agent "::concat).toList());
    for (String kind : List.of("pre-commit ", "post-checkout ", "pre-push ", "setup ")) {
      assertThat(traces.lines().get("ledger")).anyMatch(line -> line.startsWith(kind));
    }
    assertThat(traces.lines().get("pulls")).hasSize(1);
    for (String agent : agents) {
      assertThat(traces.lines().get("diff")).contains("+++ b/%s.txt".formatted(agent));
    }
    return traces;
  }

  private static List<CrashPoint> points(Map<String, List<String>> calls) {
    if (POINTS.matches("\\d+")) {
      return drawn(calls, Integer.parseInt(POINTS));
    }
    return switch (POINTS) {
      case "all" -> every(calls).toList();
      case "changes" -> changing(calls).toList();
      case "kinds" -> firstOfEachKind(calls);
      default -> Arrays.stream(POINTS.split(",", -1)).map(CrashPoint::of).toList();
    };
  }

  private static Stream<CrashPoint> changing(Map<String, List<String>> calls) {
    return every(calls)
        .filter(point -> GitShim.changes(calls.get(point.template()).get(point.call() - 1)));
  }

  private static List<CrashPoint> firstOfEachKind(Map<String, List<String>> calls) {
    var seen = new HashSet<String>();
    return changing(calls)
        .filter(point -> {
          String kind = GitShim.kind(calls.get(point.template()), point.call());
          return seen.add(point.template() + point.mode() + kind);
        })
        .toList();
  }

  /** All of them; a git that only reads holds no lock. */
  private static Stream<CrashPoint> every(Map<String, List<String>> calls) {
    return calls.keySet().stream()
        .flatMap(
            template -> Arrays.stream(Mode.values()).flatMap(mode -> every(template, mode, calls)));
  }

  private static Stream<CrashPoint> every(
      String template, Mode mode, Map<String, List<String>> calls) {
    List<String> all = calls.get(template);
    return IntStream.rangeClosed(1, all.size())
        .filter(call -> !mode.needsLock() || GitShim.changes(all.get(call - 1)))
        .mapToObj(call -> new CrashPoint(template, mode, call));
  }

  /** Some, in turn for each mode and template; most of them at calls that write. */
  private static List<CrashPoint> drawn(Map<String, List<String>> calls, int most) {
    var random = new Random(SEED);
    var points = new ArrayList<CrashPoint>();
    List<Mode> modes = List.of(Mode.values());
    for (int i = 0; i < most; i++) {
      Mode mode = modes.get(i % modes.size());
      String template = TEMPLATES.get((i + i / modes.size()) % TEMPLATES.size());
      boolean changing = random.nextInt(4) > 0;
      List<CrashPoint> some =
          every(template, mode, calls)
              .filter(
                  point -> !changing || GitShim.changes(calls.get(template).get(point.call() - 1)))
              .toList();
      points.add(some.get(random.nextInt(some.size())));
    }
    return points;
  }

  private Trial tried(CrashPoint point, CrashTraces undisturbed) throws Exception {
    Path root = fresh("point");
    var scene = new CrashScene(root, point.template());
    try {
      scene.shim.at(point, SEED);
      List<String> wrong = wrong(scene, point, undisturbed);
      String hit = "git " + scene.shim.hit().orElse("(the call was not reached)");
      String alone =
          "mvn -q -B -Dtest=GitCrashTest -Dcrash.points=%s -Dseed=%d test".formatted(point, SEED);
      var tried = new Trial(point.toString(), hit, wrong, alone);
      if (tried.failed()) {
        note(tried, scene);
      }
      return tried;
    } finally {
      scene.close();
      FileTree.delete(root);
    }
  }

  /** What is known of a point that failed, beside what the compiler made. */
  private static void note(Trial tried, CrashScene scene) throws IOException {
    Path notes = Files.createDirectories(Project.home().resolve("target/git-crashes"));
    String calls = String.join("\n", scene.shim.calls());
    Files.writeString(
        notes.resolve(tried.point().replace(':', '.') + ".txt"),
        "%s%nall that was not as it should be:%n%s%n%n%s%ncalls of git:%n%s%n"
            .formatted(tried, String.join("\n", tried.wrong()), scene.said(), calls));
  }

  private static List<String> wrong(CrashScene scene, CrashPoint point, CrashTraces undisturbed)
      throws Exception {
    try {
      int code = scene.run();
      var wrong = new ArrayList<String>();
      if (point.mode().killsRunner() || code != Exit.OK) {
        if (!point.mode().killsRunner() && code != Exit.FAILED) {
          wrong.add("lost: git's end became exit code %d, no failure of the run".formatted(code));
        }
        code = scene.resume();
      }
      scene.shim.awaitOutliving();
      if (code != Exit.OK) {
        wrong.add("lost: the resumed run ended with exit code " + code);
      } else {
        boolean saidSo = !point.mode().killsRunner() && scene.said().contains("is not kept");
        undisturbed.differences(CrashTraces.of(scene)).stream()
            .map(CrashTraces.Difference::toString)
            .filter(line -> !(saidSo && line.startsWith("lost: kept: ")))
            .forEach(wrong::add);
        if (point.mode().cutsGit()) {
          hook(scene.shim.hit().orElse(""))
              .flatMap(hook ->
                  wrong.stream()
                      .filter(line -> line.startsWith("repeated: ledger: " + hook + " "))
                      .findFirst())
              .ifPresent(wrong::remove);
        }
      }
      return wrong;
    } catch (AssertionError | IllegalStateException e) { // of what looks at the scene
      return List.of("lost: " + e.getMessage());
    }
  }

  /** The hook that a call of git runs and that its killing may leave half done. */
  private static Optional<String> hook(String call) {
    return Stream.of("push", "commit", "post-checkout")
        .filter(word -> (" " + call + " ").contains(" " + word + " "))
        .findFirst()
        .map(word -> word.startsWith("post") ? word : "pre-" + word);
  }
}
