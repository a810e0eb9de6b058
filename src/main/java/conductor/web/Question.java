package conductor.web;

import conductor.handlers.people.Shown;
import conductor.run.record.Gate;
import java.util.List;

/**
 * A question.
 *
 * @param options the answers that it takes; empty when any text will do
 * @param form where the answer goes, and by which token
 */
record Question(
    String run, String workflow, String position, String prompt, List<String> options, Form form) {

  static Question of(Gate gate, String workflow, Form form) {
    return new Question(
        gate.run(),
        Shown.oneLine(workflow),
        gate.position(),
        Shown.of(gate.prompt()),
        gate.options(),
        form);
  }

  /** Returns the id of its element. */
  String element() {
    return Part.id("q", run + "-" + position);
  }
}
