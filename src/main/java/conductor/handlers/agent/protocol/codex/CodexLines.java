package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.JsonRpc;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Permission;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes the lines that are sent to codex. The id of each request tells its purpose, so that the
 * sent lines show which requests were made, and an answer shows what it belongs to. No line depends
 * on earlier lines, except for the number of a cancellation.
 */
record CodexLines(Opening opening) {

  static final String INITIALIZE = "initialize";
  static final String INITIALIZED = "initialized";
  static final String SKILLS = "skills/extraRoots/set";
  static final String OPEN = "open";
  static final String PROMPT = "prompt:";
  static final String STEER = "steer:";
  static final String CANCEL = "cancel:";

  String initialize() {
    ObjectNode params = Lines.object();
    params.putObject("clientInfo").put("name", "conductor").put("version", "0");
    return JsonRpc.request(INITIALIZE, INITIALIZE, params);
  }

  String initialized() {
    return JsonRpc.message().put("method", INITIALIZED).toString();
  }

  String open() {
    ObjectNode params = Lines.object();
    if (opening.resumes() != null) {
      params.put("threadId", opening.resumes()).put("excludeTurns", true);
    }
    if (opening.forks()) {
      putIfGiven(params, "lastTurnId", opening.forksAt());
    }
    params
        .put("cwd", opening.directory().toString())
        .put("approvalPolicy", "untrusted")
        .put("sandbox", opening.mode() == null ? "workspace-write" : opening.mode());
    ObjectNode config = CodexConfig.of(opening);
    if (!config.isEmpty()) {
      params.set("config", config);
    }
    putIfGiven(params, "model", opening.model());
    putIfGiven(params, "developerInstructions", opening.equipment().system());
    return JsonRpc.request(OPEN, opens(), params);
  }

  /** Adds directories of skills; codex has those of its user besides. */
  String skills() {
    ObjectNode params = Lines.object();
    ArrayNode roots = params.putArray("extraRoots");
    opening.equipment().skills().values().stream().map(Path::toString).sorted().forEach(roots::add);
    return JsonRpc.request(SKILLS, SKILLS, params);
  }

  private String opens() {
    if (opening.resumes() == null) {
      return "thread/start";
    }
    return opening.forks() ? "thread/fork" : "thread/resume";
  }

  /** Begins a turn. Codex repeats the prompt's id when the model gets the text. */
  String prompt(String thread, String id, String text, Optional<String> schema) {
    ObjectNode params = message(thread, id, text);
    putIfGiven(params, "effort", opening.effort());
    schema.ifPresent(form -> params.set("outputSchema", schema(form)));
    return JsonRpc.request(PROMPT + id, "turn/start", params);
  }

  private static JsonNode schema(String text) {
    return Lines.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("expected a JSON schema, found: " + text));
  }

  String steer(String thread, String turn, String id, String text) {
    ObjectNode params = message(thread, id, text).put("expectedTurnId", turn);
    return JsonRpc.request(STEER + id, "turn/steer", params);
  }

  /**
   * Returns the line that interrupts the turn. It contains no turn id: codex refuses the id of a
   * turn that has not begun yet, and without an id it interrupts any turn.
   */
  String cancel(String thread, int number) {
    ObjectNode params = Lines.object().put("threadId", thread).put("turnId", "");
    return JsonRpc.request(CANCEL + number, "turn/interrupt", params);
  }

  /** Answers a permission request; that of a server's tool has another form. */
  String answer(Permission permission, Decision decision) {
    ObjectNode line = JsonRpc.answer(permission.request());
    ObjectNode result = line.putObject("result");
    if (permission.kind() == Permission.Kind.OTHER) {
      result.putObject("content");
    }
    result.put(
        permission.kind() == Permission.Kind.OTHER ? "action" : "decision",
        switch (decision) {
          case Decision.Allow() -> "accept";
          case Decision.Deny(String reason) -> "decline";
        });
    return line.toString();
  }

  String unknown(String request) {
    return JsonRpc.unknown(request, "not offered");
  }

  private static ObjectNode message(String thread, String id, String text) {
    ObjectNode params = Lines.object().put("threadId", thread).put("clientUserMessageId", id);
    params.putArray("input").addObject().put("type", "text").put("text", text);
    return params;
  }

  private static void putIfGiven(ObjectNode params, String name, @Nullable String value) {
    if (value != null) {
      params.put(name, value);
    }
  }
}
