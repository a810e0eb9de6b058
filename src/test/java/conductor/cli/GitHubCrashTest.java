package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.CrashReport.Trial;
import conductor.cli.GitHubPoint.Mode;
import conductor.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
 * A run of {@code basic_pr} that follows its pull request, disturbed at one of its requests to
 * GitHub and resumed once: law 5. It must end as an undisturbed run does. {@code
 * -Dgithub.points=all} takes every request and every mode, {@code changes} the requests that change
 * something, a number so many by chance, and {@code lost:17,killed-after:20} those. See {@code
 * docs/reliability.md}.
 */
@Order(1)
class GitHubCrashTest {

  private static final String POINTS = System.getProperty("github.points", "8");
  private static final int SKIPPED = Integer.getInteger("github.skip", 0);
  private static final int WORKERS = Integer.getInteger("github.workers", 2);
  private static final long SEED = Long.getLong("seed", 8377511411876L);

  /** The build runs a test that fails once more; what failed here once has failed. */
  private static final AtomicReference<CrashReport> FIRST = new AtomicReference<>();

  @TempDir private Path temp;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void aRunThatIsDisturbedAtARequestToGitHubEndsAsAnUndisturbedRun() throws Exception {
    if (FIRST.get() == null) {
      FIRST.set(tried());
    }
    FIRST.get().mustBeClean();
  }

  private CrashReport tried() throws Exception {
    var requests = new ArrayList<String>();
    CrashTraces undisturbed = undisturbed(requests);
    var work = new ArrayList<Callable<Trial>>();
    points(requests).stream()
        .skip(SKIPPED)
        .forEach(point -> work.add(() -> tried(point, undisturbed)));
    return CrashReport.of("disturbed at GitHub", SEED, WORKERS, SKIPPED, work);
  }

  private Path fresh(String name) throws IOException {
    return Files.createTempDirectory(temp, name).toRealPath();
  }

  private CrashTraces undisturbed(List<String> requests) throws Exception {
    try (var scene = new GitHubScene(fresh("undisturbed"))) {
      assertThat(scene.run(null)).as(scene.said()).isZero();
      requests.addAll(scene.requests());
      CrashTraces traces = scene.traces();
      assertThat(traces.lines().get("ledger")).containsExactly("answer", "repair", "work");
      assertThat(traces.lines().get("pulls")).hasSize(8);
      return traces;
    }
  }

  private static List<GitHubPoint> points(List<String> requests) {
    if (POINTS.matches("\\d+")) {
      return drawn(requests, Integer.parseInt(POINTS));
    }
    return switch (POINTS) {
      case "all" -> every(requests).toList();
      case "changes" -> changing(requests).toList();
      default -> Arrays.stream(POINTS.split(",", -1)).map(GitHubPoint::of).toList();
    };
  }

  private static Stream<GitHubPoint> every(List<String> requests) {
    return Arrays.stream(Mode.values()).flatMap(mode -> every(requests, mode));
  }

  /** All of a mode; reads lag only behind something that was changed. */
  private static Stream<GitHubPoint> every(List<String> requests, Mode mode) {
    return IntStream.rangeClosed(1, requests.size())
        .mapToObj(request -> new GitHubPoint(mode, request))
        .filter(point -> !mode.needsChange() || isChange(requests, point));
  }

  private static boolean isChange(List<String> requests, GitHubPoint point) {
    return GitHubPoint.changes(requests.get(point.request() - 1));
  }

  private static Stream<GitHubPoint> changing(List<String> requests) {
    return every(requests).filter(point -> isChange(requests, point));
  }

  /** Some, in turn for each mode; most of them at requests that change something. */
  private static List<GitHubPoint> drawn(List<String> requests, int most) {
    var random = new Random(SEED);
    var points = new ArrayList<GitHubPoint>();
    List<Mode> modes = List.of(Mode.values());
    for (int i = 0; i < most; i++) {
      boolean changing = random.nextInt(4) > 0;
      List<GitHubPoint> some =
          every(requests, modes.get(i % modes.size()))
              .filter(point -> !changing || isChange(requests, point))
              .toList();
      points.add(some.get(random.nextInt(some.size())));
    }
    return points;
  }

  private Trial tried(GitHubPoint point, CrashTraces undisturbed) throws Exception {
    Path root = fresh("point");
    try (var scene = new GitHubScene(root)) {
      List<String> wrong = wrong(scene, point, undisturbed);
      List<String> requests = scene.requests();
      boolean reached = requests.size() >= point.request();
      String request = reached ? requests.get(point.request() - 1) : "(was not reached)";
      String alone = "mvn -q -B -Dtest=GitHubCrashTest -Dgithub.points=%s test".formatted(point);
      var tried = new Trial(point.toString(), request, wrong, alone);
      if (tried.failed()) {
        note(tried, scene);
      }
      return tried;
    } finally {
      FileTree.delete(root);
    }
  }

  /** What is known of a point that failed, beside what the compiler made. */
  private static void note(Trial tried, GitHubScene scene) throws IOException {
    Path notes = Files.createDirectories(Project.home().resolve("target/github-crashes"));
    var lines = new StringBuilder();
    List<String> requests = scene.requests();
    for (int i = 0; i < requests.size(); i++) {
      lines.append(i + 1).append(' ').append(requests.get(i)).append('\n');
    }
    Files.writeString(
        notes.resolve(tried.point().replace(':', '.') + ".txt"),
        "%s%n%s%nrequests:%n%s".formatted(tried, scene.said(), lines));
  }

  private static List<String> wrong(GitHubScene scene, GitHubPoint point, CrashTraces undisturbed)
      throws Exception {
    try {
      int code = scene.run(point);
      var wrong = new ArrayList<String>();
      if (code != Exit.OK) {
        if (!point.mode().kills() && code != Exit.FAILED) {
          wrong.add("lost: it became exit code %d, no failure of the run".formatted(code));
        }
        code = scene.resume();
      }
      if (code != Exit.OK) {
        wrong.add("lost: the resumed run ended with exit code " + code);
      }
      undisturbed.differences(scene.traces()).forEach(line -> wrong.add(line.toString()));
      return wrong;
    } catch (AssertionError | IllegalStateException e) { // of what looks at the scene
      return List.of("lost: " + e.getMessage());
    }
  }
}
