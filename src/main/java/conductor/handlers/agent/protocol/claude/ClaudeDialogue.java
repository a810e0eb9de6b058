package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The state of a conversation with a process of Claude Code. */
final class ClaudeDialogue implements Dialogue {

  private static final String GREETING = "conductor-greets";

  private static final String CANCEL = "conductor-cancels-";

  /** Lines that can be skipped, because the result line contains the answer. */
  private static final Pattern MEANWHILE =
      Pattern.compile("\\s*\\{\\s*\"type\"\\s*:\\s*\"(user|assistant|stream_event)\"");

  private final Set<String> prompts = new LinkedHashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> begun = new LinkedHashSet<>();
  private final Set<String> answered = new HashSet<>();
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private boolean greeted;
  private boolean ready;
  private int cancels;
  private boolean cancelled;
  private @Nullable String session;
  private @Nullable Instant resetAt;
  private boolean cancelsAgain;
  private Usage spent;

  /** The id of the agent's last message; {@code place} is its id when the last turn ended. */
  private String message = "";

  private String place = "";

  private record Asked(Permission permission, JsonNode input) {}

  ClaudeDialogue(Opening opening) {
    this.spent = opening.spent();
  }

  @Override
  public void said(String line) {
    Lines.parse(line)
        .ifPresent(object -> {
          switch (object.path("type").asString("")) {
            case "user" ->
                ClaudePrompts.id(object.path("uuid").asString("")).ifPresent(prompts::add);
            case "control_request" -> saidRequest(object);
            case "control_response" ->
                answers(object.path("response").path("request_id").asString(""));
            default -> {}
          }
        });
  }

  private void saidRequest(JsonNode object) {
    if (object.path("request").path("subtype").asString("").equals("interrupt")) {
      cancels++;
      cancelled = true;
      cancelsAgain = false;
    } else {
      greeted = true;
    }
  }

  private void answers(String request) {
    answered.add(request);
    asked.remove(request);
    refused.removeIf(line -> line.contains(request));
  }

  @Override
  public List<Event> heard(String line) {
    var events = new ArrayList<Event>();
    Lines.parse(line).ifPresent(object -> heard(object, events));
    return events;
  }

  @Override
  public boolean canMiss(String beginning) {
    return MEANWHILE.matcher(beginning).lookingAt();
  }

  private void heard(ObjectNode object, List<Event> events) {
    switch (object.path("type").asString("")) {
      case "system" -> system(object, events);
      case "user" -> user(object, events);
      case "assistant" -> assistant(object, events);
      case "result" -> events.add(result(object));
      case "control_response" -> response(object.path("response"));
      case "control_request" -> request(object, events);
      case "control_cancel_request" -> {
        String request = object.path("request_id").asString("");
        answers(request);
        events.add(new Event.Settled(request));
      }
      case "rate_limit_event" -> limit(object.path("rate_limit_info"), events);
      default -> {}
    }
  }

  private void response(JsonNode response) {
    ready |= response.path("request_id").asString("").equals(GREETING);
    for (JsonNode queued : response.path("response").path("still_queued")) {
      cancelsAgain |= ClaudePrompts.id(queued.asString("")).isPresent();
    }
  }

  private void system(JsonNode object, List<Event> events) {
    switch (object.path("subtype").asString("")) {
      case "init" -> {
        String id = object.path("session_id").asString("");
        if (!id.equals(session)) {
          session = id;
          events.add(new Event.Opened(id));
        }
      }
      case "api_retry" ->
          events.add(
              new Event.Waits(
                  "%s (HTTP %d), tries again"
                      .formatted(
                          object.path("error").asString("error"),
                          object.path("error_status").asInt(0)),
                  null));
      default -> {}
    }
  }

  private void user(JsonNode object, List<Event> events) {
    Optional<String> prompt = ClaudePrompts.id(object.path("uuid").asString(""));
    if (prompt.isPresent()) {
      if (begun.add(prompt.get())) {
        events.add(new Event.Began(List.of(prompt.get())));
      }
      return;
    }
    for (JsonNode part : object.path("message").path("content")) {
      if (part.path("type").asString("").equals("tool_result")) {
        events.add(
            new Event.Returns(
                part.path("tool_use_id").asString(""),
                !part.path("is_error").asBoolean(false),
                Lines.clipped(text(part.path("content")))));
      }
    }
    ClaudeTools.changes(object.path("tool_use_result")).forEach(events::add);
  }

