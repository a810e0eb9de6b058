package conductor.plan;

import conductor.effect.Failure;
import conductor.effect.GitFailure;
import conductor.engine.RunResult;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.simulation.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The record of a workflow that ran in the engine while nothing was performed.
 *
 * @param result how it ended with the answers it got; aborted when it did not end
 * @param entries the entries of its journal
 * @param asked the effects that would be performed, in the order in which they were asked for
 * @param children the workflows that it runs, as far as they were planned
 * @param endless why the workflow was ended from outside; empty when it ended by itself
 */
public record Plan(
    RunResult result,
    List<Entry> entries,
    List<Asked> asked,
    List<Child> children,
    Optional<String> endless) {

  public Plan {
    entries = List.copyOf(entries);
    asked = List.copyOf(asked);
    children = List.copyOf(children);
  }

  /**
   * A workflow that another one runs.
   *
   * @param position of the effect that runs it
   */
  public record Child(String position, String workflow, Plan plan) {}

  /**
   * Returns the effects that the workflow and its children ask for; the position of a child's
   * effect begins with that of the effect that runs the child. They stand in the order of the
   * program: branches ask in any.
   */
  public List<Asked> all() {
    var all = new ArrayList<>(asked);
    for (Child child : children) {
      for (Asked one : child.plan().all()) {
        all.add(new Asked(child.position() + "/" + one.position(), one.effect()));
      }
    }
    all.sort(Comparator.comparing(asked -> new Position(asked.position()).effect()));
    return all;
  }

  /**
   * Returns whether the script, or a child's, is wrong whatever the answers: it ended with an
   * exception that is no failure of an effect, or with an effect that the user's own checkout never
   * takes.
   */
  public boolean broken() {
    boolean broken =
        endless.isEmpty()
            && result instanceof RunResult.Failed failed
            && (!(failed.error() instanceof Failure)
                || failed.error() instanceof GitFailure.NeedsWorktree);
    return broken || children.stream().anyMatch(child -> child.plan().broken());
  }
}
