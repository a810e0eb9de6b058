package conductor.handlers.git;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the reader of repositories: the git program at first, and JGit once this process has read
 * so often that loading JGit is worth its cost. Most processes never read that often. Safe for use
 * by several threads.
 */
public final class RepositoryReaders implements Function<Git, RepositoryReader> {

  /** How many git processes cost as much as loading JGit; {@code docs/adr/0013} has the figures. */
  private static final int WORTH = 100;

  private final int worth;
  private final AtomicInteger asked = new AtomicInteger();

  private @Nullable JGitRepositories repositories;

  public RepositoryReaders() {
    this(WORTH);
  }

  /** Loads JGit after the git program was asked {@code worth} times. */
  public RepositoryReaders(int worth) {
    this.worth = worth;
  }

  @Override
  public RepositoryReader apply(Git git) {
    var program = new GitProgramReader(git);
    if (asked.get() < worth && asked.getAndIncrement() < worth) {
      return program;
    }
    return new JGitReader(program, opened());
  }

  private synchronized JGitRepositories opened() {
    if (repositories == null) {
      repositories = new JGitRepositories();
    }
    return repositories;
  }
}
