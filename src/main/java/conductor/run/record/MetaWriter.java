package conductor.run.record;

import conductor.effect.PRHandle;
import conductor.effect.RunEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.engine.RunListener;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.state.AtomicFile;
import conductor.state.FileStamp;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a run's {@code meta.json} up to date with its journal. Used by the run's owner. */
public final class MetaWriter implements RunListener {

  private static final Set<String> SHOWN =
      Set.of(WorktreeEnv.class.getSimpleName(), PRHandle.class.getSimpleName());

  private final RunDirectory run;
  private final Codec codec;
  private final Map<Position, WorktreeEnv> deletions = new HashMap<>();
  private RunMeta meta;

  public MetaWriter(RunDirectory run, RunMeta meta, Codec codec, List<Entry> entries) {
    this.run = run;
    this.codec = codec;
    this.meta = meta.withStatus(RunStatus.RUNNING, meta.updated());
    entries.forEach(this::take);
  }

  public RunMeta meta() {
    return meta;
  }

  /** Sets the status and writes the file; for a process that takes or leaves the run. */
  public void status(RunStatus status, Instant at) {
    meta = meta.withStatus(status, at);
    write();
  }

  @Override
  public void appended(Entry entry) {
    RunMeta before = meta;
    take(entry);
    if (!meta.equals(before)) {
      write();
    }
  }

  @Override
  public void blocked(boolean blocked) {
    status(blocked ? RunStatus.BLOCKED : RunStatus.RUNNING, Instant.now());
  }

  private void take(Entry entry) {
    switch (entry) {
      case Entry.Asked asked -> take(asked);
      case Entry.Replied reply when !reply.position().isStep() -> take(reply);
      case Entry.Ended ended -> meta = ended(ended);
      case Entry.Retried retried ->
          meta = meta.withEnd(RunStatus.RUNNING, null, null, retried.at());
      case Entry.Edited edited -> meta = meta.withEnd(RunStatus.RUNNING, null, null, edited.at());
      default -> {}
    }
  }

  private void take(Entry.Asked asked) {
    if (asked.isOf(RunEffect.Status.class)) {
      meta = meta.withLine(StatusLine.of(asked), asked.at());
    } else if (asked.isOf(WorktreeEffect.DeleteWorktree.class)
        && codec.decode(asked.arguments().path("env")) instanceof WorktreeEnv env) {
      deletions.put(asked.position(), env);
    }
  }

  private void take(Entry.Replied reply) {
    if (!(reply.outcome() instanceof Outcome.Value(var value))) {
      return;
    }
    WorktreeEnv deleted = deletions.get(reply.position());
    if (deleted != null) {
      meta = meta.without(deleted, reply.at());
    }
    if (SHOWN.contains(value.path("$").asString(""))) {
      Object made = codec.decode(value);
      if (made instanceof WorktreeEnv || made instanceof PRHandle) {
        meta = meta.with(made, reply.at());
      }
    }
  }

  private RunMeta ended(Entry.Ended ended) {
    RunStatus status = RunStatus.valueOf(ended.status().toUpperCase(java.util.Locale.ROOT));
    String error = ended.message().isEmpty() ? null : ended.message();
    return meta.withEnd(status, error, result(ended), ended.at());
  }

  private @Nullable Object result(Entry.Ended ended) {
    if (!(ended.outcome() instanceof Outcome.Value(var value))) {
      return null;
    }
    Object result = codec.decode(value);
    return result == null ? null : StateJson.tree(result);
  }

  private void write() {
    meta = meta.withAgents(agents(), meta.updated());
    try {
      AtomicFile.write(run.meta(), StateJson.pretty(meta));
      ListedRun.entry(run, meta, FileStamp.of(run.meta()))
          .ifPresent(ListedRun.index(run.state())::add);
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(
          e.getMessage()
              + (meta.status().ended()
                  ? "; the run has ended, as its journal says"
                  : "; the run stops here and can be resumed"),
          Objects.requireNonNull(e.getCause()));
    }
  }

  /** The part of an agent's record that is needed here. */
  private record Named(String name) {}

  private List<String> agents() {
    return StateJson.files(run.agents()).stream()
        .map(file -> StateJson.read(file, Named.class, 1).name())
        .sorted()
        .toList();
  }
}
