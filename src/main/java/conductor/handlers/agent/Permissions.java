package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Permission;
import conductor.process.Job;
import conductor.state.StateJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Decides about an agent's permission requests: by the rules of its settings, or by asking a person
 * where these say so. Safe for use by several threads.
 */
final class Permissions {

  private final AgentSettings settings;
  private final String agent;
  private final Workplace place;
  private final Questions questions;
  private final Map<String, String> asked = new LinkedHashMap<>();

  Permissions(AgentSettings settings, String agent, Workplace place, Questions questions) {
    this.settings = settings;
    this.agent = agent;
    this.place = place;
    this.questions = questions;
  }

  /** Decides by the rules, or returns empty and asks a person, who calls {@code onAnswer}. */
  synchronized Optional<Decision> decide(
      Permission permission, Job job, Consumer<Decision> onAnswer) {
    return switch (settings.rules().decide(permission, place)) {
      case ALLOW -> Optional.of(new Decision.Allow());
      case DENY ->
          Optional.of(
              new Decision.Deny(
                  "%s is not permitted; work without it".formatted(permission.tool())));
      case ASK -> {
        String question = question(permission);
        asked.put(permission.request(), question);
        questions.ask(
            id(permission.request(), job), question, answer -> onAnswer.accept(of(answer)));
        yield Optional.empty();
      }
    };
  }

  private static Decision of(String answer) {
    return answer.equals(Questions.ALLOW)
        ? new Decision.Allow()
        : new Decision.Deny("a person said no; work without it");
  }

  private String question(Permission permission) {
    return "%s asks: %s: %s\nto allow it always: %s.permissions.allow: [%s]"
        .formatted(
            agent,
            permission.tool(),
            permission.what().strip().lines().collect(Collectors.joining(" ⏎ ")),
            settings.key(),
            quoted(Rules.allowing(place.named(permission))));
  }

  private static String quoted(String text) {
    return text.contains("\n") ? StateJson.line(text) : "'" + text.replace("'", "''") + "'";
  }

  private static String id(String request, Job job) {
    return job.directory().getFileName() + "/" + request;
  }

  synchronized Optional<String> question() {
    return asked.values().stream().findFirst();
  }

  /** Closes the question of a request that was answered or is not needed any more. */
  synchronized void settled(String request, Job job) {
    if (asked.remove(request) != null) {
      questions.close(id(request, job));
    }
  }

  synchronized void closeAll() {
    asked.clear();
    questions.closeAll();
  }

  /** Stops waiting for answers; the process that takes the agent up asks again. */
  synchronized void release() {
    asked.clear();
    questions.release();
  }
}
