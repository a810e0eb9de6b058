package conductor.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The scripted model, asked by hand. */
class ModelServerTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();
  private ModelServer model;

  @BeforeEach
  void start() throws Exception {
    model = new ModelServer();
  }

  @AfterEach
  void stop() {
    http.close();
    model.close();
  }

  @Test
  void performsADirectiveATurnAndThenSaysThatItIsDone() throws Exception {
    ArrayNode messages = user(JSON.createArrayNode(), "[[write:a|b]] [[bash:ls]]");

    assertThat(ask(messages).at("/content/0/input/content").asString()).isEqualTo("b");
    assertThat(ask(called(messages)).at("/content/0/input/command").asString()).isEqualTo("ls");
    assertThat(ask(called(messages)).at("/content/0/text").asString())
        .isEqualTo("DONE after 2 steps");
    assertThat(model.turns()).extracting(ModelTurn::step).containsExactly(0, 1, 2);
  }

  @Test
  void aPlainTextSteersTheScriptThatRunsAndIsANewPromptWhenNoneDoes() throws Exception {
    ArrayNode messages = called(user(JSON.createArrayNode(), "[[bash:one]] [[bash:two]]"));
    user(messages, "faster");

    assertThat(ask(messages).at("/content/0/input/command").asString()).isEqualTo("two");
    assertThat(model.turns().getFirst().heard())
        .containsExactly("[[bash:one]] [[bash:two]]", "faster");

    said(called(messages), "DONE after 2 steps");
    user(messages, "hello");
    assertThat(ask(messages).at("/content/0/text").asString()).isEqualTo("DONE after 0 steps");
    assertThat(model.turns().getLast().prompt()).isEqualTo("hello");
  }

  @Test
  void aPlainTextAfterAnInterruptionIsANewPrompt() throws Exception {
    ArrayNode messages = called(user(JSON.createArrayNode(), "[[bash:one]] [[bash:two]]"));
    user(messages, "[Request interrupted by user]");

    assertThat(ask(user(messages, "hello")).at("/content/0/text").asString())
        .isEqualTo("DONE after 0 steps");
  }

  @Test
  void aConversationThatWasBrokenOffGoesOnWhereItWas() throws Exception {
    ArrayNode messages = called(user(JSON.createArrayNode(), "[[bash:one]] [[bash:two]]"));
    said(messages, "No response requested.");

    assertThat(ask(user(messages, "go on")).at("/content/0/input/command").asString())
        .isEqualTo("two");
  }

  @Test
  void anErrorComesAsOftenAsItIsSaidWithItsHeaders() throws Exception {
    ArrayNode messages =
        user(
            JSON.createArrayNode(),
            "[[http:429 times=1 retry-after=3 reset=now+60 error.kind=too%20much]] [[say:fine]]");
    long now = Instant.now().getEpochSecond();

    HttpResponse<String> refused = send(request(messages));

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body())
        .contains("rate_limit_error", "scripted 429", "\"kind\":\"too much\"");
    assertThat(refused.headers().firstValue("retry-after")).hasValue("3");
    assertThat(refused.headers().firstValueAsLong("reset").orElseThrow())
        .isBetween(now + 60, now + 90);
    assertThat(ask(messages).at("/content/0/text").asString()).isEqualTo("fine");
    assertThat(model.turns()).hasSize(2);
    assertThat(model.answered()).hasSize(1);
  }

  @Test
  void waitsAtAGate() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            post(request(user(JSON.createArrayNode(), "[[gate:g]] [[say:through]]"))),
            BodyHandlers.ofString());
    model.awaitTurn("gate:g", 0);
    assertThat(answer).isNotDone();

    model.open("g");

    assertThat(answer.get().body()).contains("through");
  }

  @Test
  void sumsWhatItReported() throws Exception {
    ask(user(JSON.createArrayNode(), "[[say:one]]"));
    ask(user(JSON.createArrayNode(), "[[say:two]]"));

    assertThat(model.tokens()).isEqualTo(new Tokens(2000, 600, 400, 100));
  }

  @Test
  void aQuestionWithoutToolsIsNoTurnOfTheScript() throws Exception {
    ObjectNode title = request(user(JSON.createArrayNode(), "Title of: [[bash:rm -r x]]"));
    title.putArray("tools");

    assertThat(send(title).body()).contains("A title");
    assertThat(model.realTurns()).isEmpty();
    assertThat(model.tokens()).isEqualTo(Tokens.NONE);
  }

  @Test
  void outlivesAClientThatLeavesInMidStream() throws Exception {
    ObjectNode request = request(user(JSON.createArrayNode(), "[[gate:g]] [[say:nobody hears]]"));
    HttpClient leaving = HttpClient.newHttpClient();
    CompletableFuture<HttpResponse<InputStream>> answer =
        leaving.sendAsync(post(request.put("stream", true)), BodyHandlers.ofInputStream());
    model.awaitTurn("gate:g", 0);
    answer.cancel(true);
    leaving.shutdownNow();
    leaving.close();

    model.open("g");

    assertThat(ask(user(JSON.createArrayNode(), "[[say:still there]]")).toString())
        .contains("still there");
  }

  @Test
  void closesThoughSomebodyHangs() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            post(request(user(JSON.createArrayNode(), "[[hang]]"))), BodyHandlers.ofString());
    model.awaitTurn("hang", 0);

    model.close();

    assertThat(answer).failsWithin(Duration.ofSeconds(30));
  }

  private JsonNode ask(ArrayNode messages) throws Exception {
    return JSON.readTree(send(request(messages)).body());
  }

  private HttpResponse<String> send(ObjectNode request) throws Exception {
    return http.send(post(request), BodyHandlers.ofString());
  }

  private HttpRequest post(ObjectNode request) {
    return HttpRequest.newBuilder(URI.create(model.address() + "/v1/messages"))
        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
        .build();
  }

  private static ObjectNode request(ArrayNode messages) {
    ObjectNode request = JSON.createObjectNode().put("model", "m");
    request.set("messages", messages.deepCopy());
    ArrayNode tools = request.putArray("tools");
    tools.addObject().put("name", "Write");
    tools.addObject().put("name", "Bash");
    return request;
  }

  private static ArrayNode user(ArrayNode messages, String text) {
    messages.addObject().put("role", "user").put("content", text);
    return messages;
  }

  private static ArrayNode said(ArrayNode messages, String text) {
    ObjectNode message = messages.addObject().put("role", "assistant");
    message.putArray("content").addObject().put("type", "text").put("text", text);
    return messages;
  }

  private static ArrayNode called(ArrayNode messages) {
    ObjectNode message = messages.addObject().put("role", "assistant");
    message.putArray("content").addObject().put("type", "tool_use");
    return messages;
  }
}
