package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.WorktreePath;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.InitialChanges;
import conductor.handlers.git.Repository;
import conductor.process.CannotRun;
import conductor.process.Command;
import conductor.process.Screening;
import conductor.state.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Prepares a new worktree for work: copies the ignored files that {@code .worktreeinclude} lists,
 * checks out submodules, and runs the commands {@code worktree.setup} and {@code worktree.setups}
 * of the configuration. Files that then differ from the head are recorded, see {@link
 * InitialChanges}.
 *
 * @param git git with the host's environment
 * @param setup the command to run in the new worktree; empty when none is configured
 * @param setups commands by the directory that they run in, where the worktree has it
 * @param screening checks that a command may run
 */
public record Preparation(
    WorktreeInspector inspector,
    Git git,
    Optional<List<String>> setup,
    Map<String, String> setups,
    Screening screening) {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  /**
   * Prepares a worktree and returns the state that it is in then.
   *
   * @param from where conductor was started: files are taken from that checkout
   * @param runners gives what runs a command, by the name of its job
   * @param say receives what was done and what is missing
   * @throws GitFailure.SetupFailed when the set-up command fails
   */
  WorktreeState of(
      WorktreeEnv env,
      StartingPlace from,
      Function<String, GitJobs.Runner> runners,
      Consumer<String> say)
      throws InterruptedException {
    Git here = inspector.git(env);
    Path source = source(env, from);
    new IncludedFiles(inspector, git, source).copy(env, say);
    Submodules.initialise(here, env, source, say);
    List<String> pointers = new LargeFiles(git.at(env.path())).pointers();
    if (!pointers.isEmpty()) {
      say.accept(
          "%d file%s only Git LFS pointers, such as %s; install git-lfs, or fetch them with worktree.setup"
              .formatted(
                  pointers.size(), pointers.size() == 1 ? " is" : "s are", pointers.getFirst()));
    }
    if (setup.isPresent()) {
      run(env, env.path(), setup.get(), runners.apply("setup"));
    }
    for (String directory : new TreeSet<>(setups.keySet())) {
      if (Files.isDirectory(env.path().resolve(directory))) {
        byte[] name = directory.getBytes(StandardCharsets.UTF_8);
        run(
            env,
            WorktreePath.directory(env.path(), directory),
            List.of("sh", "-c", setups.getOrDefault(directory, "")),
            runners.apply("setup-" + Digest.sha256(name).substring(0, 8)));
      }
    }
    return inspector.born(env);
  }

  /** Runs the set-up command as a plain process, not as a job. */
  static Command.Ended here(GitJobs.Spec spec) throws InterruptedException {
    return new Command(spec.words(), spec.directory(), spec.environment(), "", spec.limit()).run();
  }

  /** Returns the user's checkout if it is of the same repository, or else the main worktree. */
  private static Path source(WorktreeEnv env, StartingPlace from) throws InterruptedException {
    try {
      Repository repository = from.repository();
      return repository.main().equals(env.repo()) ? repository.checkout() : env.repo();
    } catch (GitFailure.NotARepository e) {
      return env.repo();
    }
  }

  private void run(WorktreeEnv env, Path directory, List<String> words, GitJobs.Runner runner)
      throws InterruptedException {
    String shown = words.getLast();
    screening.screen(words, env.path(), directory);
    try {
      Command.Ended ended =
          runner.run(new GitJobs.Spec(words, directory, git.environment(), "", false, LIMIT));
      if (!ended.ok()) {
        throw new GitFailure.SetupFailed(
            shown, "exit code " + ended.code() + ": " + (ended.out() + ended.err()).strip());
      }
    } catch (CannotRun e) {
      throw new GitFailure.SetupFailed(shown, String.valueOf(e.getMessage()));
    }
  }
}
