package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The demo, undisturbed and killed half-way. */
@Order(1)
class DemoTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"", "--kill"})
  void endsWithAMergedBranchWhoseTestsPassAndAPullRequest(String kill) throws Exception {
    Project project = Project.withoutRepository(temp);

    Project.Result result =
        kill.isEmpty() ? project.processIn(temp, "demo") : project.processIn(temp, "demo", kill);

    assertThat(result.ok().out())
        .contains("2 tests, 1 failed", "4 tests, 0 failed", "3 worktrees, 3 agents")
        .contains("Merge conductor/issue-impl-wf-", "the pull request: ")
        .containsPattern("conductor run multi_agent --issue");
    assertThat(result.err()).contains("repairing, round 1 of 3").doesNotContain("round 2 of 3");
    assertThat(result.err()).containsOnlyOnce("→ 6.impl.1").containsOnlyOnce("→ 6.tests.1");
    assertThat(project.state.root()).doesNotExist();
  }

  @Test
  void keepsWhatItMadeWhenItIsAskedTo() throws Exception {
    Project project = Project.withoutRepository(temp);

    String said = project.processIn(temp, "demo", "--keep").ok().out();
    Path state = Path.of(said.replaceAll("(?s).*CONDUCTOR_STATE_DIR=(\\S+).*", "$1"));

    project.environment.put("CONDUCTOR_STATE_DIR", state.toString());
    JsonNode pr = project.conductor("pr", "list", "--json").ok().json().get(0);
    assertThat(pr.path("title").asString()).isEqualTo("Punctuation gets into slugs");
    assertThat(project.conductor("pr", "diff", "1").ok().out()).contains("+What?  A gap!");
    project.sh("rm -rf " + state.getParent());
  }
}
