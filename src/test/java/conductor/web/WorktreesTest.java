package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.WorktreeEnv;
import conductor.handlers.worktree.Worktrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The worktrees of all runs. */
@Timeout(120)
class WorktreesTest extends UiScene {

  private static final String WORKS =
      """
      def env = yield CreateWorktree()
      yield WriteFile(env: env, path: 'a.txt', content: 'a')
      yield Commit(env: env, message: 'Add a')
      """;

  private WorktreeEnv only() {
    return new Worktrees(project.state).all().getFirst().env();
  }

  @Test
  void aWorktreeTellsItsBranchItsRunAndWhatItHolds() throws Exception {
    project.flow(WORKS, "--name", "works").ok();
    assertThat(get("/worktrees").body())
        .contains(only().id(), only().path().toString(), only().branch())
        .contains("1 commit", ">works</a>", "<td data-head=\"Repository\">repo</td>")
        .doesNotContain("gone", "merged");
  }

  @Test
  void whatWasMergedIsSaid() throws Exception {
    project.flow(WORKS).ok();
    project.sh(project.repo, "git merge -q --no-edit '" + only().branch() + "'");
    assertThat(get("/worktrees").body()).contains("1 commit, merged into main");
  }

  @Test
  void whatIsGoneIsSaid() throws Exception {
    project.flow(WORKS).ok();
    project.sh("rm -rf '" + only().path() + "'");
    assertThat(get("/worktrees").body()).contains("gone, 1 commit");
  }

  @Test
  void aGoneBranchOrRepositoryHidesNothing() throws Exception {
    project.flow(WORKS).ok();
    String branch = only().branch();
    project.sh(project.repo, "git worktree remove --force '" + only().path() + "'");
    project.sh(project.repo, "git branch -q -D '" + branch + "'");
    assertThat(get("/worktrees").body()).contains("gone, its branch is gone");
  }

  @Test
  void aRepositoryThatWasMovedIsSaid() throws Exception {
    project.flow(WORKS).ok();
    project.sh("mv '" + project.repo + "' '" + project.repo + ".moved'");
    assertThat(get("/worktrees").body()).contains("its repository is gone or was moved");
  }

  @Test
  void theWorktreeOfARemovedRunStays() throws Exception {
    project.flow(WORKS).ok();
    String run = project.onlyRun();
    project.sh("rm -rf '" + project.state.run(run).root() + "'");
    assertThat(get("/worktrees").body()).contains(run + ", removed");
  }
}