  private static String text(JsonNode content) {
    return content.isString()
        ? content.asString("")
        : String.join(
            "\n", content.valueStream().map(part -> part.path("text").asString("")).toList());
  }

  private void assistant(JsonNode object, List<Event> events) {
    if (!object.path("parent_tool_use_id").isNull()
        && !object.path("parent_tool_use_id").isMissingNode()) {
      return; // a message of a subagent
    }
    message = object.path("uuid").asString("");
    for (JsonNode part : object.path("message").path("content")) {
      switch (part.path("type").asString("")) {
        case "text" -> events.add(new Event.Says(part.path("text").asString("") + "\n"));
        case "tool_use" ->
            events.add(
                new Event.Calls(
                    part.path("id").asString(""),
                    part.path("name").asString(""),
                    ClaudeTools.what(part.path("input"))));
        default -> {}
      }
    }
  }

  private void limit(JsonNode limit, List<Event> events) {
    JsonNode at = limit.path("resetsAt");
    if (at.isNumber()) {
      resetAt = Instant.ofEpochSecond(at.asLong());
    }
    if (limit.path("status").asString("").equals("rejected")) {
      events.add(new Event.Waits("rate limited", resetAt));
    }
  }

  private Event result(JsonNode object) {
    if (ClaudeResults.isOfNoSession(object)) {
      return new Event.Unopened(FailureKind.SESSION_GONE, "the session is not there any more");
    }
    End end = ClaudeResults.end(object, cancelled, resetAt);
    Usage total = ClaudeResults.total(object);
    Usage usage = ClaudeResults.sinceLast(object).orElse(total.since(spent));
    spent = total;
    List<String> over = open(begun);
    if (over.isEmpty()) {
      over = open(prompts).stream().limit(1).toList();
    }
    ended.addAll(over);
    place = message;
    cancelled = false;
    return new Event.Ended(over, end, usage);
  }

  private List<String> open(Set<String> among) {
    return among.stream().filter(prompt -> !ended.contains(prompt)).toList();
  }

  private void request(JsonNode object, List<Event> events) {
    String id = object.path("request_id").asString("");
    JsonNode request = object.path("request");
    if (answered.contains(id)) {
      return;
    }
    if (!request.path("subtype").asString("").equals("can_use_tool")) {
      refused.add(ClaudeLines.refusal(id));
      return;
    }
    Permission permission = ClaudeTools.permission(id, request);
    asked.put(id, new Asked(permission, request.path("input")));
    events.add(new Event.Asks(permission));
  }

  @Override
  public List<String> due() {
    var lines = new ArrayList<String>(refused);
    if (cancelsAgain && !open(begun).isEmpty()) {
      lines.add(interrupt()); // the first interrupt came before the turn had begun
    }
    if (!greeted) {
      lines.add(ClaudeLines.control(GREETING, "initialize"));
    }
    return lines;
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public boolean hasSaid(String id) {
    return prompts.contains(id);
  }

  @Override
  public String prompt(String id, String text, Optional<String> schema) {
    return ClaudeLines.prompt(id, text);
  }

  @Override
  public Optional<String> steer(String id, String text) {
    boolean underWay = !open(begun).isEmpty();
    return underWay ? Optional.of(prompt(id, text, Optional.empty())) : Optional.empty();
  }

  @Override
  public List<String> cancel() {
    var lines = new ArrayList<String>();
    open()
        .forEach(permission ->
            lines.add(answer(permission, new Decision.Deny("the turn is cancelled"))));
    lines.add(interrupt());
    return lines;
  }

  private String interrupt() {
    return ClaudeLines.control(CANCEL + (cancels + 1), "interrupt");
  }

  @Override
  public Optional<String> place() {
    return Optional.of(place).filter(id -> !id.isEmpty());
  }

  @Override
  public List<Permission> open() {
    return asked.values().stream().map(Asked::permission).toList();
  }

  @Override
  public String answer(Permission permission, Decision decision) {
    Asked question = asked.get(permission.request());
    return ClaudeLines.answer(
        permission.request(), decision, question == null ? Lines.object() : question.input());
  }
}
