package conductor.run.execution;

import conductor.config.Places;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReaders;
import conductor.handlers.worktree.EnvironmentWork;
import conductor.handlers.worktree.Removal;
import conductor.handlers.worktree.UserCheckout;
import conductor.handlers.worktree.Work;
import conductor.handlers.worktree.Worktrees;
import conductor.process.CannotRun;
import conductor.run.record.OwnedElsewhere;
import conductor.run.record.Ownership;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import conductor.workflow.CannotStart;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists, inspects, removes and cleans up the worktrees of all runs, for commands. */
public final class Environments {

  private final Places places;
  private final RunStore store;
  private final WorktreeTools tools;

  public Environments(Places places) {
    this.places = places;
    this.store = new RunStore(places.state());
    this.tools =
        WorktreeTools.of(
            places.state(),
            new Locks(),
            InstantSource.system(),
            Git.in(places.directory(), places.environment()).readBy(new RepositoryReaders()));
  }

  /**
   * A worktree as it is now.
   *
   * @param age in seconds
   * @param size in bytes
   * @param dirty whether it has uncommitted changes
   * @param uncommitted the number of uncommitted files
   * @param ahead the number of commits since it was created
   * @param unmerged the number of those that no other branch and no remote has
   * @param merged whether that number is 0
   * @param present whether its directory exists
   * @param remarks what is unusual about it, such as an operation in progress
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
      boolean present,
      List<String> remarks) {}

  /**
   * The decision of a cleanup about a worktree.
   *
   * @param run null for a directory that conductor did not create
   * @param kept why it stays; null when it was, or would be, removed
   * @param ref the ref that keeps its work after the removal; null when it had none of its own
   */
  public record Verdict(
      String id,
      @Nullable String run,
      Path path,
      boolean removed,
      @Nullable String kept,
      @Nullable String ref) {}

  /** Returns all worktrees that conductor created. */
  public List<Seen> all() throws InterruptedException {
    return seen(tools.worktrees().all());
  }

  public List<Seen> of(String run) throws InterruptedException {
    return seen(tools.worktrees().all().stream().filter(made -> made.run().equals(run)).toList());
  }

  /** Returns the worktrees of the repository with a main worktree. */
  public List<Seen> in(Path repository) throws InterruptedException {
    return seen(tools.worktrees().of(repository));
  }

  private List<Seen> seen(List<Worktrees.Made> all) throws InterruptedException {
    var seen = new ArrayList<Seen>();
    for (Worktrees.Made made : all) {
      seen.add(seen(made));
    }
    return seen;
  }

  /** Returns the directories among the worktrees that conductor did not create. */
  public List<Path> foreign() {
    return tools.worktrees().foreign();
  }

  /** Returns why records of worktrees cannot be read, a line each. */
  public List<String> unreadable() {
    return List.copyOf(tools.worktrees().unreadable().values());
  }

  /**
   * Returns the worktree of a name.
   *
   * @param given its id, or a unique prefix of it
   * @throws CannotStart when none or several match
   */
  public Seen find(String given) throws InterruptedException {
    return seen(made(given));
  }

  private Worktrees.Made made(String given) {
    if (UserCheckout.isId(given)) {
      throw new CannotStart(
          given + " is your own checkout and no worktree that conductor made; it never deletes it");
    }
    List<Worktrees.Made> all = tools.worktrees().all();
    List<Worktrees.Made> found =
        all.stream().filter(made -> made.env().id().startsWith(given)).toList();
    return found.stream()
        .filter(made -> found.size() == 1 || made.env().id().equals(given))
        .findFirst()
        .orElseThrow(() ->
            new CannotStart(
                "%s worktree is called '%s'; there are:%s"
                    .formatted(
                        found.isEmpty() ? "no" : "more than one",
                        given,
                        (found.isEmpty() ? all : found)
                            .stream()
                                .map(made -> "\n  " + made.env().id())
                                .collect(Collectors.joining()))));
  }

