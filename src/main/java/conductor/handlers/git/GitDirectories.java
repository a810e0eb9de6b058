package conductor.handlers.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The git directory of a worktree and the one that all worktrees of its repository share, found
 * from their files, without running git. Both are the same directory except for linked worktrees.
 */
public record GitDirectories(Path own, Path common) {

  private static final String LINK = "gitdir:";

  /** Does as {@link #of}, but leaves it to git to say what cannot be read. */
  public static Optional<GitDirectories> readable(Path top) {
    try {
      return of(top);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Finds those of a worktree's top; empty when the files do not have the usual form. */
  static Optional<GitDirectories> of(Path top) throws IOException {
    Path there = top.resolve(".git");
    if (Files.isRegularFile(there)) {
      String text = Files.readString(there).strip();
      if (!text.startsWith(LINK)) {
        return Optional.empty();
      }
      there = top.resolve(text.substring(LINK.length()).strip()).normalize();
    }
    Path shared = there.resolve("commondir");
    Path common =
        Files.exists(shared) ? there.resolve(Files.readString(shared).strip()).normalize() : there;
    boolean whole =
        Files.isRegularFile(there.resolve("HEAD"))
            && !Files.isSymbolicLink(there.resolve("HEAD"))
            && Files.isDirectory(common.resolve("objects"))
            && Files.isDirectory(common.resolve("refs"));
    return whole ? Optional.of(new GitDirectories(there, common)) : Optional.empty();
  }
}
