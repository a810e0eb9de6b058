package conductor.handlers.worktree;

import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Copies files into a new worktree: those that the user's checkout ignores and that {@code
 * .worktreeinclude} lists, in the syntax of {@code .gitignore}. They are never committed, unless
 * somebody adds them by force. Links are copied as links.
 */
final class IncludedFiles {

  /** Copies the files by a pipe of names as bytes, for names that are not UTF-8. */
  private static final String BY_BYTES =
      """
      git ls-files -z --others --ignored --exclude-from="$1" | git check-ignore -z --stdin |
        tar -c -f - --null --no-recursion -T - | tar -x -f - -C "$2" --skip-old-files
      """;

  private static final String NO_UTF_8 = "\uFFFD";

  private final WorktreeInspector inspector;
  private final Git git;
  private final Path checkout;

  /** Takes the files from the given checkout, which is the user's. */
  IncludedFiles(WorktreeInspector inspector, Git git, Path checkout) {
    this.inspector = inspector;
    this.git = git.at(checkout);
    this.checkout = checkout;
  }

  /** Copies the files, but those that exist, and says how many, and which links lead out. */
  void copy(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    Path list = checkout.resolve(".worktreeinclude");
    if (!Files.isRegularFile(list)) {
      return;
    }
    List<String> names = names(list).stream().filter(name -> Cone.holds(env, name)).toList();
    var outside = new ArrayList<String>();
    for (String name : names) {
      if (!name.contains(NO_UTF_8)) {
        copy(name, env.path(), outside);
      }
    }
    if (names.stream().anyMatch(name -> name.contains(NO_UTF_8))) {
      byBytes(list, env.path());
    }
    if (!names.isEmpty()) {
      say.accept(
          "copied %d file%s of .worktreeinclude"
              .formatted(names.size(), names.size() == 1 ? "" : "s"));
    }
    if (!outside.isEmpty()) {
      say.accept("links that lead out of the checkout: " + WorktreeState.listed(outside));
    }
    ignore(env, names, say);
  }

  private List<String> names(Path list) throws InterruptedException {
    List<String> listed =
        git.items("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + list).stream()
            .filter(name -> !name.endsWith("/"))
            .toList();
    return ignored(git, listed);
  }

  /** Returns those of some paths that are ignored in git's directory. */
  private static List<String> ignored(Git git, List<String> paths) throws InterruptedException {
    if (paths.isEmpty()) {
      return List.of();
    }
    Command.Ended ended =
        git.feed(String.join("\0", paths) + "\0", "check-ignore", "-z", "--stdin");
    if (ended.code() > 1) {
      throw Git.error(ended, "check-ignore");
    }
    return Git.split(ended.out());
  }

  private void copy(String name, Path worktree, List<String> outside) {
    Path from = checkout.resolve(name);
    Path to = worktree.resolve(name);
    try {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Files.createDirectories(to.getParent());
      if (Files.isSymbolicLink(from)) {
        Files.createSymbolicLink(to, target(from, worktree, name, outside));
      } else if (Files.isRegularFile(from)) {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from + ": " + Reason.of(e), e);
    }
  }

  /**
   * Returns the target for the copy of a link: where the link points into the checkout, the same
   * path in the worktree; otherwise the absolute target, whose name is added to {@code outside}.
   */
  private Path target(Path link, Path worktree, String name, List<String> outside)
      throws IOException {
    Path target = Files.readSymbolicLink(link);
    Path absolute = link.resolveSibling(target).normalize();
    if (!absolute.startsWith(checkout)) {
      outside.add(name);
      return absolute;
    }
    return target.isAbsolute() ? worktree.resolve(checkout.relativize(absolute)) : target;
  }

  private void byBytes(Path list, Path worktree) throws InterruptedException {
    Command.Ended ended =
        git.program("sh", "-c", BY_BYTES, "copy", list.toString(), worktree.toString());
    if (!ended.ok()) {
      throw Git.error(ended, "ls-files", "|", "tar");
    }
  }

  private void ignore(WorktreeEnv env, List<String> names, Consumer<String> say)
      throws InterruptedException {
    Set<String> seen = new HashSet<>(names);
    ignored(git.at(env.path()), names).forEach(seen::remove);
    List<String> committable = names.stream().filter(seen::contains).toList();
    if (!committable.isEmpty()) {
      inspector.ignore(env, committable);
      say.accept(
          "the branch does not ignore what was copied; it is not committed all the same: "
              + WorktreeState.listed(committable));
    }
  }
}
