package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.WorktreeEnv;
import conductor.handlers.worktree.Worktrees;
import java.util.Iterator;
import java.util.stream.Stream;
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

  /** The page goes on until what takes long is known. */
  private String awaited(String text) throws Exception {
    try (Stream<String> lines = events("/worktrees")) {
      Iterator<String> read = lines.iterator();
      String line = read.next();
      while (!line.contains(text)) {
        line = read.next();
      }
      return line;
    }
  }

  @Test
  void whatIsNotCommittedAndTheSizeAreSaid() throws Exception {
    project.flow(WORKS).ok();
    assertThat(awaited("all committed, ")).contains("<td data-head=\"Work\">", " KiB</td>");
  }

  @Test
  void everyUncommittedFileCounts() throws Exception {
    project.flow(WORKS).ok();
    project.sh(only().path(), "echo b > a.txt; mkdir d; echo c > d/c.txt; truncate -s 3M d/l");
    assertThat(awaited("3 uncommitted, ")).contains("3 uncommitted, 3 MiB");
  }

  @Test
  void whatCannotBeLookedAtIsSaidNotToBeKnown() throws Exception {
    project.flow(WORKS).ok();
    project.sh(only().path(), "rm .git");
    assertThat(awaited("what is uncommitted is not known: ")).contains(" KiB</td>");
  }
}
