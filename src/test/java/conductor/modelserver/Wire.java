package conductor.modelserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** The answer's side of an HTTP exchange. A client that is gone shows as an {@link IOException}. */
final class Wire {

  private final HttpExchange exchange;

  Wire(HttpExchange exchange) {
    this.exchange = exchange;
  }

  void header(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** Answers all at once. */
  void json(int status, JsonNode body) throws IOException {
    header("Content-Type", "application/json");
    byte[] bytes = body.toString().getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Begins a stream of events. */
  void stream() throws IOException {
    header("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
  }

  /** An event with a name, which its data have as their type too. */
  void event(JsonNode data) throws IOException {
    send("event: " + data.path("type").asString() + "\ndata: " + data + "\n\n");
  }

  /** An event without a name. */
  void data(String data) throws IOException {
    send("data: " + data + "\n\n");
  }

  private void send(String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }
}
