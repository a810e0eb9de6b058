package conductor.handlers.forge.github;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeMap;

/** An answer of GitHub as it was sent. */
record Response(int status, HttpHeaders headers, String body) {

  static Response of(HttpResponse<String> response) {
    return new Response(response.statusCode(), response.headers(), response.body());
  }

  /** Returns this answer as it is now, by the headers of an answer that nothing changed. */
  Response renewed(HttpHeaders now) {
    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers.map());
    all.putAll(now.map());
    return new Response(status, HttpHeaders.of(all, (_, _) -> true), body);
  }
}
