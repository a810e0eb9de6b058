package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A runner that is killed at random moments and resumed: laws 1, 2 and 5 on real processes. {@code
 * -Dkills=100} makes it longer.
 */
class KillTest {

  private static final int KILLS = Integer.getInteger("kills", 12);

  @TempDir private Path temp;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void killedAtRandomMomentsNothingIsDoneTwiceAndNothingIsLost() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int kills = 0, round = 0; kills < KILLS; round++) {
      kills += round(temp.resolve("round-" + round), random);
    }
  }

  private static int round(Path root, Random random) throws Exception {
    java.nio.file.Files.createDirectories(root);
    Project project = Project.withOrigin(root);
    project.agent(
        "name=$(cat); echo \"$name\" >> $LEDGER; sleep 0.7; echo \"$name\" > \"$name.txt\"; echo done");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def envs = yield Gather(['a', 'b', 'c'].collect { CreateWorktree(suffix: it) })
            yield Gather([0, 1, 2].collect { i -> RunAgent(env: envs[i], prompt: "agent$i") })
            def merged = yield MergeBranches(envs)
            return yield CreatePR(env: merged, title: 'All of it')
            """);
    int kills = 0;
    Process process = project.start("run", flow.toString());
    while (!process.waitFor(500 + random.nextInt(2500), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      kills++;
      JsonNode runs = project.conductor("ps", "--json").json();
      process =
          runs.isEmpty()
              ? project.start("run", flow.toString())
              : project.start("resume", runs.get(0).path("id").asString());
    }
    assertThat(process.exitValue())
        .as(java.nio.file.Files.readString(root.resolve("err")))
        .isZero();
    assertOnce(project);
    return kills;
  }

  private static void assertOnce(Project project) throws Exception {
    assertThat(project.ledger()).containsExactlyInAnyOrder("agent0", "agent1", "agent2");
    JsonNode pulls = project.conductor("pr", "list", "--json").json();
    assertThat(pulls.size()).isOne();
    String branch = pulls.get(0).path("branch").asString();
    assertThat(project.sh("git -C origin.git ls-tree --name-only " + branch))
        .isEqualTo("README.md\nagent0.txt\nagent1.txt\nagent2.txt");
    assertThat(project.sh("git -C origin.git for-each-ref --format='%(refname:short)' | wc -l"))
        .isEqualTo("2");
    assertThat(project.sh("git -C repo log --oneline --no-merges main.." + branch + " | wc -l"))
        .isEqualTo("3");
    assertThat(project.sh("git -C repo worktree list | wc -l")).isEqualTo("5");
    assertThat(project.sh("git -C repo branch --list 'conductor/*' | wc -l")).isEqualTo("4");
  }
}
