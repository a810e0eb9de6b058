package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the user's own checkout: the worktree of a directory, or outside of git the directory
 * itself. Only looks.
 *
 * @param git git with the host's environment, in the directory that the run was started in
 * @param state the root of conductor's state directory
 */
public record UserCheckout(Git git, Path state, InstantSource clock) {

  private static final String ID = ":checkout";

  /** Returns whether a name is the id of a checkout, and of no worktree. */
  public static boolean isId(String name) {
    return name.endsWith(ID);
  }

  /**
   * Returns the checkout as a place for agents, and says where it is. It has no record and no
   * branch of its own.
   *
   * @param run the id of the run that asks for it
   * @param say takes where it is
   * @throws GitFailure.UnusableCheckout when no agent may be let into it
   * @throws GitFailure.NotARepository when its repository cannot be used
   */
  public WorktreeEnv of(String run, Consumer<String> say) throws InterruptedException {
    Path start = git.directory();
    mustBeEntered(start);
    String id = run + ID;
    Optional<Repository> repository = repository();
    Path top = real(repository.map(Repository::checkout).orElse(start));
    mustBeHarmless(top);
    if (repository.isEmpty()) {
      say.accept(top + " is in no git repository");
      return new WorktreeEnv(id, top, "", null, null, "", null, top, clock.instant(), null, true);
    }
    String branch = repository.get().branch().orElse("HEAD");
    String head = git.reader().existing("HEAD");
    say.accept("%s, %s at %s".formatted(top, branch, head.substring(0, 10)));
    Path main = repository.get().main();
    return new WorktreeEnv(
        id, top, branch, null, null, head, null, main, clock.instant(), null, true);
  }

  /** Returns the repository of the directory; empty only where no directory above has any. */
  private Optional<Repository> repository() throws InterruptedException {
    try {
      return Optional.of(Repository.of(git));
    } catch (GitFailure.NotARepository e) {
      String said = git.run("rev-parse", "--git-dir").err().strip();
      if (!said.contains("not a git repository")) {
        throw e;
      }
      Optional<Path> unused =
          Stream.iterate(git.directory(), Objects::nonNull, Path::getParent)
              .map(above -> above.resolve(".git"))
              .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
              .findFirst();
      if (unused.isPresent()) {
        throw new GitFailure.NotARepository(
            git.directory(),
            "has %s, which git does not use (%s); mend it or move it away"
                .formatted(unused.get(), said));
      }
      return Optional.empty();
    }
  }

  private static void mustBeEntered(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw unusable(directory, "it is gone; make it again, and resume the run");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      throw unusable(directory, "you may not read it; look with 'ls -ld'");
    }
  }

  /** Refuses directories with more in them than a project. */
  private void mustBeHarmless(Path top) {
    String home = git.environment().getOrDefault("HOME", "");
    if (top.getParent() == null) {
      throw unusable(top, "it is the whole file system; run conductor in the project's directory");
    }
    if (!home.isEmpty() && real(Path.of(home)).startsWith(top)) {
      throw unusable(top, "your home is in it; run conductor in the project's directory");
    }
    if (top.startsWith(real(state))) {
      throw unusable(
          top, "it is one of conductor's own directories; run conductor in your own checkout");
    }
    if (real(state).startsWith(top)) {
      throw unusable(
          top,
          "conductor keeps its own records in it, in %s; choose another place with --state-dir"
              .formatted(state));
    }
  }

  private static Path real(Path directory) {
    try {
      return Files.exists(directory) ? directory.toRealPath() : directory;
    } catch (IOException e) {
      throw unusable(directory, "it cannot be read: " + Reason.of(e));
    }
  }

  private static GitFailure unusable(Path directory, String reason) {
    return new GitFailure.UnusableCheckout(directory, reason);
  }
}
