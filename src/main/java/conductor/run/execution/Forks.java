package conductor.run.execution;

import conductor.effect.FileNotTrusted;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.engine.History;
import conductor.engine.handler.Key;
import conductor.handlers.agent.Forked;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReaders;
import conductor.handlers.worktree.Worktrees;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.journal.JournalCopy;
import conductor.journal.JournalFile;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.state.TextFile;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates a new run from the start of another run's journal, with worktrees of its own at the trees
 * that the other run's had then. The other run is only read.
 */
final class Forks {

  private final Host host;
  private final RunStore store;
  private final RunDirectory from;
  private final Blobs blobs;
  private final Codec codec;
  private final Path project;
  private final WorktreeTools tools;

  Forks(Host host, RunStore store, RunDirectory from) {
    this(host, store, from, new Blobs(from.blobs()));
  }

  /** Creates an instance for entries whose large values are in other files, too. */
  Forks(Host host, RunStore store, RunDirectory from, Blobs blobs) {
    this.host = host;
    this.store = store;
    this.from = from;
    this.blobs = blobs;
    this.codec = new Codec(blobs, host.secrets());
    this.project = store.meta(from).project();
    this.tools =
        WorktreeTools.of(
            host.state(),
            host.locks(),
            host.clock(),
            Git.in(project, host.environment()).readBy(new RepositoryReaders()));
  }

  /** A worktree of the other run, and the commit that keeps it as it was at the fork. */
  private record Kept(Worktrees.Made made, String commit) {}

  private Codec codec(RunDirectory run) {
    return new Codec(new Blobs(run.blobs()), host.secrets());
  }

  /** Creates the run that goes on just before a position, see {@link Conductor#fork}. */
  RunDirectory before(Position position) throws InterruptedException {
    return of(Beginning.before(from.id(), entries(), position), Optional.empty());
  }

  /** Creates the session that goes on where another one asks for its next line. */
  RunDirectory now() throws InterruptedException {
    return of(Beginning.whole(entries(), codec), Optional.empty());
  }

  private List<Entry> entries() {
    return JournalFile.read(from.trace()).entries();
  }

  /**
   * Creates the run that goes on after these entries.
   *
   * @param session what it is when it is a session and the other run is none
   */
  RunDirectory of(List<Entry> entries, Optional<PinnedSession> session)
      throws InterruptedException {
    List<Kept> kept = kept(entries);
    RunDirectory run = store.create(host.random());
    var copied = new JournalCopy(names(kept, run), blobs, new Blobs(run.blobs()), codec(run));
    restore(kept, copied, run);
    copy(from.source(), run.source());
    session.ifPresent(kind -> kind.write(run));
    if (Files.isDirectory(from.pulls())) {
      copy(from.pulls(), run.pulls());
    }
    for (Path artifact : FileTree.files(from.artifacts())) {
      Path to = run.artifacts().resolve(from.artifacts().relativize(artifact));
      AtomicFile.copy(artifact, to, run.root().resolve("artifacts.copy"));
    }
    keepAgents(entries, run);
    try (FileJournal journal = FileJournal.open(run.trace())) {
      entries.stream().map(copied::of).forEach(journal::append);
      journal.sync();
    }
    Pinned pinned = Pinned.read(Pinned.source(run, History.of(entries).editEpoch()));
    AtomicFile.write(
        run.meta(), StateJson.pretty(RunMeta.begun(run, pinned, null, host.clock().instant())));
    store.index();
    return run;
  }

  /** Returns the worktrees by then, each as the last effect that used it left it. */
  private List<Kept> kept(List<Entry> entries) throws InterruptedException {
    List<Entry.Asked> replied = performed(entries);
    Map<String, Worktrees.Made> made =
        tools.worktrees().all().stream()
            .collect(Collectors.toMap(one -> one.env().id(), one -> one, (one, _) -> one));
    var kept = new ArrayList<Kept>();
    for (WorktreeEnv env : standing(entries, replied)) {
      Worktrees.Made known =
          made.getOrDefault(
              env.id(), new Worktrees.Made(env, from.id(), from.id(), Worktrees.Stage.READY));
      Optional<String> commit = last(replied, env);
      if (commit.isEmpty() && !known.run().equals(from.id())) {
        commit = tools.trees().newest(known.run(), env);
      }
      String tree =
          commit.orElseThrow(() ->
              new CannotStart(
                  "the tree of the worktree %s was not kept; %s cannot be forked there"
                      .formatted(env.id(), from.id())));
      kept.add(new Kept(new Worktrees.Made(env, known.key(), known.run(), known.stage()), tree));
    }
    return kept;
  }

  /**
   * Returns the names to replace in the new run, old to new: the run's own id, and the worktrees of
   * child runs.
   */
  private Map<String, String> names(List<Kept> kept, RunDirectory run) {
    var names = new LinkedHashMap<String, String>();
    names.put(from.id(), run.id());
    for (Kept one : kept) {
      WorktreeEnv env = one.made().env();
      if (!one.made().run().equals(from.id())) {
        String ending = "-" + run.id();
        names.put(env.path().toString(), env.path() + ending);
        names.put(env.branch(), env.branch() + ending);
        names.put(env.id(), env.id() + ending);
      }
    }
    return names;
  }

