package conductor.run.record;

import conductor.journal.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What effects were asked to do, in a few words. */
public final class Requests {

  /** The arguments that say what is to be done. */
  private static final List<String> TELLING = List.of("command", "prompt", "message");

  private Requests() {}

  /**
   * What an effect was asked to do.
   *
   * @param agent the name of the agent that was asked; empty without one
   * @param text the beginning of the prompt, the command line and the like
   */
  public record Request(String agent, String text) {}

  /** Returns what the effects of a journal were asked to do, by their positions. */
  public static Map<String, Request> of(List<Entry> entries) {
    var requests = new HashMap<String, Request>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked && !asked.position().isStep()) {
        requests.put(asked.position().text(), of(asked.arguments()));
      }
    }
    return requests;
  }

  private static Request of(JsonNode arguments) {
    String workflow = arguments.path("workflow").asString("");
    if (!workflow.isEmpty()) {
      return new Request("", workflow.substring(workflow.lastIndexOf('/') + 1));
    }
    String text =
        TELLING.stream()
            .filter(arguments::hasNonNull)
            .map(name -> Summary.value(arguments.path(name)))
            .findFirst()
            .orElseGet(() -> Summary.arguments(arguments));
    boolean isAgents = arguments.has("prompt") || arguments.has("message");
    String agent = isAgents ? arguments.path("name").asString("") : "";
    return new Request(
        agent.isEmpty() ? arguments.path("agent_ref").path("name").asString("") : agent, text);
  }
}
