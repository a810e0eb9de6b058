package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * The files of a worktree that Git LFS stores. Where git-lfs is missing, a checkout has only
 * pointer files in their place, and a file that replaces a pointer would be committed as a whole.
 */
record LargeFiles(Git git) {

  private static final String POINTER = "version https://git-lfs.github.com/spec/";

  private List<String> all() throws InterruptedException {
    return Files.exists(git.directory().resolve(".gitattributes"))
        ? git.items("ls-files", "-z", ":(attr:filter=lfs)")
        : List.of();
  }

  /** Returns the paths of the files of which only the pointer is there. */
  List<String> pointers() throws InterruptedException {
    return all().stream().filter(file -> isPointer(git.directory().resolve(file))).toList();
  }

  /** Refuses a whole file that is staged where git-lfs, which should store it, is missing. */
  void refuseStaged(WorktreeEnv env) throws InterruptedException {
    var files = new HashSet<>(git.lacksLfs() ? all() : List.of());
    if (files.isEmpty()) {
      return;
    }
    files.retainAll(
        git.items("diff", "--cached", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z"));
    List<String> whole =
        files.stream().filter(file -> !isPointer(git.directory().resolve(file))).sorted().toList();
    if (!whole.isEmpty()) {
      throw new GitFailure.WorktreeNotReady(
          env.id(),
          List.of("git-lfs is missing, which is to keep " + WorktreeState.listed(whole)),
          "install git-lfs, then resume the run");
    }
  }

  private static boolean isPointer(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(POINTER.length()), StandardCharsets.US_ASCII).equals(POINTER);
    } catch (IOException e) {
      return false; // left out by a sparse checkout
    }
  }
}
