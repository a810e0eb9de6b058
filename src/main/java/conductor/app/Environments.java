package conductor.app;

import conductor.config.Places;
import conductor.effect.WorktreeEnv;
import conductor.git.Branches;
import conductor.git.EnvironmentWork;
import conductor.git.Git;
import conductor.git.RepositoryLocks;
import conductor.git.Work;
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
   * @param age in seconds
   * @param size in bytes
   * @param dirty whether it has uncommitted changes
   * @param ahead commits since it was made
   * @param unmerged those of them that no other branch and no remote has
   * @param present whether its directory is there
   */
  public record Seen(
      String id,
      String run,
      String branch,
      Path path,
      @Nullable String baseBranch,
      String baseCommit,
      @Nullable String issueId,
      Path repo,
      Instant createdAt,
      long age,
      long size,
      boolean dirty,
      int uncommitted,
      int ahead,
      int unmerged,
      boolean merged,
      boolean present) {}

  /**
   * What a cleanup did with a worktree.
   *
   * @param run null for a directory that conductor did not make
   * @param kept why it stays; null when it was, or would be, removed
   */
  public record Verdict(
      String id, @Nullable String run, Path path, boolean removed, @Nullable String kept) {}

  /** All worktrees that conductor made. */
  public List<Seen> all() throws InterruptedException {
    var seen = new ArrayList<Seen>();
    for (Worktrees.Made made : worktrees.all()) {
      seen.add(seen(made));
    }
    return seen;
  }

  /** Directories among the worktrees that conductor did not make. */
  public List<Path> foreign() {
    return worktrees.foreign();
  }

  private Git git(Path directory) {
    return Git.in(directory, places.environment());
  }

  private Seen seen(Worktrees.Made made) throws InterruptedException {
    WorktreeEnv env = made.env();
    EnvironmentWork work = EnvironmentWork.of(git(places.directory()), env);
    return new Seen(
        env.id(),
        made.run(),
        env.branch(),
        env.path(),
        env.baseBranch(),
        env.baseCommit(),
        env.issueId(),
        env.repo(),
        env.createdAt(),
        Duration.between(env.createdAt(), Instant.now()).toSeconds(),
        work.size(),
        work.uncommitted() > 0,
        work.uncommitted(),
        work.ahead(),
        work.unmerged(),
        work.unmerged() == 0,
        Files.isDirectory(env.path()));
  }

  /** Removes what belongs to ended runs and holds nothing that is not elsewhere. */
  public List<Verdict> cleanup(boolean dryRun, Duration olderThan) throws InterruptedException {
    Set<String> live =
        new RunStore(places.state())
            .all().stream()
                .filter(run -> !run.status().ended())
                .map(RunMeta::id)
                .collect(Collectors.toSet());
    var branches =
        new Branches(
            worktrees, new RepositoryLocks(places.state(), new Locks()), InstantSource.system());
    var verdicts = new ArrayList<Verdict>();
    for (Worktrees.Made made : worktrees.all()) {
      String kept = kept(made, live, olderThan);
      if (kept == null && !dryRun) {
        branches.remove(git(made.env().repo()), made.env());
      }
      verdicts.add(
          new Verdict(
              made.env().id(), made.run(), made.env().path(), kept == null && !dryRun, kept));
    }
    for (Path foreign : worktrees.foreign()) {
      String name = String.valueOf(foreign.getFileName());
      verdicts.add(new Verdict(name, null, foreign, false, "conductor did not make it"));
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
    return new Work(git(made.env().repo()), made.env()).reasonToKeep().orElse(null);
  }
}
