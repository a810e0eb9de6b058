package conductor.modelserver;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic Messages. */
final class MessagesDialect implements Dialect {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern DIRECTORY = Pattern.compile("working directory: ([^\\n\"\\\\]+)");

  private static final Pattern STEERED =
      Pattern.compile(
          "^The user sent a new message while you were working:\n(.*?)\n\nThis is how Claude",
          Pattern.DOTALL);

  @Override
  public Asked read(String path, JsonNode request) {
    var conversation = new Conversation();
    for (JsonNode message : request.path("messages")) {
      JsonNode content = message.path("content");
      switch (message.path("role").asString()) {
        case "user" -> texts(content).forEach(conversation::user);
        case "assistant" -> assistant(content, conversation);
        case "system" -> texts(content).forEach(text -> steered(text, conversation));
        default -> {}
      }
    }
    return new Asked(
        Protocol.MESSAGES,
        request.path("model").asString(),
        session(request.path("metadata").path("user_id").asString("")),
        conversation.heard(),
        conversation.prompts(),
        conversation.done(),
        request.path("tools").valueStream().map(tool -> tool.path("name").asString()).toList(),
        directory(request),
        request.path("stream").asBoolean(false));
  }

  @Override
  public void write(Asked asked, Answer answer, Wire wire) throws IOException {
    ObjectNode message = message(asked);
    ObjectNode block = block(answer);
    String reason = answer instanceof Answer.Call ? "tool_use" : "end_turn";
    if (asked.streaming()) {
      stream(message, block, answer, reason, wire);
      return;
    }
    message.putArray("content").add(block);
    message.put("stop_reason", reason);
    ((ObjectNode) message.path("usage"))
        .put("output_tokens", Tokens.ofOneTurn(Protocol.MESSAGES).output());
    wire.json(200, message);
  }

  @Override
  public ObjectNode error(int status) {
    ObjectNode body = JSON.createObjectNode().put("type", "error");
    body.putObject("error").put("type", kind(status)).put("message", "scripted " + status);
    return body;
  }

  private static void stream(
      ObjectNode message, ObjectNode block, Answer answer, String reason, Wire wire)
      throws IOException {
    wire.stream();
    ObjectNode start = event("message_start");
    start.set("message", message);
    wire.event(start);
    ObjectNode open = event("content_block_start").put("index", 0);
    open.set("content_block", emptied(block));
    wire.event(open);
    ObjectNode delta = event("content_block_delta").put("index", 0);
    switch (answer) {
      case Answer.Text text ->
          delta.putObject("delta").put("type", "text_delta").put("text", text.text());
      case Answer.Call call ->
          delta
              .putObject("delta")
              .put("type", "input_json_delta")
              .put("partial_json", call.arguments().toString());
    }
    wire.event(delta);
    wire.event(event("content_block_stop").put("index", 0));
    ObjectNode end = event("message_delta");
    end.putObject("delta").put("stop_reason", reason).putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", Tokens.ofOneTurn(Protocol.MESSAGES).output());
    wire.event(end);
    wire.event(event("message_stop"));
  }

  private static ObjectNode message(Asked asked) {
    Tokens tokens = Tokens.ofOneTurn(Protocol.MESSAGES);
    ObjectNode message =
        JSON.createObjectNode()
            .put("id", Ids.fresh("msg_"))
            .put("type", "message")
            .put("role", "assistant")
            .put("model", asked.model());
    message.putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", tokens.input())
        .put("cache_creation_input_tokens", tokens.cacheWrite())
        .put("cache_read_input_tokens", tokens.cacheRead())
        .put("output_tokens", 1);
    return message;
  }

  private static ObjectNode block(Answer answer) {
    ObjectNode block = JSON.createObjectNode();
    switch (answer) {
      case Answer.Text text -> block.put("type", "text").put("text", text.text());
      case Answer.Call call -> {
        block.put("type", "tool_use").put("id", Ids.fresh("toolu_")).put("name", call.tool());
        block.set("input", call.arguments());
      }
    }
    return block;
  }

  private static ObjectNode emptied(ObjectNode block) {
    ObjectNode empty = block.deepCopy();
    if (empty.has("text")) {
      empty.put("text", "");
    } else {
      empty.putObject("input");
    }
    return empty;
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static void assistant(JsonNode content, Conversation conversation) {
    if (content.valueStream().anyMatch(part -> part.path("type").asString().equals("tool_use"))) {
      conversation.called();
    } else {
      conversation.said(texts(content).collect(Collectors.joining()));
    }
  }

  /** What the user says in mid-turn comes in a message of the system. */
  private static void steered(String text, Conversation conversation) {
    var found = STEERED.matcher(text);
    if (found.find()) {
      conversation.user(found.group(1));
    }
  }

  private static Stream<String> texts(JsonNode content) {
    return content.isString()
        ? Stream.of(content.asString())
        : content
            .valueStream()
            .filter(part -> part.path("type").asString().equals("text"))
            .map(part -> part.path("text").asString());
  }

  /** The user's id is a JSON text of its own. */
  private static String session(String user) {
    return user.startsWith("{") ? JSON.readTree(user).path("session_id").asString("") : "";
  }

  private static String directory(JsonNode request) {
    var found = DIRECTORY.matcher(request.path("messages").toString() + request.path("system"));
    return found.find() ? found.group(1) : "";
  }

  private static String kind(int status) {
    return switch (status) {
      case 400 -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> "api_error";
    };
  }
}
