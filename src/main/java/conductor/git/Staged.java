package conductor.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A worktree's files as they are, in a copy of its index: the worktree's own index stays. */
final class Staged {

  private Staged() {}

  /** Something done with the copy. */
  @FunctionalInterface
  interface Use<T> {
    T with(Git index) throws InterruptedException;
  }

  /** Stages all changes in a copy and uses it; what a sparse checkout leaves out stays as it is. */
  static <T> T all(Git git, Use<T> use) throws InterruptedException {
    Path index = Path.of(git.must("rev-parse", "--absolute-git-dir")).resolve("index");
    Path copy = copy(index);
    try {
      Git aside = git.with("GIT_INDEX_FILE", copy.toString());
      aside.must("add", "--all");
      return use.with(aside);
    } finally {
      copy.toFile().delete();
    }
  }

  private static Path copy(Path index) {
    try {
      Path copy = Files.createTempFile("conductor", ".index");
      if (Files.exists(index)) {
        return Files.copy(index, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.delete(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + index + ": " + e.getMessage(), e);
    }
  }
}
