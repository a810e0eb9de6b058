package conductor.journal;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps large values as files beside the journal, named by their SHA-256. They are written whole
 * and synced before anything refers to them.
 */
public final class Blobs {

  private final Path directory;
  private final Path also;

  public Blobs(Path directory) {
    this(directory, directory);
  }

  /** Returns blobs that are written to one directory, and also read from an older one. */
  public Blobs(Path directory, Path also) {
    this.directory = directory;
    this.also = also;
  }

  /** Stores bytes, unless they are stored already, and returns their name. */
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
   * @throws JournalException.Damaged when they are not what was stored
   * @throws UncheckedIOException when they are gone or cannot be read
   */
  public byte[] read(String name) {
    Path here = directory.resolve(name);
    Path file = Files.exists(here) ? here : also.resolve(name);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!Digest.sha256(bytes).equals(name)) {
        throw new JournalException.Damaged(file, 1, "the content does not match the name");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
