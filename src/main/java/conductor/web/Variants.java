package conductor.web;

import conductor.effect.WorktreeEnv;
import conductor.journal.Position;
import conductor.run.record.EffectView;
import conductor.run.record.KeptTrees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Worktrees that stand beside each other: each was worked in by another branch of one control, such
 * as a {@code Gather}.
 */
final class Variants {

  private Variants() {}

  /**
   * What one branch made.
   *
   * @param branch its key, as positions have it
   * @param from the commit that was kept before the branch touched the worktree
   * @param to the commit that was kept last in the branch
   */
  record Variant(String branch, WorktreeEnv env, String from, String to) {}

  /**
   * Variants of one task.
   *
   * @param position the control's
   */
  record Group(String position, String control, List<Variant> variants) {}

  /**
   * Finds the groups in the order of the controls. Where several controls have the same worktrees,
   * as one that makes them and one that works in them, the last stands for all.
   */
  static List<Group> of(List<EffectView> effects, KeptTrees.Steps steps) {
    Map<String, Map<String, List<Variant>>> touched = touched(steps);
    var groups = new LinkedHashMap<Set<String>, Group>();
    for (EffectView control : effects) {
      if (control.branches().size() > 1 && touched.containsKey(control.position())) {
        List<Variant> variants = alone(control, touched.get(control.position()));
        if (variants.stream().map(Variant::branch).distinct().count() > 1) {
          Set<String> worktrees =
              variants.stream().map(each -> each.env().id()).collect(Collectors.toSet());
          Group before = groups.remove(worktrees);
          List<Variant> all = before == null ? variants : since(before.variants(), variants);
          groups.put(worktrees, new Group(control.position(), control.effect(), all));
        }
      }
    }
    return List.copyOf(groups.values());
  }

  /** Returns what was touched below controls, by the control's position and the worktree. */
  private static Map<String, Map<String, List<Variant>>> touched(KeptTrees.Steps steps) {
    var touched = new HashMap<String, Map<String, List<Variant>>>();
    for (KeptTrees.Step step : steps.all()) {
      String[] parts = step.position().split("\\.", -1);
      var control = new StringBuilder(parts[0]);
      for (int n = 1; n + 1 < parts.length; n += 2) {
        touched
            .computeIfAbsent(control.toString(), _ -> new LinkedHashMap<>())
            .computeIfAbsent(step.env().id(), _ -> new ArrayList<>())
            .add(new Variant(parts[n], step.env(), step.from(), step.to()));
        control.append('.').append(parts[n]).append('.').append(parts[n + 1]);
      }
    }
    return touched;
  }

  /**
   * Returns the worktrees that one branch alone touched, each from its first to its last tree, in
   * the order of the branches.
   */
  private static List<Variant> alone(EffectView control, Map<String, List<Variant>> touched) {
    var position = new Position(control.position());
    List<String> order =
        control.branches().stream().map(key -> position.branch(key).text()).toList();
    return touched.values().stream()
        .filter(each -> each.stream().map(Variant::branch).distinct().count() == 1)
        .map(each ->
            new Variant(
                each.getFirst().branch(),
                each.getFirst().env(),
                each.getFirst().from(),
                each.getLast().to()))
        .sorted(Comparator.comparingInt(each -> order.indexOf(position + "." + each.branch())))
        .toList();
  }

  private static List<Variant> since(List<Variant> before, List<Variant> now) {
    Map<String, String> began =
        before.stream().collect(Collectors.toMap(each -> each.env().id(), Variant::from));
    return now.stream()
        .map(each ->
            new Variant(
                each.branch(),
                each.env(),
                began.getOrDefault(each.env().id(), each.from()),
                each.to()))
        .toList();
  }
}
