package conductor.run.record;

import conductor.effect.WorkflowEffect;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the child runs of a run. */
public final class Children {

  private Children() {}

  /** Returns the child runs that effects of a run started, by the effects' positions. */
  public static Map<String, RunDirectory> of(RunDirectory run, List<Entry> entries) {
    var codec = new Codec(new Blobs(run.blobs()), Redactor.none());
    var asked = new HashSet<Position>();
    var children = new HashMap<String, RunDirectory>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked effect && effect.isOf(WorkflowEffect.RunWorkflow.class)) {
        asked.add(effect.position().effect());
      } else if (entry instanceof Entry.Replied reply
          && reply.outcome() instanceof Outcome.Value(var id)
          && asked.contains(reply.position().effect())
          && reply.position().equals(reply.position().effect().step("prepare"))) {
        children.put(
            reply.position().effect().text(),
            new RunDirectory(run.root().resolveSibling(Objects.toString(codec.decode(id), ""))));
      }
    }
    return children;
  }

  /** Returns the effects of a child run; empty when it cannot be read. */
  public static Optional<RunView> view(RunDirectory child) {
    try {
      return Optional.of(RunView.read(child.trace()));
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
