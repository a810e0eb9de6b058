package conductor.handlers.git;

import conductor.error.Reason;
import conductor.state.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Texts that identify the content of a file: equal fingerprints mean that nothing changed. */
public final class Fingerprint {

  private Fingerprint() {}

  /** Returns the SHA-256 of a file, the target of a link, or a word for what is neither. */
  public static String of(Path file) {
    try {
      if (Files.isSymbolicLink(file)) {
        return "link " + Files.readSymbolicLink(file);
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return "gone";
      }
      return Files.isRegularFile(file) ? Digest.sha256(Files.readAllBytes(file)) : "directory";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
    }
  }
}
