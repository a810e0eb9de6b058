package conductor.run.execution;

import conductor.config.Places;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.Reason;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnRefs;
import conductor.handlers.git.RepositoryReaders;
import conductor.handlers.worktree.Worktrees;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Outcome;
import conductor.journal.Redactor;
import conductor.run.record.ListedRun;
import conductor.run.record.OwnedElsewhere;
import conductor.run.record.Ownership;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.state.FileTree;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.SyncedDirectory;
import conductor.state.UnreadableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Removes records of runs, with what they keep in git. A run is moved out of the list at once; what
 * is left of it when the process is killed goes with the next removal.
 */
public final class Removals {

  private final StateDirectory state;
  private final RunStore store;
  private final Environments environments;
  private final Worktrees worktrees;
  private final Git git;
  private final Locks locks = new Locks();

  public Removals(Places places) {
    this.state = places.state();
    this.store = new RunStore(state);
    this.environments = new Environments(places);
    this.worktrees = new Worktrees(state);
    this.git = Git.in(places.directory(), places.environment()).readBy(new RepositoryReaders());
  }

  /**
   * The decision about a run.
   *
   * @param kept why it stays, and what to do; null when it was, or would be, removed
   */
  public record Verdict(String run, boolean removed, @Nullable String kept) {}

  /**
   * Removes a run that has ended.
   *
   * @param force also one that can be resumed, that another one needs, or that has worktrees, which
   *     are removed first; their work is kept in git. Never one that a process executes
   */
  public Verdict remove(RunDirectory run, boolean force) throws InterruptedException {
    finishAll();
    return removed(run, force);
  }

  /**
   * Removes the runs that ended longer ago than a time and that nothing needs any more.
   *
   * @param dryRun decides without removing
   * @return the decisions about all runs that were begun longer ago, oldest first
   */
  public List<Verdict> collect(Duration olderThan, boolean dryRun) throws InterruptedException {
    if (!dryRun) {
      finishAll();
    }
    Instant before = Instant.now().minus(olderThan);
    var verdicts = new ArrayList<Verdict>();
    for (ListedRun listed : store.list().runs().reversed()) {
      if (listed.created().isBefore(before) && isOver(listed, before)) {
        RunDirectory run = state.run(listed.id());
        verdicts.add(
            dryRun
                ? new Verdict(run.id(), false, reason(run, false).orElse(null))
                : collected(run));
      }
    }
    return verdicts;
  }

  /** A run that cannot be removed keeps no other. */
  private Verdict collected(RunDirectory run) throws InterruptedException {
    try {
      return removed(run, false);
    } catch (UnreadableState | UncheckedIOException e) {
      return new Verdict(run.id(), false, "it cannot be removed: " + e.getMessage());
    }
  }

  private boolean isOver(ListedRun listed, Instant before) {
    try {
      return !listed.status().ended() || store.meta(listed).updated().isBefore(before);
    } catch (UnreadableState | UncheckedIOException e) {
      return true;
    }
  }

  private Verdict removed(RunDirectory run, boolean force) throws InterruptedException {
    if (force) {
      for (String env : worktrees(run)) {
        environments.delete(env, true);
      }
    }
    try (var _ = Ownership.take(run, InstantSource.system())) {
      Optional<String> reason = reason(run, force);
      if (reason.isPresent()) {
        return new Verdict(run.id(), false, reason.get());
      }
      moveOut(run);
    } catch (OwnedElsewhere e) {
      return new Verdict(run.id(), false, e.getMessage());
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      return new Verdict(run.id(), false, "it is gone already");
    }
    finishAll();
    return new Verdict(run.id(), true, null);
  }

  /** Returns why a run stays; empty when it may go. */
  private Optional<String> reason(RunDirectory run, boolean force) {
    Optional<String> ofWorktrees =
        worktrees(run).stream()
            .findFirst()
            .map(env ->
                "its worktree %s is there; remove it first with 'conductor env delete %s'"
                    .formatted(env, env));
    return force ? ofWorktrees : reasonOfStatus(run).or(() -> ofWorktrees);
  }

