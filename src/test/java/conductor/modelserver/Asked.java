package conductor.modelserver;

import java.util.List;

/**
 * What an agent asked the model, read from a request of any protocol.
 *
 * @param session what the agent calls its session, empty where it does not say
 * @param heard the texts of the user since the scripted prompt, this prompt first
 * @param prompts all scripted prompts of the conversation, this one last
 * @param done the model turns since the scripted prompt
 * @param tools the names of the tools that the agent offers; none when it only wants a text for its
 *     own ends, such as a title
 * @param directory where the agent works, empty where it does not say
 */
record Asked(
    Protocol protocol,
    String model,
    String session,
    List<String> heard,
    List<String> prompts,
    int done,
    List<String> tools,
    String directory,
    boolean streaming) {

  Asked {
    heard = List.copyOf(heard);
    prompts = List.copyOf(prompts);
    tools = List.copyOf(tools);
  }

  String prompt() {
    return heard.isEmpty() ? "" : heard.getFirst();
  }

  boolean auxiliary() {
    return tools.isEmpty();
  }

  Script.Step step() {
    return auxiliary() ? Script.of("[[say:A title]]").step(0) : Script.of(prompt()).step(done);
  }
}
