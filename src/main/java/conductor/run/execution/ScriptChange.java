package conductor.run.execution;

import conductor.engine.Edit;
import conductor.engine.Mismatch;
import conductor.journal.Entry;
import conductor.run.record.EffectView;
import conductor.run.record.RunView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The difference that an edited script makes to a run.
 *
 * @param differences where the script first diverges from the journal, in each branch
 * @param kept the effects that the run has performed and keeps
 * @param dropped the effects that would be performed again, or no longer
 */
public record ScriptChange(
    List<Mismatch> differences, List<EffectView> kept, List<EffectView> dropped) {

  public ScriptChange {
    differences = List.copyOf(differences);
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
  }

  static ScriptChange of(List<Entry> before, Edit edit) {
    Set<String> standing =
        RunView.of(edit.entries()).effects().stream()
            .map(EffectView::position)
            .collect(Collectors.toSet());
    var parts =
        RunView.of(before).effects().stream()
            .collect(Collectors.partitioningBy(effect -> standing.contains(effect.position())));
    return new ScriptChange(
        edit.differences(),
        parts.getOrDefault(true, List.of()),
        parts.getOrDefault(false, List.of()));
  }
}
