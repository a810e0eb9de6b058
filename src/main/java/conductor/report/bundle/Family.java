package conductor.report.bundle;

import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import conductor.workflow.Pinned;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the runs that a run started, also those whose record is damaged. */
final class Family {

  private Family() {}

  /** Returns a run, then those that it started and that these started, sorted. */
  static List<RunDirectory> of(RunStore store, RunDirectory run) {
    Map<String, String> parents = new LinkedHashMap<>();
    for (String id : store.ids()) {
      String parent = parent(store, run.state().run(id));
      if (parent != null) {
        parents.put(id, parent.split(" ", 2)[0]);
      }
    }
    Map<String, RunDirectory> family = new LinkedHashMap<>();
    family.put(run.id(), run);
    int before;
    do {
      before = family.size();
      parents.forEach((id, parent) -> {
        if (family.containsKey(parent)) {
          family.putIfAbsent(id, run.state().run(id));
        }
      });
    } while (family.size() > before);
    return family.values().stream()
        .sorted((one, other) ->
            one.equals(run) ? -1 : other.equals(run) ? 1 : one.id().compareTo(other.id()))
        .toList();
  }

  private static @Nullable String parent(RunStore store, RunDirectory run) {
    try {
      return store.stored(run).parent();
    } catch (UnreadableState | UncheckedIOException e) {
      try {
        return Pinned.read(run.source()).parent();
      } catch (UnreadableState | UncheckedIOException more) {
        return null;
      }
    }
  }
}
