package conductor.journal;

import conductor.state.AtomicFile;
import conductor.state.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Large values as files beside the journal, named by their SHA-256. Written whole and synced before
 * anything refers to them.
 */
public final class Blobs {

  private final Path directory;

  public Blobs(Path directory) {
    this.directory = directory;
  }

  /** Stores bytes and returns their name. */
  public String store(byte[] bytes) {
    String name = Digest.sha256(bytes);
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      AtomicFile.write(file, bytes);
    }
    return name;
  }

  /**
   * Reads bytes by name.
   *
   * @throws JournalException.Damaged when they are gone or are not what was stored
   */
  public byte[] read(String name) {
    Path file = directory.resolve(name);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!Digest.sha256(bytes).equals(name)) {
        throw new JournalException.Damaged(file, 1, "the content does not match the name");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
