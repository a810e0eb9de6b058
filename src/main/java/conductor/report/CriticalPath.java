package conductor.report;

import conductor.effect.Control;
import conductor.run.record.EffectView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the effects that decided when a run ended: from the last one back, and where branches ran
 * beside each other, those of the branch that ended last.
 */
final class CriticalPath {

  private final Instant until;
  private final Map<String, List<EffectView>> branches = new LinkedHashMap<>();
  private final Set<String> path = new HashSet<>();

  private CriticalPath(List<EffectView> effects, Instant until) {
    this.until = until;
    for (EffectView effect : effects) {
      branches.computeIfAbsent(effect.branch(), _ -> new ArrayList<>()).add(effect);
    }
  }

  /**
   * Returns the positions of the effects on the path, with the controls that they are in.
   *
   * @param effects all of a run, in program order
   * @param until when those end that have not ended
   */
  static Set<String> of(List<EffectView> effects, Instant until) {
    var path = new CriticalPath(effects, until);
    path.back("");
    return Set.copyOf(path.path);
  }

  private void back(String branch) {
    List<EffectView> line = branches.getOrDefault(branch, List.of());
    int n = line.size() - 1;
    while (n >= 0) {
      EffectView effect = line.get(n);
      path.add(effect.position());
      Optional<EffectView> spawn =
          is(effect, Control.Wait.class) ? awaited(line, n) : Optional.empty();
      if (spawn.isPresent()) {
        n = line.indexOf(spawn.get()) + 1; // what was done meanwhile decided nothing
        last(spawn.get()).ifPresent(this::back);
      } else if (!is(effect, Control.Spawn.class)) {
        last(effect).ifPresent(this::back);
      }
      n--;
    }
  }

  private static boolean is(EffectView effect, Class<?> control) {
    return effect.effect().equals(control.getSimpleName());
  }

  /** Returns the spawned branch, by its control, that a wait at some place really waited for. */
  private Optional<EffectView> awaited(List<EffectView> line, int wait) {
    EffectView waiting = line.get(wait);
    return line.subList(0, wait).stream()
        .filter(effect -> is(effect, Control.Spawn.class))
        .filter(spawn -> {
          Instant end = last(spawn).map(this::end).orElse(Instant.MIN);
          return end.isAfter(waiting.started()) && !end.isAfter(end(waiting));
        })
        .max(Comparator.comparing(spawn -> last(spawn).map(this::end).orElse(Instant.MIN)));
  }

  /** Returns the branch of a control that ended last; one that was cancelled only if all were. */
  private Optional<String> last(EffectView control) {
    return control.branches().stream()
        .map(key -> control.position() + "." + key)
        .filter(branches::containsKey)
        .max(
            Comparator.comparing((String branch) -> !isCancelled(branch)).thenComparing(this::end));
  }

  private boolean isCancelled(String branch) {
    return Objects.requireNonNull(branches.get(branch)).getLast().status().equals("cancelled");
  }

  private Instant end(String branch) {
    return Objects.requireNonNull(branches.get(branch)).stream()
        .map(this::end)
        .max(Comparator.naturalOrder())
        .orElse(until);
  }

  private Instant end(EffectView effect) {
    return Objects.requireNonNullElse(effect.ended(), until);
  }
}
