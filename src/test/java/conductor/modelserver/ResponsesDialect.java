package conductor.modelserver;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI Responses. */
final class ResponsesDialect implements Dialect {

  /** Between the name of a namespace and that of a tool in it. */
  private static final String IN = "/";

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern DIRECTORY = Pattern.compile("<cwd>([^<]+)</cwd>");

  @Override
  public Asked read(String path, JsonNode request) {
    var conversation = new Conversation();
    for (JsonNode item : request.path("input")) {
      switch (item.path("type").asString("message")) {
        case "message" -> message(item, conversation);
        case "function_call", "custom_tool_call" -> conversation.called();
        default -> {}
      }
    }
    return new Asked(
        Protocol.RESPONSES,
        request.path("model").asString(),
        request.path("prompt_cache_key").asString(""),
        conversation.heard(),
        conversation.prompts(),
        conversation.done(),
        request.path("tools").valueStream().flatMap(ResponsesDialect::names).toList(),
        directory(request),
        request.path("stream").asBoolean(false));
  }

  @Override
  public void write(Asked asked, Answer answer, Wire wire) throws IOException {
    ObjectNode item = item(answer);
    ObjectNode response =
        JSON.createObjectNode()
            .put("id", Ids.fresh("resp_"))
            .put("object", "response")
            .put("model", asked.model())
            .put("status", "in_progress");
    response.putArray("output");
    if (!asked.streaming()) {
      wire.json(200, completed(response, item));
      return;
    }
    wire.stream();
    wire.event(about("response.created", response));
    wire.event(of("response.output_item.added", emptied(item)));
    if (answer instanceof Answer.Text text) {
      wire.event(
          event("response.output_text.delta")
              .put("item_id", item.path("id").asString())
              .put("output_index", 0)
              .put("content_index", 0)
              .put("delta", text.text()));
    }
    wire.event(of("response.output_item.done", item));
    wire.event(about("response.completed", completed(response, item)));
  }

  @Override
  public ObjectNode error(int status) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("type", kind(status)).put("message", "scripted " + status);
    return body;
  }

  private static void message(JsonNode item, Conversation conversation) {
    switch (item.path("role").asString()) {
      case "user" -> texts(item.path("content")).forEach(conversation::user);
      case "assistant" ->
          conversation.said(texts(item.path("content")).collect(Collectors.joining()));
      default -> {}
    }
  }

  private static ObjectNode completed(ObjectNode response, ObjectNode item) {
    Tokens tokens = Tokens.ofOneTurn(Protocol.RESPONSES);
    ObjectNode completed = response.deepCopy().put("status", "completed");
    completed.putArray("output").add(item);
    ObjectNode usage = completed.putObject("usage");
    usage.put("input_tokens", tokens.read()).put("output_tokens", tokens.output());
    usage.put("total_tokens", tokens.total());
    usage.putObject("input_tokens_details").put("cached_tokens", tokens.cacheRead());
    usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    return completed;
  }

  private static ObjectNode item(Answer answer) {
    ObjectNode item = JSON.createObjectNode().put("status", "completed");
    switch (answer) {
      case Answer.Text text -> {
        item.put("type", "message").put("id", Ids.fresh("msg_")).put("role", "assistant");
        ObjectNode content = item.putArray("content").addObject();
        content.put("type", "output_text").put("text", text.text()).putArray("annotations");
      }
      case Answer.Call call -> {
        String[] names = call.tool().split(IN, 2);
        item.put("type", "function_call")
            .put("id", Ids.fresh("fc_"))
            .put("call_id", Ids.fresh("call_"))
            .put("name", names[names.length - 1])
            .put("arguments", call.arguments().toString());
        if (names.length > 1) {
          item.put("namespace", names[0]);
        }
      }
    }
    return item;
  }

  private static ObjectNode emptied(ObjectNode item) {
    ObjectNode empty = item.deepCopy().put("status", "in_progress");
    if (empty.has("content")) {
      empty.putArray("content");
    } else {
      empty.put("arguments", "");
    }
    return empty;
  }

  private static ObjectNode of(String type, ObjectNode item) {
    ObjectNode event = event(type).put("output_index", 0);
    event.set("item", item);
    return event;
  }

  private static ObjectNode about(String type, ObjectNode response) {
    ObjectNode event = event(type);
    event.set("response", response);
    return event;
  }

  private static ObjectNode event(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static Stream<String> texts(JsonNode content) {
    return content.isString()
        ? Stream.of(content.asString())
        : content.valueStream().map(part -> part.path("text").asString(""));
  }

  /** The names of a tool, or of those of a namespace, which goes before them. */
  private static Stream<String> names(JsonNode tool) {
    String name = tool.path("name").asString(tool.path("type").asString());
    return tool.path("type").asString("").equals("namespace")
        ? tool.path("tools")
            .valueStream()
            .flatMap(ResponsesDialect::names)
            .map(own -> name + IN + own)
        : Stream.of(name);
  }

  private static String directory(JsonNode request) {
    String found = "";
    var matcher = DIRECTORY.matcher(request.path("input").toString());
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }

  private static String kind(int status) {
    return switch (status) {
      case 400 -> "invalid_request_error";
      case 401 -> "invalid_api_key";
      case 429 -> "rate_limit_exceeded";
      default -> "server_error";
    };
  }
}
