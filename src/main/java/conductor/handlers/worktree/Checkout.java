package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.CheckoutSettings;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.StaleLocks;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Checks out the files of a worktree that git has registered and that nobody has worked in. Can be
 * repeated from any state that a killed git left.
 */
record Checkout(Git git, WorktreeEnv env) {

  /** Checks the files out unless there is an index: git writes the index last. */
  void files(Path gitDirectory, CheckoutSettings settings) throws InterruptedException {
    if (!Files.exists(gitDirectory.resolve("index"))) {
      StaleLocks.endGits(env, gitDirectory);
      settings
          .apply(git.at(env.path()))
          .must("reset", "--hard", "--quiet", "--no-recurse-submodules");
    }
  }

  /**
   * Runs the repository's {@code post-checkout} hook. Its failure is only reported, since the files
   * are already there.
   */
  void hook(GitJobs.Runner hook, Consumer<String> say) throws InterruptedException {
    String none = "0".repeat(env.baseCommit().length());
    String[] words =
        Git.line("hook run --ignore-missing post-checkout --", none, env.baseCommit(), "1");
    GitJobs.Spec spec = GitJobs.Spec.git(git.at(env.path()), "", words);
    try {
      Command.Ended ended = Git.alive(hook.run(spec), "hook run post-checkout");
      if (!ended.ok()) {
        say.accept(
            "the hook post-checkout failed with exit code %d: %s"
                .formatted(ended.code(), (ended.err() + ended.out()).strip()));
      }
    } catch (GitFailure.GitError e) {
      say.accept(e.reason);
    }
  }
}
