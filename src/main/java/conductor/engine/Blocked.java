package conductor.engine;

import java.util.Collection;

/** Decides whether a run can go on only when a person answers. */
final class Blocked {

  private Blocked() {}

  /**
   * Returns whether no branch has script code to run, at least one waits for an effect, and all
   * that wait for an effect wait for a person.
   */
  static boolean of(Collection<Branch> living) {
    boolean asks = false;
    for (Branch branch : living) {
      Pending pending = branch.pending;
      if (pending == null && branch.goesOn()) {
        return false;
      }
      if (pending != null) {
        if (pending.performance == null || !pending.performance.asksPerson()) {
          return false;
        }
        asks = true;
      }
    }
    return asks;
  }
}
