package conductor.app;

import conductor.config.Places;
import conductor.git.EnvironmentWork;
import conductor.git.Git;
import conductor.git.RepositoryLocks;
import conductor.git.Worktrees;
import conductor.run.RunMeta;
import conductor.run.RunStore;
import conductor.state.Locks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The worktrees of all runs, as people look at and clean them up. */
public final class Environments {

  private final Places places;
  private final Worktrees worktrees;

  public Environments(Places places) {
    this.places = places;
    this.worktrees = new Worktrees(places.state());
  }

  /**
   * A worktree as it stands.
   *
   * @param size in bytes
   * @param merged whether it has no commits of its own
   */
  public record Seen(
      String id,
      String run,
      String branch,
      Path path,
      Path repo,
      Instant createdAt,
      long size,
      int uncommitted,
      int unmerged,
      boolean merged,
      boolean present) {}

  /**
   * What a cleanup did with a worktree.
   *
   * @param kept why it stays; null when it was, or would be, removed
   */
  public record Verdict(String id, String run, @Nullable String kept) {}

  /** All worktrees that conductor made. */
  public List<Seen> all() throws InterruptedException {
    var seen = new ArrayList<Seen>();
    for (Worktrees.Made made : worktrees.all()) {
      seen.add(seen(made));
    }
    return seen;
  }

  private Git git(Path directory) {
    return Git.in(directory, places.environment());
  }

  private Seen seen(Worktrees.Made made) throws InterruptedException {
    var env = made.env();
    boolean present = Files.isDirectory(env.path());
    EnvironmentWork work = EnvironmentWork.of(git(env.path()), env, present);
    return new Seen(
        env.id(),
        made.run(),
        env.branch(),
        env.path(),
        env.repo(),
        env.createdAt(),
        work.size(),
        work.uncommitted(),
        work.unmerged(),
        work.unmerged() == 0,
        present);
  }

  /** Removes what belongs to ended runs and holds nothing that is not elsewhere. */
  public List<Verdict> cleanup(boolean dryRun, Duration olderThan) throws InterruptedException {
    Set<String> live =
        new RunStore(places.state())
            .all().stream()
                .filter(run -> !run.status().ended())
                .map(RunMeta::id)
                .collect(Collectors.toSet());
    var verdicts = new ArrayList<Verdict>();
    for (Worktrees.Made made : worktrees.all()) {
      String kept = kept(made, live, olderThan);
      if (kept == null && !dryRun) {
        EnvironmentWork.remove(
            git(made.env().repo()),
            worktrees,
            new RepositoryLocks(places.state(), new Locks()),
            made.env(),
            InstantSource.system());
      }
      verdicts.add(new Verdict(made.env().id(), made.run(), kept));
    }
    return verdicts;
  }

  private @Nullable String kept(Worktrees.Made made, Set<String> live, Duration olderThan)
      throws InterruptedException {
    if (live.contains(made.run())) {
      return made.run() + " has not ended";
    }
    Duration age = Duration.between(made.env().createdAt(), Instant.now());
    if (age.compareTo(olderThan) < 0) {
      return "it is younger than " + olderThan.toDays() + " days";
    }
    if (!Files.isDirectory(made.env().repo())) {
      return "its repository " + made.env().repo() + " is gone or was moved";
    }
    return EnvironmentWork.reasonToKeep(git(made.env().path()), made.env());
  }
}