  /**
   * Returns those of effects that were performed: the tree that an effect left is none of a fork in
   * which it was cancelled before it began.
   */
  private static List<Entry.Asked> performed(List<Entry> entries) {
    Set<Position> cancelled =
        entries.stream()
            .filter(entry ->
                entry instanceof Entry.Replied reply
                    && reply.outcome() instanceof Outcome.Cancelled)
            .map(entry -> ((Entry.Replied) entry).position())
            .collect(Collectors.toSet());
    return replied(entries).stream()
        .filter(asked -> !cancelled.contains(asked.position()))
        .toList();
  }

  /** Returns the intents of effects that have a reply, in the order of the replies. */
  private static List<Entry.Asked> replied(List<Entry> entries) {
    History history = History.of(entries);
    var asked = new LinkedHashMap<Position, Entry.Asked>();
    var replied = new ArrayList<Entry.Asked>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Asked e when history.stands(e) -> asked.put(e.position(), e);
        case Entry.Replied e when history.stands(e) && asked.containsKey(e.position()) ->
            replied.add(asked.get(e.position()));
        default -> {}
      }
    }
    return replied;
  }

  /**
   * Returns the worktrees in the replies, those of child runs too, without deleted ones. A checkout
   * is none: the new run works in the same one.
   */
  private List<WorktreeEnv> standing(List<Entry> entries, List<Entry.Asked> replied) {
    var envs = new LinkedHashMap<String, WorktreeEnv>();
    Set<Position> positions =
        replied.stream().map(Entry.Asked::position).collect(Collectors.toSet());
    var done = new HashSet<Position>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Replied reply
          && reply.outcome() instanceof Outcome.Value(var value)
          && positions.contains(reply.position())) {
        done.add(reply.position());
        handles(codec.decode(value))
            .filter(env -> !env.ofUser())
            .forEach(env -> envs.put(env.id(), env));
      }
    }
    for (Entry.Asked asked : replied) {
      // a step's arguments are not those of its effect
      if (!asked.position().isStep()
          && done.contains(asked.position())
          && codec.decodeEffect(asked.effect(), asked.arguments())
              instanceof WorktreeEffect.DeleteWorktree delete) {
        envs.remove(delete.env().id());
      }
    }
    return List.copyOf(envs.values());
  }

  private static Stream<WorktreeEnv> handles(@Nullable Object value) {
    return switch (value) {
      case WorktreeEnv env -> Stream.of(env);
      case Map<?, ?> map -> map.values().stream().flatMap(Forks::handles);
      case Collection<?> all -> all.stream().flatMap(Forks::handles);
      case null, default -> Stream.empty();
    };
  }

  private Optional<String> last(List<Entry.Asked> replied, WorktreeEnv env)
      throws InterruptedException {
    for (Entry.Asked asked : replied.reversed()) {
      Optional<String> commit = tools.trees().kept(Key.of(from.id(), asked), env);
      if (commit.isPresent()) {
        return commit;
      }
    }
    return Optional.empty();
  }

  /** Creates the worktrees; removes all of the new run when one cannot be created. */
  private void restore(List<Kept> kept, JournalCopy copied, RunDirectory run)
      throws InterruptedException {
    try {
      for (Kept one : kept) {
        restore(one, copied, run.id());
      }
    } catch (GitFailure | FileNotTrusted e) {
      discard(run);
      throw new CannotStart("%s cannot be forked there: %s".formatted(from.id(), e.getMessage()));
    } catch (InterruptedException e) {
      discard(run);
      throw e;
    }
  }

  private void discard(RunDirectory run) throws InterruptedException {
    for (Worktrees.Made made : tools.worktrees().all()) {
      if (made.run().equals(run.id())) {
        tools.branches().remove(tools.git(), made.env());
      }
    }
    FileTree.delete(run.root());
  }

  private void restore(Kept kept, JournalCopy copied, String run) throws InterruptedException {
    WorktreeEnv env = kept.made().env();
    var mine =
        new WorktreeEnv(
            copied.told(env.id()),
            Path.of(copied.told(env.path().toString())),
            copied.told(env.branch()),
            env.baseBranch(),
            env.baseRemote(),
            env.baseCommit(),
            env.issueId(),
            env.repo(),
            env.createdAt(),
            env.sparse(),
            null);
    tools
        .branches()
        .restore(
            tools.git().at(env.repo()),
            new Worktrees.Made(mine, copied.told(kept.made().key()), run, Worktrees.Stage.READY),
            kept.commit(),
            tools.preparation(host.configuration(), host.trust()),
            project);
  }

  /**
   * Copies the agents that had begun by then, without those of effects that were cancelled: their
   * names stay taken, and their turns before the fork are kept.
   */
  private void keepAgents(List<Entry> entries, RunDirectory run) {
    Set<String> begun = keys(performed(entries));
    Set<String> asked = keys(replied(entries));
    for (Path agent : FileTree.in(from.agents())) {
      Path claim = agent.resolve("claim");
      if (Files.exists(claim) && begun.contains(TextFile.read(claim))) {
        Forked.keep(
            agent,
            run.agents().resolve(String.valueOf(agent.getFileName())),
            asked::contains,
            text -> text.replace(from.id(), run.id()));
      }
    }
  }

  private Set<String> keys(List<Entry.Asked> intents) {
    return intents.stream()
        .map(intent -> Key.of(from.id(), intent).toString())
        .collect(Collectors.toSet());
  }

  private static void copy(Path from, Path to) {
    for (Path file : FileTree.files(from)) {
      AtomicFile.write(to.resolve(from.relativize(file).toString()), TextFile.read(file));
    }
  }
}
