package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.state.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large values beside a journal. */
class BlobsTest {

  private static final byte[] BYTES = "large".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path temp;

  @Test
  void aValueIsFoundByTheNameOfItsContent() {
    var blobs = new Blobs(temp);

    assertThat(blobs.store(BYTES)).isEqualTo(Digest.sha256(BYTES));
    assertThat(blobs.read(Digest.sha256(BYTES))).isEqualTo(BYTES);
  }

  @Test
  void aValueIsWrittenOnce() throws IOException {
    var blobs = new Blobs(temp);
    Path file = temp.resolve(blobs.store(BYTES));
    var then = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, then);

    blobs.store(BYTES);

    assertThat(Files.getLastModifiedTime(file)).isEqualTo(then);
  }

  @Test
  void anOlderDirectoryIsReadAndNeverWritten() {
    Path older = temp.resolve("older");
    String name = new Blobs(older).store(BYTES);
    var blobs = new Blobs(temp.resolve("newer"), older);

    assertThat(blobs.read(name)).isEqualTo(BYTES);
    String own = blobs.store("own".getBytes(StandardCharsets.UTF_8));
    assertThat(temp.resolve("newer").resolve(own)).exists();
    assertThat(older.resolve(own)).doesNotExist();
    assertThat(blobs.read(own)).asString().isEqualTo("own");
  }

  /** Law 12. */
  @Test
  void aDamagedOrMissingValueIsToldWithItsFile() throws IOException {
    var blobs = new Blobs(temp);
    String name = blobs.store(BYTES);
    Files.writeString(temp.resolve(name), "other");

    assertThatThrownBy(() -> blobs.read(name))
        .isInstanceOf(JournalException.Damaged.class)
        .hasMessageContaining(temp.resolve(name) + ":1: the content does not match the name");
    Files.delete(temp.resolve(name));
    assertThatThrownBy(() -> blobs.read(name))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot read " + temp.resolve(name));
  }
}
