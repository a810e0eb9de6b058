package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a new worktree needs before somebody works in it: ignored files that it lists in {@code
 * .worktreeinclude}, submodules, and the {@code worktree.setup} command of the configuration.
 */
public final class Preparation {

  private static final String POINTER = "version https://git-lfs.github.com/spec/";

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Git git;
  private final Optional<List<String>> setup;

  /**
   * @param setup a command that is run in the new worktree
   */
  public Preparation(Git git, Optional<List<String>> setup) {
    this.git = git;
    this.setup = setup;
  }

  /**
   * Prepares one.
   *
   * @param say told what was done and what is missing
   */
  void of(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    include(env, say);
    if (Files.exists(env.path().resolve(".gitmodules"))) {
      git.at(env.path()).must("submodule", "update", "--init", "--recursive", "--quiet");
    }
    pointers(env, say);
    if (setup.isPresent()) {
      run(env, setup.get());
    }
  }

  private void include(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    Path list = env.repo().resolve(".worktreeinclude");
    if (!Files.exists(list)) {
      return;
    }
    List<String> ignored = ignored(git.at(env.repo()), list);
    for (String file : ignored) {
      copy(env.repo().resolve(file), env.path().resolve(file));
    }
    if (!ignored.isEmpty()) {
      say.accept(
          "copied %d file%s of .worktreeinclude"
              .formatted(ignored.size(), ignored.size() == 1 ? "" : "s"));
    }
  }

  /** Those of the listed files that git ignores: others would turn up as work of the agents. */
  private static List<String> ignored(Git git, Path list) throws InterruptedException {
    Set<String> ignored =
        names(git.must("ls-files", "-z", "--others", "--ignored", "--exclude-standard"));
    ignored.retainAll(
        names(git.must("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + list)));
    return List.copyOf(ignored);
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split("\0", -1))
        .filter(file -> !file.isEmpty() && !file.endsWith("/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without git-lfs a checkout has only pointers to large files. */
  private void pointers(WorktreeEnv env, Consumer<String> say) throws InterruptedException {
    if (!Files.exists(env.path().resolve(".gitattributes"))) {
      return;
    }
    List<String> files =
        names(git.at(env.path()).must("ls-files", "-z", ":(attr:filter=lfs)")).stream()
            .filter(file -> isPointer(env.path().resolve(file)))
            .toList();
    if (!files.isEmpty()) {
      say.accept(
          "%d file%s only Git LFS pointers, such as %s; install git-lfs, or fetch them with worktree.setup"
              .formatted(files.size(), files.size() == 1 ? " is" : "s are", files.getFirst()));
    }
  }

  private static boolean isPointer(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(POINTER.length()), StandardCharsets.US_ASCII).equals(POINTER);
    } catch (IOException e) {
      return false; // left out by a sparse checkout
    }
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isRegularFile(from) && !Files.exists(to)) {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from + ": " + e.getMessage(), e);
    }
  }

  private void run(WorktreeEnv env, List<String> words) throws InterruptedException {
    String shown = words.getLast();
    try {
      var command = new Command(words, env.path(), git.environment(), "", LIMIT);
      Command.Ended ended = command.run();
      if (!ended.ok()) {
        throw new GitFailure.SetupFailed(
            shown, "exit code " + ended.code() + ": " + (ended.out() + ended.err()).strip());
      }
    } catch (CannotRun e) {
      throw new GitFailure.SetupFailed(shown, String.valueOf(e.getMessage()));
    }
  }
}
