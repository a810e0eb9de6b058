package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.JsonRpc;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a conversation by the Agent Client Protocol. Requests have ids that tell their
 * purpose, so that none is sent twice: {@code initialize}, {@code session}, {@code mode}, {@code
 * prompt:ID}.
 *
 * <p>Agents report where a turn ends, but not where it begins. What is received between two turns
 * belongs to the later one, whether it is received live or read back.
 */
final class AcpDialogue implements Dialogue {

  private static final String PROMPT = "prompt:";

  /** A zero-width space: agents strip white space before they look for a command. */
  private static final String GUARD = "\u200b";

  private final AcpHandshake handshake;
  private final AcpPrompts prompts = new AcpPrompts();
  private final AcpQuestions questions = new AcpQuestions(prompts);
  private final AcpEnds ends = new AcpEnds(prompts, questions);
  private final AcpTools tools = new AcpTools();
  private final AcpUsage usage;
  private final Map<String, String> waiting = new HashMap<>();
  private AcpTurn turn = new AcpTurn();

  AcpDialogue(Opening opening) {
    handshake = new AcpHandshake(opening);
    usage = new AcpUsage(opening.resumes() == null);
  }

  @Override
  public void said(String line) {
    Lines.parse(line).ifPresent(this::said);
  }

  private void said(ObjectNode message) {
    String id = JsonRpc.id(message);
    String method = Lines.text(message, "method");
    if (method.equals("session/cancel")) {
      prompts.cancel();
    } else if (method.isEmpty()) {
      questions.answered(id, message);
    } else if (!id.isEmpty()) {
      asks(message, id, method);
    }
  }

  private void asks(ObjectNode request, String id, String method) {
    String name = request.path("id").asString("");
    if (method.equals("session/prompt")) {
      String prompt = name.startsWith(PROMPT) ? name.substring(PROMPT.length()) : name;
      prompts.said(prompt);
      waiting.put(id, PROMPT + prompt);
    } else {
      waiting.put(id, handshake.said(name, request));
    }
  }

  @Override
  public List<Event> heard(String line) {
    return Lines.parse(line).map(this::heard).orElse(List.of());
  }

  @Override
  public boolean canMiss(String beginning) {
    return beginning.contains("\"session/update\"") && !beginning.contains("agent_message_chunk");
  }

  private List<Event> heard(ObjectNode message) {
    var events = new ArrayList<>(questions.settled());
    String id = JsonRpc.id(message);
    String method = Lines.text(message, "method");
    JsonNode params = message.path("params");
    if (method.isEmpty()) {
      String purpose = waiting.remove(id);
      if (purpose != null) {
        events.addAll(answered(purpose, message));
      }
    } else if (method.equals("session/update")) {
      events.addAll(updated(params));
    } else if (method.equals("$/cancel_request")) {
      questions.withdrawn(params.path("requestId").toString());
      events.addAll(questions.settled());
    } else if (!id.isEmpty()) {
      events.addAll(asked(id, method, params));
    }
    return events;
  }

  private List<Event> answered(String purpose, ObjectNode answer) {
    if (purpose.startsWith(PROMPT)) {
      return ended(purpose.substring(PROMPT.length()), answer);
    }
    Optional<Event> event = handshake.heard(purpose, answer);
    if (event.orElse(null) instanceof Event.Opened) {
      usage.settle();
    }
    return event.stream().toList();
  }

  private List<Event> ended(String prompt, ObjectNode answer) {
    var events = new ArrayList<>(began());
    prompts.end(prompt);
    events.addAll(questions.settled());
    Usage used = usage.of(answer.path("result"));
    events.add(new Event.Ended(List.of(prompt), ends.of(prompt, turn, answer), used));
    turn = new AcpTurn();
    return events;
  }

  private List<Event> asked(String id, String method, JsonNode params) {
    if (!method.equals("session/request_permission")) {
      questions.unknown(id, method);
      return List.of();
    }
    var events = new ArrayList<>(began());
    JsonNode call = params.path("toolCall");
    events.addAll(calls(tools.asked(call)));
    AcpTool tool = tools.tool(Lines.text(call, "toolCallId"), call);
    var permission = new Permission(id, tool.name(), tool.kind(), tool.asks(), tool.paths());
    questions.asked(permission, params.path("options"));
    turn.asks(id);
    events.add(new Event.Asks(permission));
    return events;
  }

