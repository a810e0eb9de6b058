package conductor.engine.handler;

import conductor.effect.FileFailure;
import conductor.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what a script's path means in a worktree, and lets none lead out of it. */
public final class WorktreePath {

  private static final int SHOWN = 10;

  private WorktreePath() {}

  /**
   * Returns the file or directory of a path relative to a worktree, which need not exist.
   *
   * @throws FileFailure.OutsideWorktree when it leads out, also by a link on its way
   * @throws InvalidPathException when no file can have such a name
   * @throws IOException when the worktree cannot be read
   */
  public static Path of(Path worktree, String path) throws IOException {
    Path root = worktree.toRealPath();
    Path file = root.resolve(path).normalize();
    Path there = nearest(file);
    boolean dangling = Files.isSymbolicLink(there) && !Files.exists(there);
    if (!file.startsWith(root) || dangling || !there.toRealPath().startsWith(root)) {
      throw new FileFailure.OutsideWorktree(path, worktree);
    }
    return file;
  }

  /** Returns a file, or the first directory above it that exists. */
  private static Path nearest(Path file) {
    Path there = file;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = Objects.requireNonNull(there.getParent());
    }
    return there;
  }

  /**
   * Returns the directory that a program is to start in: below the given path of the worktree, and
   * with all links below that resolved.
   *
   * @param path relative to the worktree; null for its top
   * @throws FileFailure.OutsideWorktree when the path leads out, also by a link on its way
   * @throws FileFailure.DirectoryNotFound when there is no such directory
   */
  public static Path directory(Path worktree, @Nullable String path) {
    if (path == null) {
      return worktree;
    }
    try {
      Path root = worktree.toRealPath();
      Path found = of(worktree, path);
      if (!Files.isDirectory(found)) {
        throw new FileFailure.DirectoryNotFound(path, worktree, instead(root, found));
      }
      return worktree.resolve(root.relativize(found.toRealPath()));
    } catch (InvalidPathException e) {
      throw new FileFailure.DirectoryNotFound(path, worktree, "it is no path: " + e.getReason());
    } catch (IOException e) {
      throw new FileFailure.DirectoryNotFound(path, worktree, "it cannot be read: " + e);
    }
  }

  private static String instead(Path root, Path wanted) {
    Path there = nearest(wanted);
    String name = there.equals(root) ? "the worktree" : "'" + root.relativize(there) + "'";
    if (!Files.isDirectory(there)) {
      return name + " is a file";
    }
    List<String> directories =
        FileTree.in(there).stream()
            .filter(Files::isDirectory)
            .map(directory -> directory.getFileName().toString())
            .filter(directory -> !directory.equals(".git"))
            .sorted()
            .toList();
    if (directories.isEmpty()) {
      return name + " has no directories";
    }
    int more = directories.size() - SHOWN;
    String shown = String.join(", ", directories.subList(0, Math.min(SHOWN, directories.size())));
    return "%s has %s%s".formatted(name, shown, more > 0 ? " and %d more".formatted(more) : "");
  }
}
