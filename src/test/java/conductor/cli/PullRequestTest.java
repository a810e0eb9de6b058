package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pull requests of the local forge, by effects and by {@code conductor pr}. */
class PullRequestTest {

  private static final String PROPOSED =
      """
      def e = yield CreateWorktree()
      yield WriteFile(e, 'a', 'x\\n')
      yield Exec('git add . && git commit -qm one --author "Somebody Else <else@x.y>"', env: e)
      yield WriteFile(e, 'b', 'y\\n')
      def pr = yield CreatePR(e, 'The title', 'The body', labels: ['l1', 'l2'], draft: %s)
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Project.Result proposed(String draft, String more) throws Exception {
    return project.flow(PROPOSED.formatted(draft) + more).ok();
  }

  @Test
  void aDraftKeepsItsLabelsAndBody() throws Exception {
    assertThat(proposed("true", "return pr").json().path("status").asString()).isEqualTo("draft");

    JsonNode shown = project.conductor("pr", "show", "1", "--json").ok().json();

    assertThat(shown.path("labels").toString()).isEqualTo("[\"l1\",\"l2\"]");
    assertThat(shown.path("body").asString()).isEqualTo("The body");
    assertThat(project.conductor("pr", "list").ok().out()).startsWith("1  draft   The title");
    assertThat(project.conductor("pr", "show", "7").code()).isEqualTo(Exit.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase"})
  void aMergeHappensAtTheRemoteAndLeavesTheUsersCheckoutAlone(String strategy) throws Exception {
    String before = project.sh("git -C repo log --oneline; git -C repo status --porcelain");
    proposed("false", "return pr");
    String diff = project.conductor("pr", "diff", "1").ok().out();

    JsonNode merged =
        project
            .conductor("pr", "merge", "1", "--strategy", strategy, "--delete-branch", "--json")
            .ok()
            .json();

    assertThat(merged.path("status").asString()).isEqualTo("merged");
    assertThat(project.sh("git -C repo log --oneline; git -C repo status --porcelain"))
        .isEqualTo(before);
    assertThat(project.sh("git -C origin.git show main:a main:b")).isEqualTo("x\ny");
    assertThat(project.sh("git -C origin.git branch")).doesNotContain("conductor");
    String authors = project.sh("git -C origin.git log --format=%an main");
    assertThat(authors.contains("Somebody Else")).isEqualTo(!strategy.equals("squash"));
    assertThat(project.conductor("pr", "diff", "1").ok().out())
        .isEqualTo(diff)
        .contains("+x", "+y");
  }

  @Test
  void aBranchWhoseWorktreeIsDeletedIsMergedAsItWasPushed() throws Exception {
    JsonNode pr = proposed("false", "yield DeleteWorktree(e)\nreturn yield MergePR(pr)").json();

    assertThat(pr.path("status").asString()).isEqualTo("merged");
    assertThat(project.sh("git -C origin.git show main:b")).isEqualTo("y");
  }

  @Test
  void aConflictWithTheTargetNamesTheFilesAndMergesNothing() throws Exception {
    proposed("false", "return pr");
    project.sh(
        project.repo, "echo other > b; git add b; git commit -qm b; git push -q origin HEAD:main");

    Project.Result result = project.conductor("pr", "merge", "1");

    assertThat(result.code()).isOne();
    assertThat(result.err()).contains("cannot be merged", "conflicts with main in b");
    assertThat(project.conductor("pr", "list").out()).contains("open");
  }

  @Test
  void mergingTwiceMergesOnce() throws Exception {
    proposed("false", "yield MergePR(pr)\nyield MergePR(pr, 'squash')");
    project.conductor("pr", "merge", "1").ok();

    assertThat(project.sh("git -C origin.git rev-list --count --merges main")).isEqualTo("1");
  }

  @Test
  void withoutARemoteTheLocalBranchIsMergedWhereItsCheckoutIsClean() throws Exception {
    project.sh(project.repo, "git remote remove origin");
    proposed("false", "return pr");
    project.sh(project.repo, "echo mine > a");

    assertThat(project.conductor("pr", "merge", "1").err()).contains("changes are in the way");

    project.sh(project.repo, "rm a");
    project.conductor("pr", "merge", "1").ok();
    assertThat(project.sh("cat repo/a repo/b")).isEqualTo("x\ny");
  }
}
