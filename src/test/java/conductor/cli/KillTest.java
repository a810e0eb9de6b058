package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A runner that is killed at random moments and resumed: laws 1, 2 and 5 on real processes. {@code
 * -Dkills=100} makes it longer.
 */
@Order(1)
class KillTest {

  private static final int KILLS = Integer.getInteger("kills", 4);

  @TempDir private Path temp;

  private static final String THREE =
      """
      def envs = yield Gather(['a', 'b', 'c'].collect { CreateWorktree(suffix: it) })
      yield Gather([0, 1, 2].collect { i -> RunAgent(env: envs[i], prompt: "agent$i") })
      def merged = yield MergeBranches(envs)
      return yield CreatePR(env: merged, title: 'All of it')
      """;

  private static final String PLAYED =
      """
      sh "echo $agent >> \\$LEDGER"
      pause 0.7
      write agent + '.txt', agent
      say 'done'
      """;

  /** How a run is started, and what must come of it. */
  private record Case(Project project, List<String> run, List<String> agents, int worktrees) {}

  /** A workflow of three agents that are shell scripts. */
  private static Case threeAgents(Path root) throws Exception {
    Project project = Project.withOrigin(root);
    project.agent(
        "name=$(cat); echo $name >> $LEDGER; sleep 0.7; echo $name > $name.txt; echo done");
    Path flow = project.file("flow.groovy", THREE);
    return new Case(
        project, List.of("run", flow.toString()), List.of("agent0", "agent1", "agent2"), 4);
  }

  /** The template with agents that a Groovy script plays, two at once and one that repairs. */
  private static Case multiAgent(Path root) throws Exception {
    Project project = Project.withOrigin(root);
    Path script = project.file("agent.groovy", PLAYED);
    project.configure(
        "agent: played\nagents: {played: {script: '%s', pass_env: [LEDGER]}}\ncaps: {agents: 3}\n"
            .formatted(script));
    Path issue = project.file("issue.md", "# All of it\n\nDo it.\n");
    return new Case(
        project,
        List.of(
            "run",
            "multi_agent",
            "--issue",
            issue.toString(),
            "--param",
            "test_command=test -e fix-1.txt"),
        List.of("impl", "tests", "fix-1"),
        3);
  }

  private interface Making {
    Case in(Path root) throws Exception;
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void threeAgentsKilledAtRandomMomentsAreEachPaidForOnce() throws Exception {
    killed(KillTest::threeAgents, KILLS);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void aTemplateWithScriptedAgentsKilledAtRandomMomentsEndsAsAnUndisturbedRun() throws Exception {
    killed(KillTest::multiAgent, KILLS);
  }

  private void killed(Making making, int most) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int kills = 0, round = 0; kills < most; round++) {
      Path root = Files.createDirectories(temp.resolve("round-" + round));
      kills += round(making.in(root), random);
    }
  }

  /** Points at which a process is killed as it writes; {@code -Dpoints=60} kills it at each. */
  private static final int POINTS = Integer.getInteger("points", 3);

  /**
   * The kernel kills it just before the n-th of its writes that make, name, remove or sync a file.
   */
  @Test
  @Timeout(value = 5, unit = TimeUnit.HOURS)
  void aRunThatIsKilledAsItWritesGoesOn() throws Exception {
    assumeThat(canTrace()).as("strace is there and may trace").isTrue();
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    List<Integer> points =
        new Random(seed).ints(1, 60).distinct().limit(Math.min(POINTS, 59)).boxed().toList();
    for (int point : points) {
      Case one = multiAgent(Files.createDirectories(temp.resolve("point-" + point)));
      String[] run = one.run().toArray(String[]::new);
      int code = one.project().startTraced(killing(point), run).waitFor();
      JsonNode runs = one.project().conductor("ps", "--json").json();
      boolean done = runs.path(0).path("status").asString().equals("done");
      if (!done || code != Exit.OK) { // with few forces it ends before the last writes
        assertThat(code).as("killed at write %s", point).isEqualTo(Exit.signal(9));
      }
      if (!done) {
        String[] next =
            runs.isEmpty() ? run : new String[] {"resume", runs.get(0).path("id").asString()};
        assertThat(one.project().start(next).waitFor())
            .as("after write %s: %s", point, Files.readString(one.project().root.resolve("err")))
            .isZero();
      }
      assertOnce(one);
    }
  }

