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
 * What an edited script would make of a run.
 *
 * @param differences where it first goes another way, in each branch
 * @param kept what the run has done and keeps
 * @param dropped what would be performed anew, or no more
 */
public record Change(List<Mismatch> differences, List<EffectView> kept, List<EffectView> dropped) {

  public Change {
    differences = List.copyOf(differences);
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
  }

  static Change of(List<Entry> before, Edit edit) {
    Set<String> standing =
        RunView.of(edit.entries()).effects().stream()
            .map(EffectView::position)
            .collect(Collectors.toSet());
    var parts =
        RunView.of(before).effects().stream()
            .collect(Collectors.partitioningBy(effect -> standing.contains(effect.position())));
    return new Change(
        edit.differences(),
        parts.getOrDefault(true, List.of()),
        parts.getOrDefault(false, List.of()));
  }
}
