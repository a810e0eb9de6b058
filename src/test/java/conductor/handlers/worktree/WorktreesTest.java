package conductor.handlers.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.WorktreeEnv;
import conductor.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of worktrees, those of older versions included. */
class WorktreesTest {

  private static final Path REPO = Path.of("/home/me/repo");
  private static final String OLD =
      """
      v=1
      key=wf-1/0/1/ab
      run=wf-1
      stage=checked_out
      id=a-wf-1
      path=/state/worktrees/repo/a-wf-1
      branch=conductor/a-wf-1
      base_branch=main
      base_remote=
      base_commit=0123456789
      issue_id=
      repo=/home/me/repo
      created_at=2026-11-24T23:56:46.484567848Z
      """;

  private static final WorktreeEnv ENV =
      new WorktreeEnv(
          "a-wf-1",
          Path.of("/state/worktrees/repo/a-wf-1"),
          "conductor/a-wf-1",
          "main",
          null,
          "0123456789",
          null,
          REPO,
          Instant.parse("2026-11-24T23:56:46.484567848Z"),
          null,
          null);

  private static final Worktrees.Made MADE =
      new Worktrees.Made(ENV, "wf-1/0/1/ab", "wf-1", Worktrees.Stage.CHECKED_OUT);

  @TempDir private Path temp;
  private Worktrees worktrees;
  private Path old;

  @BeforeEach
  void makesTheDirectory() throws Exception {
    var state = new StateDirectory(temp);
    worktrees = new Worktrees(state);
    Path directory = state.worktrees().resolve(Worktrees.nameOf(REPO));
    old = Files.createDirectories(directory).resolve("a-wf-1.properties");
  }

  @Test
  void readsWhatItWrote() {
    worktrees.write(MADE);

    assertThat(worktrees.of(REPO)).containsExactly(MADE);
  }

  @Test
  void readsTheRecordsOfOlderVersions() throws Exception {
    Files.writeString(old, OLD);

    assertThat(worktrees.of(ENV)).contains(MADE);
    assertThat(worktrees.isOurs(ENV)).isTrue();
    assertThat(worktrees.unreadable()).isEmpty();
  }

  @Test
  void theOldestRecordsOnlySayWhetherTheWorktreeIsReady() throws Exception {
    Files.writeString(old, OLD.replace("stage=checked_out", "ready=true"));

    assertThat(worktrees.of(REPO)).containsExactly(MADE.at(Worktrees.Stage.READY));
  }

  @Test
  void aNewRecordReplacesAnOldOne() throws Exception {
    Files.writeString(old, OLD);
    worktrees.write(MADE.at(Worktrees.Stage.READY));
    assertThat(old).doesNotExist();

    Files.writeString(old, OLD); // as when the host was gone in between
    assertThat(worktrees.of(REPO)).containsExactly(MADE.at(Worktrees.Stage.READY));

    worktrees.forget(ENV);
    assertThat(worktrees.of(REPO)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch", "key", "run", "id"})
  void aDamagedOldRecordIsReportedAndItsWorktreeIsNotForeign(String field) throws Exception {
    Files.writeString(old, OLD.replaceFirst("(?m)^" + field + "=", "lost"));
    Path worktree = Files.createDirectory(old.resolveSibling("a-wf-1"));

    assertThat(worktrees.of(REPO)).isEmpty();
    assertThat(worktrees.unreadable()).containsOnlyKeys(worktree);
    assertThat(worktrees.foreign()).isEmpty();
  }
}
