package conductor.handlers.worktree;

import conductor.error.Reason;
import conductor.error.Unchecked;
import conductor.handlers.git.Git;
import conductor.state.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Stages the changes of a worktree, in its index or in a copy of it. */
final class Staging {

  /** Commits what is staged, with the unchanged message from standard input. */
  static final String COMMIT =
      "commit --quiet --no-verbose --no-status --cleanup=verbatim --file=-";

  private static final String[] ADD =
      Git.line("add --all --sparse --pathspec-from-file=- --pathspec-file-nul");

  /** Git compares each file of the index with each path that it is given. */
  private static final int FEW = 50;

  private static final String NO_UTF_8 = "\uFFFD";

  private Staging() {}

  static boolean isEmpty(Git git) throws InterruptedException {
    return git.is("diff", "--cached", "--quiet", "--no-ext-diff", "--ignore-submodules=none");
  }

  /** A use of git with a copy of an index. */
  @FunctionalInterface
  interface Use<T> {
    T with(Git index) throws InterruptedException;
  }

  /**
   * Stages all changes except the {@linkplain WorktreeState#born born}. Files that a sparse
   * checkout leaves out are not staged as deleted, and new files outside of it are staged too.
   */
  static void all(Git git, WorktreeState state) throws InterruptedException {
    var paths = new StringBuilder(":/");
    for (String path : state.born()) {
      paths.append("\0:(top,exclude,literal)").append(path);
    }
    git.textFed(paths.toString(), ADD);
  }

  /**
   * Stages as {@link #all} does, where a few changes are known by searching only for these.
   * Searches everywhere when one of them is gone meanwhile.
   */
  private static void known(Git git, WorktreeState state) throws InterruptedException {
    List<String> paths = state.unstaged();
    if (!state.hasOnlyFiles()
        || paths.size() > FEW
        || paths.stream().anyMatch(path -> path.contains(NO_UTF_8))) {
      all(git, state);
    } else if (!paths.isEmpty()) {
      String listed =
          paths.stream().map(path -> ":(top,literal)" + path).collect(Collectors.joining("\0"));
      if (!git.feed(listed, ADD).ok()) {
        all(git, state);
      }
    }
  }

  /**
   * Stages all changes, including files of nested repositories, in a copy of the index, and calls a
   * function with git that uses the copy. Deletes the copy afterwards.
   *
   * @param inside submodules whose files are staged instead of the commit that they are at
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
      if (inside.isEmpty()) {
        known(aside, state);
      } else {
        all(aside, state);
      }
      return use.with(aside);
    } finally {
      copy.toFile().delete();
    }
  }

  /**
   * Calls a function with git that writes its objects into a directory of its own, which is deleted
   * afterwards: looking leaves nothing in the repository.
   */
  static <T> T leavingNoObjects(Git git, Use<T> use) throws InterruptedException {
    String objects = git.must(Git.line("rev-parse --path-format=absolute --git-path objects"));
    String quoted = objects.strip().replace("\\", "\\\\").replace("\"", "\\\"");
    Path own = Unchecked.get("make a directory", () -> Files.createTempDirectory("conductor"));
    try {
      return use.with(
          git.with("GIT_OBJECT_DIRECTORY", own.toString())
              .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", "\"" + quoted + "\""));
    } finally {
      FileTree.delete(own);
    }
  }

  private static Path copy(Path index) {
    try {
      Path copy = Files.createTempFile("conductor", ".index");
      if (Files.exists(index)) {
        // keeps its time: git reads files again that are not older than the index
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
