package conductor.run.execution;

import conductor.error.Reason;
import conductor.state.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is not as conductor wrote it.
 *
 * @param wrong what is wrong with it
 * @param advice what the user can do
 * @param repair repairs it; null when only a person can
 */
public record Problem(Path file, String wrong, String advice, @Nullable Repair repair) {

  /** Repairs a file. */
  interface Repair {
    void run() throws IOException;
  }

  /**
   * Repairs the file, where that is possible.
   *
   * @return whether it was repaired
   * @throws UncheckedIOException when the file system refuses
   */
  public boolean repaired() {
    if (repair == null) {
      return false;
    }
    try {
      repair.run();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot repair " + file + ": " + Reason.of(e), e);
    }
  }

  /** Renames a file: adds {@code .bad}, and a number when that exists. */
  static void setAside(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Path aside = file.resolveSibling(file.getFileName() + ".bad");
      for (int n = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); n++) {
        aside = file.resolveSibling(file.getFileName() + ".bad-" + n);
      }
      Files.move(file, aside);
      if (Files.isRegularFile(aside, LinkOption.NOFOLLOW_LINKS)) {
        PrivateFiles.close(aside);
      }
    }
  }
}
