package conductor.modelserver;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI Chat Completions. */
final class ChatDialect implements Dialect {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern DIRECTORY = Pattern.compile("[Ww]orking directory: ([^\\n\"\\\\]+)");

  @Override
  public Asked read(String path, JsonNode request) {
    var conversation = new Conversation();
    for (JsonNode message : request.path("messages")) {
      switch (message.path("role").asString()) {
        case "user" -> texts(message.path("content")).forEach(conversation::user);
        case "assistant" -> assistant(message, conversation);
        default -> {}
      }
    }
    return new Asked(
        Protocol.CHAT,
        request.path("model").asString(),
        "",
        conversation.heard(),
        conversation.prompts(),
        conversation.done(),
        request
            .path("tools")
            .valueStream()
            .map(tool -> tool.path("function").path("name").asString())
            .toList(),
        directory(request),
        request.path("stream").asBoolean(false));
  }

  @Override
  public void write(Asked asked, Answer answer, Wire wire) throws IOException {
    ObjectNode message = message(answer);
    String reason = answer instanceof Answer.Call ? "tool_calls" : "stop";
    if (!asked.streaming()) {
      ObjectNode whole = completion(asked, "chat.completion");
      choice(whole, "message", message).put("finish_reason", reason);
      whole.set("usage", usage());
      wire.json(200, whole);
      return;
    }
    wire.stream();
    ObjectNode said = completion(asked, "chat.completion.chunk");
    choice(said, "delta", message).putNull("finish_reason");
    wire.data(said.toString());
    ObjectNode end = completion(asked, "chat.completion.chunk");
    choice(end, "delta", JSON.createObjectNode()).put("finish_reason", reason);
    end.set("usage", usage());
    wire.data(end.toString());
    wire.data("[DONE]");
  }

  @Override
  public ObjectNode error(int status) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("message", "scripted " + status).put("code", status);
    return body;
  }

  private static void assistant(JsonNode message, Conversation conversation) {
    if (message.path("tool_calls").isEmpty()) {
      conversation.said(texts(message.path("content")).collect(Collectors.joining()));
    } else {
      conversation.called();
    }
  }

  private static ObjectNode message(Answer answer) {
    ObjectNode message = JSON.createObjectNode().put("role", "assistant");
    switch (answer) {
      case Answer.Text text -> message.put("content", text.text());
      case Answer.Call call -> {
        ObjectNode made = message.putNull("content").putArray("tool_calls").addObject();
        made.put("index", 0).put("id", Ids.fresh("call_")).put("type", "function");
        made.putObject("function")
            .put("name", call.tool())
            .put("arguments", call.arguments().toString());
      }
    }
    return message;
  }

  private static ObjectNode completion(Asked asked, String kind) {
    return JSON.createObjectNode()
        .put("id", Ids.fresh("chatcmpl-"))
        .put("object", kind)
        .put("created", 1)
        .put("model", asked.model());
  }

  private static ObjectNode choice(ObjectNode completion, String name, ObjectNode content) {
    ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
    choice.set(name, content);
    return choice;
  }

  private static ObjectNode usage() {
    Tokens tokens = Tokens.ofOneTurn(Protocol.CHAT);
    return JSON.createObjectNode()
        .put("prompt_tokens", tokens.read())
        .put("completion_tokens", tokens.output())
        .put("total_tokens", tokens.total());
  }

  private static Stream<String> texts(JsonNode content) {
    return content.isString()
        ? Stream.of(content.asString())
        : content.valueStream().map(part -> part.path("text").asString(""));
  }

  private static String directory(JsonNode request) {
    var found = DIRECTORY.matcher(request.path("messages").toString());
    return found.find() ? found.group(1) : "";
  }
}
