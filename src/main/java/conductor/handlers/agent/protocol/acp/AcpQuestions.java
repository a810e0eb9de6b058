package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.JsonRpc;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The requests of an agent to its client and their answers. An answer may be known before its
 * request, because a resumed conversation reads the sent lines first.
 */
final class AcpQuestions {

  /**
   * @param prompt the prompt of the turn that asks; empty between turns
   * @param options the possible answers
   */
  private record Question(Permission permission, String prompt, JsonNode options) {

    Optional<String> option(String kind) {
      return options
          .valueStream()
          .filter(option -> Lines.text(option, "kind").equals(kind))
          .map(option -> Lines.text(option, "optionId"))
          .findFirst();
    }

    boolean permits(JsonNode answer) {
      JsonNode outcome = answer.path("result").path("outcome");
      String chosen = Lines.text(outcome, "optionId");
      return options
          .valueStream()
          .filter(option -> Lines.text(option, "optionId").equals(chosen))
          .anyMatch(option -> Lines.text(option, "kind").startsWith("allow"));
    }
  }

  private final AcpPrompts prompts;
  private final Map<String, Question> questions = new LinkedHashMap<>();
  private final Map<String, String> unknown = new LinkedHashMap<>();
  private final Map<String, JsonNode> answers = new HashMap<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final Set<String> settled = new HashSet<>();

  AcpQuestions(AcpPrompts prompts) {
    this.prompts = prompts;
  }

  void answered(String id, JsonNode answer) {
    answers.put(id, answer);
  }

  void asked(Permission permission, JsonNode options) {
    String prompt = prompts.open().orElse("");
    questions.put(permission.request(), new Question(permission, prompt, options));
  }

  void unknown(String id, String method) {
    unknown.put(id, method);
  }

  /** Notes that the agent withdrew a request; it still accepts an answer. */
  void withdrawn(String id) {
    withdrawn.add(id);
  }

  /** Returns the events for requests that were settled since the last call. */
  List<Event> settled() {
    var events = new ArrayList<Event>();
    questions.forEach((id, question) -> {
      if ((answers.containsKey(id) || isOver(id, question)) && settled.add(id)) {
        events.add(new Event.Settled(id));
      }
    });
    return events;
  }

  List<Permission> open() {
    return questions.entrySet().stream()
        .filter(entry -> !answers.containsKey(entry.getKey()))
        .filter(entry -> !isOver(entry.getKey(), entry.getValue()))
        .map(entry -> entry.getValue().permission())
        .toList();
  }

  /** Returns answers that need no decision: to unsupported methods, and requests that are over. */
  List<String> due() {
    var lines = new ArrayList<String>();
    unknown.forEach((id, method) -> {
      if (!answers.containsKey(id)) {
        lines.add(JsonRpc.unknown(id, "Method not found: " + method));
      }
    });
    questions.forEach((id, question) -> {
      if (!answers.containsKey(id) && isOver(id, question)) {
        lines.add(AcpMessages.withdraws(id));
      }
    });
    return lines;
  }

  /**
   * Returns the line that answers a request, always for this one time: lasting permissions are kept
   * by conductor's rules, not by the agent.
   */
  String answer(Permission permission, Decision decision) {
    String id = permission.request();
    Question question = questions.get(id);
    if (question == null) {
      throw new IllegalArgumentException("never asked: " + permission);
    }
    String kind =
        switch (decision) {
          case Decision.Allow() -> "allow_once";
          case Decision.Deny(String reason) -> "reject_once";
        };
    return question
        .option(kind)
        .map(option -> AcpMessages.selects(id, option))
        .orElseGet(() -> AcpMessages.withdraws(id));
  }

  List<String> denied(String prompt) {
    return questions.values().stream()
        .filter(question -> question.prompt.equals(prompt) && isDenied(question))
        .map(question -> question.permission.what())
        .toList();
  }

  boolean isDenied(String id) {
    Question question = questions.get(id);
    return question != null && isDenied(question);
  }

  private boolean isDenied(Question question) {
    JsonNode answer = answers.get(question.permission.request());
    return answer != null && !question.permits(answer);
  }

  private boolean isOver(String id, Question question) {
    return withdrawn.contains(id) || prompts.isOver(question.prompt);
  }
}
