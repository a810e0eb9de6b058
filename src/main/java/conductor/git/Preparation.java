package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handler.Call;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a new worktree needs before somebody works in it: ignored files that it lists in {@code
 * .worktreeinclude}, submodules, and the {@code worktree.setup} command of the configuration.
 */
public final class Preparation {

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

  boolean of(WorktreeEnv env, Call call) throws InterruptedException {
    include(env, call);
    if (Files.exists(env.path().resolve(".gitmodules"))) {
      git.at(env.path()).must("submodule", "update", "--init", "--recursive", "--quiet");
    }
    if (setup.isPresent()) {
      run(env, setup.get());
    }
    return true;
  }

  private void include(WorktreeEnv env, Call call) throws InterruptedException {
    Path list = env.repo().resolve(".worktreeinclude");
    if (!Files.exists(list)) {
      return;
    }
    List<String> files =
        git.at(env.repo())
            .must("ls-files", "-z", "--others", "--ignored", "--exclude-from=" + list)
            .transform(text -> List.of(text.split("\0", -1)));
    List<String> ignored =
        files.stream().filter(file -> !file.isEmpty() && !file.endsWith("/")).toList();
    for (String file : ignored) {
      copy(env.repo().resolve(file), env.path().resolve(file));
    }
    if (!ignored.isEmpty()) {
      call.say("copied %d files of .worktreeinclude".formatted(ignored.size()));
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