  private Optional<String> reasonOfStatus(RunDirectory run) {
    try {
      RunMeta meta = store.atRest(run);
      if (!meta.status().ended()) {
        return Optional.of(
            "it is %s and can be resumed; 'conductor stop %s' ends it"
                .formatted(meta.status().text(), run.id()));
      }
      return meta.status() == RunStatus.ERROR
          ? Optional.of(
              "it failed and can be resumed with 'conductor resume %s'; 'conductor rm --force %s' removes it"
                  .formatted(run.id(), run.id()))
          : reasonOfParent(meta);
    } catch (UnreadableState | UncheckedIOException e) {
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }

  /** A run that can be resumed asks the runs that it started for their results. */
  private Optional<String> reasonOfParent(RunMeta meta) {
    Optional<RunDirectory> parent = store.parent(meta);
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    RunStatus status = store.meta(parent.get()).status();
    return status == RunStatus.DONE || status == RunStatus.ABORTED
        ? Optional.empty()
        : Optional.of(
            "%s started it, is %s and needs it".formatted(parent.get().id(), status.text()));
  }

  private List<String> worktrees(RunDirectory run) {
    return worktrees.all().stream()
        .filter(made -> made.run().equals(run.id()))
        .map(made -> made.env().id())
        .toList();
  }

  /** Takes a run out of the list, at once. */
  private void moveOut(RunDirectory run) {
    Path to = state.removed().resolve(run.id());
    try {
      SyncedDirectory.create(state.removed());
      FileTree.delete(to); // of an earlier run with the same id
      Files.move(run.root(), to, StandardCopyOption.ATOMIC_MOVE);
      SyncedDirectory.sync(state.workflows());
      SyncedDirectory.sync(state.removed());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + run.root() + ": " + Reason.of(e), e);
    }
  }

  /** Deletes what is left of all runs that were moved out, whoever did. */
  private void finishAll() throws InterruptedException {
    if (FileTree.names(state.removed()).isEmpty()) {
      return;
    }
    locks.locked(
        state.locks().resolve("removed"),
        () -> {
          for (Path directory : FileTree.in(state.removed())) {
            finish(new RunDirectory(directory));
          }
          return true;
        });
  }

  private void finish(RunDirectory run) throws InterruptedException {
    for (Path repository : repositories(run)) {
      if (Files.isDirectory(repository)) {
        dropRefs(repository, run.id());
      }
    }
    dropName(run.id());
    FileTree.delete(run.root());
  }

  private void dropName(String run) throws InterruptedException {
    locks.locked(
        store.names().lock(),
        () -> {
          store.names().drop(run);
          return true;
        });
  }

  /** Git that fails here keeps what nobody sees: refs of a run that is gone. */
  private void dropRefs(Path repository, String run) throws InterruptedException {
    try {
      OwnRefs.drop(git.at(repository), "refs/conductor/" + run + "/");
    } catch (GitFailure e) {
      // the repository is another one by now
    }
  }

  /** Returns the repositories in which a run made worktrees, as far as its records say. */
  private static Set<Path> repositories(RunDirectory run) {
    var repositories = new TreeSet<Path>();
    try {
      var codec = new Codec(new Blobs(run.blobs()), Redactor.none());
      for (Entry entry : JournalFile.read(run.trace()).entries()) {
        if (entry instanceof Entry.Replied reply
            && reply.outcome() instanceof Outcome.Value(var value)
            && value.path("$").asString("").equals(WorktreeEnv.class.getSimpleName())
            && codec.decode(value) instanceof WorktreeEnv env
            && !env.ofUser()) {
          repositories.add(env.repo());
        }
      }
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      // what cannot be read says nothing
    }
    return repositories;
  }
}
