package conductor.web;

import conductor.handlers.people.Shown;
import conductor.run.record.ListedRun;

/**
 * A run that another thing belongs to.
 *
 * @param name the name that a person gave it, or its workflow's; empty for one that was removed
 * @param status empty for one that was removed
 */
record RunLink(String id, String name, String status) {

  static RunLink of(ListedRun run) {
    String label = run.label();
    return new RunLink(
        run.id(), Shown.oneLine(label == null ? run.name() : label), run.status().text());
  }

  static RunLink removed(String id) {
    return new RunLink(Shown.oneLine(id), "", "");
  }

  boolean isThere() {
    return !status.isEmpty();
  }
}