  private static List<String> killing(int point) {
    String writes =
        Stream.of(
                "rename renameat renameat2 link linkat mkdir mkdirat rmdir unlink unlinkat fsync fdatasync ftruncate"
                    .split(" "))
            .map(call -> "?" + call)
            .collect(Collectors.joining(","));
    return List.of(
        "strace",
        "-f",
        "--detach-on=execve",
        "-o",
        "/dev/null",
        "-e",
        "trace=" + writes,
        "-e",
        "inject=" + writes + ":signal=SIGKILL:when=" + point);
  }

  private static boolean canTrace() throws InterruptedException {
    try {
      var words = new ArrayList<>(killing(1));
      words.addAll(List.of("rmdir", "/no-such-directory"));
      return new ProcessBuilder(words).start().waitFor() == Exit.signal(9);
    } catch (IOException e) {
      return false;
    }
  }

  private static int round(Case one, Random random) throws Exception {
    Project project = one.project();
    String[] run = one.run().toArray(String[]::new);
    int kills = 0;
    Process process = project.start(run);
    while (!endsBeforeItsMoment(process, project, random)) {
      process.destroyForcibly().waitFor();
      kills++;
      JsonNode runs = project.conductor("ps", "--json").json();
      if (runs.path(0).path("status").asString().equals("done")) {
        break;
      }
      process =
          runs.isEmpty()
              ? project.start(run)
              : project.start("resume", runs.get(0).path("id").asString());
    }
    assertThat(project.conductor("ps").out())
        .as(Files.readString(project.root.resolve("err")))
        .contains("done");
    assertOnce(one);
    return kills;
  }

  /**
   * Half of the kills come at any time. The others come right after a line that tells of an effect,
   * when most is written.
   */
  private static boolean endsBeforeItsMoment(Process process, Project project, Random random)
      throws Exception {
    if (random.nextBoolean()) {
      return process.waitFor(500 + random.nextInt(2500), TimeUnit.MILLISECONDS);
    }
    Path said = project.root.resolve("err");
    long most = lines(said) + 1 + random.nextInt(6);
    while (process.isAlive() && lines(said) < most) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return process.waitFor(random.nextInt(40_000), TimeUnit.MICROSECONDS);
  }

  private static long lines(Path file) throws IOException {
    return Files.readString(file).lines().count();
  }

  private static void assertOnce(Case one) throws Exception {
    Project project = one.project();
    assertThat(project.ledger()).containsExactlyInAnyOrderElementsOf(one.agents());
    JsonNode pulls = project.conductor("pr", "list", "--json").json();
    assertThat(pulls.size()).isOne();
    String branch = pulls.get(0).path("branch").asString();
    var files = new TreeSet<>(one.agents().stream().map(agent -> agent + ".txt").toList());
    files.add("README.md");
    assertThat(project.sh("git -C origin.git ls-tree --name-only " + branch))
        .isEqualTo(String.join("\n", files));
    assertThat(project.sh("git -C origin.git for-each-ref --format='%(refname:short)' | wc -l"))
        .isEqualTo("2");
    assertThat(project.sh("git -C repo log --oneline --no-merges main.." + branch + " | wc -l"))
        .isEqualTo("3");
    assertThat(project.sh("git -C repo worktree list | wc -l"))
        .isEqualTo("" + (one.worktrees() + 1));
    assertThat(project.sh("git -C repo branch --list 'conductor/*' | wc -l"))
        .isEqualTo("" + one.worktrees());
  }
}
