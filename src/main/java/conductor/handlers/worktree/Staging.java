package conductor.handlers.worktree;

import conductor.error.Reason;
import conductor.handlers.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Stages the changes of a worktree, in its index or in a copy of it. */
final class Staging {

  /** The words that commit what is staged; the message is read, to the letter. */
  static final List<String> COMMIT =
      List.of("commit", "--quiet", "--no-verbose", "--no-status", "--cleanup=verbatim", "--file=-");

  private Staging() {}

  /** Returns whether nothing is staged. */
  static boolean isEmpty(Git git) throws InterruptedException {
    return git.is("diff", "--cached", "--quiet", "--no-ext-diff", "--ignore-submodules=none");
  }

  /** Something done with a copy of an index. */
  @FunctionalInterface
  interface Use<T> {
    T with(Git index) throws InterruptedException;
  }

  /**
   * Stages all changes but those of the worktree's birth. What a sparse checkout leaves out is no
   * deletion, and what is new outside of it is staged too.
   */
  static void all(Git git, WorktreeState state) throws InterruptedException {
    var paths = new StringBuilder(":/");
    for (String path : state.born()) {
      paths.append("\0:(top,exclude,literal)").append(path);
    }
    git.textFed(
        paths.toString(),
        "add",
        "--all",
        "--sparse",
        "--pathspec-from-file=-",
        "--pathspec-file-nul");
  }

  /**
   * Stages all changes in a copy of the index, nested repositories' files too, and uses it.
   *
   * @param inside submodules whose files are staged in place of the commit that they are at
   */
  static <T> T aside(
      Git git, WorktreeState state, List<String> inside, Path gitDirectory, Use<T> use)
      throws InterruptedException {
    Path copy = copy(gitDirectory.resolve("index"));
    try {
      Git aside =
          git.with("GIT_INDEX_FILE", copy.toString())
              .set("core.safecrlf", "false")
              .set("core.splitIndex", "false");
      var repositories = new ArrayList<>(state.nested());
      repositories.addAll(inside);
      NestedRepositories.placeholders(aside, repositories);
      all(aside, state);
      return use.with(aside);
    } finally {
      copy.toFile().delete();
    }
  }

  private static Path copy(Path index) {
    try {
      Path copy = Files.createTempFile("conductor", ".index");
      if (Files.exists(index)) {
        // with its time: git takes files that are as old as the index for possibly changed
        return Files.copy(
            index, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.delete(copy);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + index + ": " + Reason.of(e), e);
    }
  }
}
