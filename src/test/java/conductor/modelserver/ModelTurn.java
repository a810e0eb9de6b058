package conductor.modelserver;

import java.time.Instant;
import java.util.List;

/**
 * A model turn that an agent asked for.
 *
 * @param number counts all requests from 1
 * @param at when it came
 * @param session what the agent calls its session, empty for protocols that do not say
 * @param prompt the user's prompt of which this turn is part; the script
 * @param heard all that the user said since, the prompt first: what steers the agent in mid-turn
 *     follows
 * @param prompts all that the user asked for in the conversation, this prompt last
 * @param step how many model turns the prompt has had before
 * @param auxiliary whether the agent asked for its own ends (a title, say), without tools
 */
public record ModelTurn(
    int number,
    Instant at,
    Protocol protocol,
    String model,
    String session,
    String prompt,
    List<String> heard,
    List<String> prompts,
    int step,
    boolean auxiliary) {

  public ModelTurn {
    heard = List.copyOf(heard);
    prompts = List.copyOf(prompts);
  }

  static ModelTurn of(int number, Asked asked) {
    return new ModelTurn(
        number,
        Instant.now(),
        asked.protocol(),
        asked.model(),
        asked.session(),
        asked.prompt(),
        asked.heard(),
        asked.prompts(),
        asked.done(),
        asked.auxiliary());
  }
}
