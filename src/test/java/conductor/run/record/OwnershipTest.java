package conductor.run.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 8: one owner. */
class OwnershipTest {

  @TempDir private Path temp;
  private RunDirectory run;

  @BeforeEach
  void setUp() throws Exception {
    run = new RunDirectory(Files.createDirectory(temp.resolve("wf-1a2b3c")));
  }

  @Test
  void aRunThatIsTakenCannotBeTakenAgainUntilItIsLetGo() {
    try (var _ = Ownership.take(run, InstantSource.system())) {
      assertThatThrownBy(() -> Ownership.take(run, InstantSource.system()))
          .isInstanceOf(OwnedElsewhere.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(Ownership.of(run)).isPresent();
    }
    assertThat(Ownership.of(run)).isEmpty();
    Ownership.take(run, InstantSource.system()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "cifs", "fuse.sshfs", "9p"})
  void aFileSystemWhoseLocksCannotBeTrustedIsRefused(String type) {
    assertThatThrownBy(() -> Ownership.refuseUntrusted(run.root(), type))
        .isInstanceOf(UnreadableState.class)
        .hasMessageContaining(run.root() + " is on " + type)
        .hasMessageContaining("--state-dir");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay"})
  void aLocalOneIsTaken(String type) {
    Ownership.refuseUntrusted(run.root(), type);
    assertThat(run.owner()).doesNotExist();
  }
}
