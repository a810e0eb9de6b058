package conductor.run.record;

import conductor.handlers.people.FailureQuestion;
import conductor.journal.Entry;
import java.util.List;

/**
 * A question of a run that waits for an answer.
 *
 * @param run the run that asks
 * @param position the position by which it is answered: that of the effect that asks, or {@code
 *     <agent>:<n>} for one of an agent
 * @param options empty when any text will do
 */
public record Gate(String run, String position, String prompt, List<String> options) {

  public boolean accepts(String text) {
    return Entry.Parked.isGate(position)
        ? FailureQuestion.accepts(options, text)
        : options.isEmpty() || options.contains(text);
  }
}
