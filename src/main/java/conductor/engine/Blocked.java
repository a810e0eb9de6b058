package conductor.engine;

import java.util.List;

/** Whether a run can go on only when a person answers. */
final class Blocked {

  private Blocked() {}

  /**
   * Returns whether no branch has script to run, every one that waits for an effect waits for a
   * person, and there is one that does.
   */
  static boolean of(List<Branch> living) {
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
