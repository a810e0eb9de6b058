package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Lines;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The lines that were sent to a process of codex, by their purpose. */
final class CodexSaid {

  private final Set<String> methods = new HashSet<>();
  private final Set<String> prompts = new LinkedHashSet<>();
  private final Set<String> withSchema = new HashSet<>();
  private final Set<String> steers = new HashSet<>();
  private final Set<String> cancels = new HashSet<>();
  private final Map<String, String> answers = new HashMap<>();

  void said(String line) {
    Lines.parse(line).ifPresent(this::said);
  }

  private void said(JsonNode message) {
    String id = message.path("id").asString("");
    switch (message.path("method").asString("")) {
      case "" -> answers.put(message.path("id").toString(), decision(message));
      case "turn/start" -> prompt(id.substring(CodexLines.PROMPT.length()), message);
      case "turn/steer" -> steers.add(id.substring(CodexLines.STEER.length()));
      case "turn/interrupt" -> cancels.add(id);
      case "thread/start", "thread/resume", "thread/fork" -> methods.add(CodexLines.OPEN);
      case String method -> methods.add(method);
    }
  }

  private void prompt(String id, JsonNode message) {
    prompts.add(id);
    if (message.path("params").has("outputSchema")) {
      withSchema.add(id);
    }
  }

  private static String decision(JsonNode message) {
    JsonNode result = message.path("result");
    return result.path("decision").asString(result.path("action").asString(""));
  }

  /** Returns whether a message other than a prompt was sent, such as a greeting. */
  boolean has(String method) {
    return methods.contains(method);
  }

  Set<String> prompts() {
    return prompts;
  }

  boolean hasSteered(String id) {
    return steers.contains(id);
  }

  boolean hasSchema(String prompt) {
    return withSchema.contains(prompt);
  }

  int cancels() {
    return cancels.size();
  }

  boolean hasAnswered(String request) {
    return answers.containsKey(request);
  }

  boolean hasDenied(String request) {
    return "decline".equals(answers.get(request));
  }
}