  private List<Event> updated(JsonNode params) {
    JsonNode update = params.path("update");
    String kind = Lines.text(update, "sessionUpdate");
    if (kind.equals("usage_update")) {
      usage.heard(update);
    } else if (!handshake.isOpen()) {
      if (!kind.equals("available_commands_update")) {
        handshake.repeats();
      }
    } else if (Lines.text(params, "sessionId").equals(handshake.session())) {
      return heardOfTurn(kind, update);
    }
    return List.of();
  }

  private List<Event> heardOfTurn(String kind, JsonNode update) {
    return switch (kind) {
      case "agent_message_chunk" -> join(began(), says(update));
      case "agent_thought_chunk", "plan" -> began();
      case "tool_call", "tool_call_update" -> join(began(), calls(tools.heard(update)));
      case "session_info_update" -> noted(update.path("_meta").path("codex"));
      default -> List.of();
    };
  }

  /**
   * Reads a note outside the protocol: {@code codex-acp} ends a turn as a success when its model
   * failed, and reports the failure only here.
   */
  private List<Event> noted(JsonNode codex) {
    if (Lines.text(codex.path("threadStatus"), "type").equals("systemError")) {
      turn.breaks();
    }
    JsonNode error = codex.path("error");
    String details = Lines.text(error, "additionalDetails");
    String why = Lines.text(error, "message") + (details.isEmpty() ? "" : ": " + details);
    return error.path("willRetry").asBoolean(false)
        ? List.of(new Event.Waits(why, null))
        : List.of();
  }

  private List<Event> says(JsonNode update) {
    String text = Lines.text(update.path("content"), "text");
    turn.says(text, Lines.text(update, "messageId"));
    return text.isEmpty() ? List.of() : List.of(new Event.Says(text));
  }

  private List<Event> calls(List<Event> told) {
    if (told.stream().anyMatch(Event.Calls.class::isInstance)) {
      turn.calls();
    }
    return told;
  }

  /** Returns that the turn began, the first time that something of it is received. */
  private List<Event> began() {
    return prompts
        .open()
        .filter(prompt -> turn.begins())
        .<List<Event>>map(prompt -> List.of(new Event.Began(List.of(prompt))))
        .orElse(List.of());
  }

  private static List<Event> join(List<Event> first, List<Event> rest) {
    return Stream.concat(first.stream(), rest.stream()).toList();
  }

  @Override
  public List<String> due() {
    return Stream.concat(handshake.due().stream(), questions.due().stream()).toList();
  }

  @Override
  public boolean ready() {
    return handshake.isOpen() && prompts.open().isEmpty();
  }

  @Override
  public boolean hasSaid(String id) {
    return prompts.hasSaid(id);
  }

  @Override
  public String prompt(String id, String text, Optional<String> schema) {
    ObjectNode params = Lines.object().put("sessionId", handshake.session());
    params
        .putArray("prompt")
        .addObject()
        .put("type", "text")
        .put("text", Lines.guarded(text, GUARD));
    return JsonRpc.request(PROMPT + id, "session/prompt", params);
  }

  @Override
  public Optional<String> steer(String id, String text) {
    return Optional.empty();
  }

  /** Answers permissions first: an agent may wait for them and read nothing else. */
  @Override
  public List<String> cancel() {
    if (prompts.open().isEmpty()) {
      return List.of();
    }
    Stream<String> answers =
        open().stream().map(permission -> AcpMessages.withdraws(permission.request()));
    return Stream.concat(answers, Stream.of(AcpMessages.cancels(handshake.session()))).toList();
  }

  @Override
  public Optional<String> place() {
    return Optional.empty();
  }

  @Override
  public List<Permission> open() {
    return questions.open();
  }

  @Override
  public String answer(Permission permission, Decision decision) {
    return questions.answer(permission, decision);
  }
}
