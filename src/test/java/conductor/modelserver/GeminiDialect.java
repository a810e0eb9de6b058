package conductor.modelserver;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Gemini generateContent and streamGenerateContent. */
final class GeminiDialect implements Dialect {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern MODEL = Pattern.compile("/models/([^:]+):");

  private static final Pattern DIRECTORY =
      Pattern.compile("Workspace Directories:\\*\\*\\\\n *- ([^\\\\\"]+)");

  @Override
  public Asked read(String path, JsonNode request) {
    var conversation = new Conversation();
    for (JsonNode content : request.path("contents")) {
      JsonNode parts = content.path("parts");
      if (!content.path("role").asString().equals("model")) {
        texts(parts).forEach(conversation::user);
      } else if (parts.valueStream().anyMatch(part -> part.has("functionCall"))) {
        conversation.called();
      } else {
        conversation.said(texts(parts).collect(Collectors.joining()));
      }
    }
    var model = MODEL.matcher(path);
    return new Asked(
        Protocol.GEMINI,
        model.find() ? model.group(1) : "",
        "",
        conversation.heard(),
        conversation.prompts(),
        conversation.done(),
        request
            .path("tools")
            .valueStream()
            .flatMap(tool -> tool.path("functionDeclarations").valueStream())
            .map(tool -> tool.path("name").asString())
            .toList(),
        directory(request),
        path.contains(":streamGenerateContent"));
  }

  @Override
  public void write(Asked asked, Answer answer, Wire wire) throws IOException {
    ObjectNode response = response(asked, answer);
    if (asked.streaming()) {
      wire.stream();
      wire.data(response.toString());
    } else {
      wire.json(200, response);
    }
  }

  @Override
  public ObjectNode error(int status) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("code", status)
        .put("message", "scripted " + status)
        .put("status", kind(status));
    return body;
  }

  private static ObjectNode response(Asked asked, Answer answer) {
    Tokens tokens = Tokens.ofOneTurn(Protocol.GEMINI);
    ObjectNode response = JSON.createObjectNode().put("modelVersion", asked.model());
    ObjectNode candidate = response.putArray("candidates").addObject().put("index", 0);
    candidate.put("finishReason", "STOP");
    ObjectNode part =
        candidate.putObject("content").put("role", "model").putArray("parts").addObject();
    switch (answer) {
      case Answer.Text text -> part.put("text", text.text());
      case Answer.Call call ->
          part.putObject("functionCall").put("name", call.tool()).set("args", call.arguments());
    }
    response
        .putObject("usageMetadata")
        .put("promptTokenCount", tokens.read())
        .put("candidatesTokenCount", tokens.output())
        .put("totalTokenCount", tokens.total());
    return response;
  }

  private static Stream<String> texts(JsonNode parts) {
    return parts
        .valueStream()
        .filter(part -> part.has("text"))
        .map(part -> part.path("text").asString());
  }

  private static String directory(JsonNode request) {
    var found = DIRECTORY.matcher(request.path("contents").toString());
    return found.find() ? found.group(1) : "";
  }

  private static String kind(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }
}
