package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A63: limits count what an agent had of the time, whatever becomes of the clock. */
class OwnTimeTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path worktree;
  private Instant wall = NOON;
  private long nanos;
  private final OwnTime time = new OwnTime(() -> wall, () -> nanos);

  /** Both clocks go on. */
  private void passes(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  /** The machine sleeps, or its clock is set. */
  private void jumps(Duration duration) {
    wall = wall.plus(duration);
  }

  @Test
  void timeThatTheMachineSleptDoesNotCount() {
    passes(Duration.ofMinutes(10));
    jumps(Duration.ofHours(4));
    passes(Duration.ofMinutes(5));

    assertThat(time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
    passes(Duration.ofMinutes(1));
    assertThat(time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(16)));
  }

  @Test
  void aClockThatIsSetBackDoesNotGiveMoreTime() {
    passes(Duration.ofMinutes(10));
    assertThat(time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
    jumps(Duration.ofHours(-1));
    passes(Duration.ofMinutes(5));

    assertThat(time.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(15)));
  }

  /** A16. */
  @Test
  void aChangedFileBreaksASilenceOnce() throws Exception {
    Path file = Files.writeString(Files.createDirectory(worktree.resolve("src")).resolve("a"), "");
    changed(file, NOON.minusSeconds(60));
    changed(file.getParent(), NOON.minusSeconds(60));
    changed(worktree, NOON.minusSeconds(60));
    var silence = new Silence(time, () -> wall, new WorktreeActivity(worktree));
    Duration most = Duration.ofMinutes(10);
    passes(Duration.ofMinutes(9));
    assertThat(silence.isOver(most)).isFalse();
    changed(file, wall);
    passes(Duration.ofMinutes(2));

    assertThat(silence.isOver(most)).isFalse();
    assertThat(silence.left(most)).isEqualTo(most);
    passes(Duration.ofMinutes(11));
    assertThat(silence.isOver(most)).isTrue();
  }

  @Test
  void gitsOwnFilesAndTimesToComeBreakNoSilence() throws Exception {
    changed(worktree, NOON.minusSeconds(60));
    var silence = new Silence(time, () -> wall, new WorktreeActivity(worktree));
    Path index =
        Files.writeString(Files.createDirectory(worktree.resolve(".git")).resolve("index"), "");
    Path later = Files.writeString(worktree.resolve("later"), "");
    changed(index, NOON.plusSeconds(60));
    changed(later, NOON.plus(Duration.ofDays(1)));
    changed(worktree, NOON.minusSeconds(60));
    passes(Duration.ofMinutes(11));

    assertThat(silence.isOver(Duration.ofMinutes(10))).isTrue();
  }

  private static void changed(Path path, Instant at) throws Exception {
    Files.setLastModifiedTime(path, FileTime.from(at));
  }
}
