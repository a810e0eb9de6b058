package conductor.handlers.forge.github;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Requests and answers as they are sent. */
final class Wire {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Wire() {}

  /** The arguments of a request's query, decoded. */
  static Map<String, String> query(HttpExchange exchange) {
    var query = new HashMap<String, String>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? List.<String>of() : List.of(raw.split("&", -1))) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  /** An answer as it is sent: JSON, or a text as it is. */
  static GitBackend.Reply bytes(Rest.Reply reply) {
    var headers = new HashMap<>(reply.headers());
    if (reply.body() instanceof String text) {
      headers.put("Content-Type", "application/vnd.github.diff; charset=utf-8");
      return new GitBackend.Reply(reply.status(), headers, text.getBytes(StandardCharsets.UTF_8));
    }
    headers.put("Content-Type", "application/json; charset=utf-8");
    return new GitBackend.Reply(reply.status(), headers, json(reply.body()));
  }

  private static byte[] json(@Nullable Object body) {
    return body == null ? new byte[0] : JSON.writeValueAsBytes(body);
  }
}