  private Seen seen(Worktrees.Made made) throws InterruptedException {
    WorktreeEnv env = made.env();
    EnvironmentWork work = EnvironmentWork.of(tools.git(), tools.inspector(), env);
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
        Files.isDirectory(env.path()),
        work.remarks());
  }

  /**
   * Removes a worktree.
   *
   * @param given its id, or a unique prefix of it
   * @param force removes it even when it holds work, which is then kept in git, or belongs to a run
   *     that can be resumed
   * @throws conductor.effect.GitFailure.UnmergedWork when it holds work, without force
   */
  public Verdict delete(String given, boolean force) throws InterruptedException {
    Worktrees.Made made = made(given);
    return decided(
        made,
        () -> {
          String kept = reasonOfRun(made, force);
          if (kept != null) {
            throw new CannotStart("%s is kept: %s".formatted(made.env().id(), kept));
          }
          return removed(made, force);
        });
  }

  private Verdict removed(Worktrees.Made made, boolean force) throws InterruptedException {
    Optional<String> ref =
        new Removal(tools.git(), tools.inspector(), tools.branches()).of(made.env(), force);
    return new Verdict(
        made.env().id(), made.run(), made.env().path(), true, null, ref.orElse(null));
  }

  private static Verdict kept(Worktrees.Made made, @Nullable String reason) {
    return new Verdict(made.env().id(), made.run(), made.env().path(), false, reason, null);
  }

  /**
   * Removes the worktrees of ended runs that hold no work of their own. Decides about each worktree
   * under the lock of its run.
   *
   * @param dryRun decides without removing
   * @param force also removes worktrees of runs that can be resumed, and those that hold work,
   *     which is kept under {@code refs/conductor/trash/}
   */
  public List<Verdict> cleanup(boolean dryRun, Duration olderThan, boolean force)
      throws InterruptedException {
    var verdicts = new ArrayList<Verdict>();
    for (Worktrees.Made made : tools.worktrees().all()) {
      verdicts.add(
          dryRun
              ? kept(made, isOwned(made) ? hasNotEnded(made) : reason(made, olderThan, force))
              : decided(made, () -> cleaned(made, olderThan, force)));
    }
    tools
        .worktrees()
        .unreadable()
        .forEach((path, wrong) ->
            verdicts.add(
                new Verdict(String.valueOf(path.getFileName()), null, path, false, wrong, null)));
    for (Path foreign : tools.worktrees().foreign()) {
      String name = String.valueOf(foreign.getFileName());
      verdicts.add(new Verdict(name, null, foreign, false, "conductor did not make it", null));
    }
    return verdicts;
  }

  private Verdict cleaned(Worktrees.Made made, Duration olderThan, boolean force)
      throws InterruptedException {
    String reason = reason(made, olderThan, force);
    try {
      return reason == null ? removed(made, force) : kept(made, reason);
    } catch (GitFailure.UnmergedWork e) {
      return kept(made, e.reason);
    } catch (GitFailure | CannotRun e) {
      return kept(made, "it cannot be removed: " + e.getMessage());
    }
  }

  private interface Decision {
    Verdict make() throws InterruptedException;
  }

  /** Decides under the lock of the run, so that nobody can resume it meanwhile. */
  private Verdict decided(Worktrees.Made made, Decision decision) throws InterruptedException {
    RunDirectory run = places.state().run(made.run());
    if (!Files.isDirectory(run.root())) {
      return decision.make();
    }
    try (var _ = Ownership.take(run, InstantSource.system())) {
      return decision.make();
    } catch (OwnedElsewhere e) {
      return kept(made, hasNotEnded(made));
    }
  }

  private boolean isOwned(Worktrees.Made made) {
    RunDirectory run = places.state().run(made.run());
    return Files.isDirectory(run.root()) && Ownership.of(run).isPresent();
  }

  private static String hasNotEnded(Worktrees.Made made) {
    return made.run() + " has not ended";
  }

  private @Nullable String reason(Worktrees.Made made, Duration olderThan, boolean force)
      throws InterruptedException {
    String ofRun = reasonOfRun(made, force);
    if (ofRun != null) {
      return ofRun;
    }
    Duration age = Duration.between(made.env().createdAt(), Instant.now());
    if (age.compareTo(olderThan) < 0) {
      return "it is younger than " + olderThan.toDays() + " days";
    }
    if (!Files.isDirectory(made.env().repo())) {
      return "its repository " + made.env().repo() + " is gone or was moved";
    }
    var work = new Work(tools.git(), tools.inspector(), made.env());
    try {
      return (force ? work.place() : work.reasonToKeep()).orElse(null);
    } catch (GitFailure e) {
      return "git cannot say what it holds: " + e.getMessage();
    }
  }

  /**
   * Returns why the run requires the worktree to stay; null when it does not. A run that cannot be
   * read counts as one that can be resumed.
   */
  private @Nullable String reasonOfRun(Worktrees.Made made, boolean force) {
    RunDirectory run = places.state().run(made.run());
    if (!Files.isDirectory(run.root())) {
      return null;
    }
    try {
      RunStatus status = store.atRest(run).status();
      if (status == RunStatus.DONE || status == RunStatus.ABORTED || force) {
        return null;
      }
      return status == RunStatus.ERROR
          ? made.run() + " failed and can be resumed; --force keeps its work in git and removes it"
          : hasNotEnded(made);
    } catch (UnreadableState | UncheckedIOException e) {
      return made.run() + " cannot be read: " + e.getMessage();
    }
  }
}
