package conductor.handlers.forge.github;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Sends single requests to GitHub. Waits for the end of rate limits, however long, renews a token
 * that is no longer accepted, and follows redirects. What was read before is read again only where
 * it changed. Does not repeat requests that failed.
 */
final class Exchange {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);
  private static final int MOST_HOPS = 5;
  private static final int NOT_MODIFIED = 304;

  /** The form of most answers: JSON. */
  static final String DATA = "application/vnd.github+json";

  /** The form of a pull request's changes as a patch. */
  static final String PATCH = "application/vnd.github.diff";

  private final Connection to;
  private final RateLimit rateLimit;
  private final KnownAnswers known = new KnownAnswers();

  Exchange(Connection to, Consumer<String> waiting) {
    this.to = to;
    this.rateLimit = new RateLimit(to.site(), to.clock(), waiting);
  }

  /**
   * A request.
   *
   * @param path a path of the API or a whole url
   * @param body the body; null for none
   * @param form the form that the answer is asked for in
   */
  record Request(String method, String path, @Nullable Map<String, ?> body, String form) {

    /** Returns the request for messages, such as {@code GET /repos/me/it}. */
    String shown() {
      return method + " " + path.replaceFirst("\\?.*", "");
    }

    private Request at(String elsewhere) {
      return new Request(method, elsewhere, body, form);
    }

    private boolean isPatch() {
      return form.equals(PATCH);
    }

    /** Returns whether its answer can be asked for on the condition that it changed. */
    private boolean isConditional() {
      return method.equals("GET") && form.equals(DATA);
    }
  }

  /** Sends a request and returns its answer. */
  Answer answer(Request request) throws IOException, InterruptedException {
    Response response = followed(request);
    JsonNode body =
        request.isPatch() && response.status() == 200
            ? JsonNodeFactory.instance.stringNode(response.body())
            : tree(response);
    return new Answer(to.site(), request.shown(), response.status(), body, response.headers());
  }

  /** Returns the address of a path of the API; a whole url stays unchanged. */
  private URI place(String path) {
    return URI.create(path.startsWith("/") ? to.site().api() + path : path);
  }

  /** Returns whether an address belongs to the API itself; no other address gets the token. */
  private boolean isOwn(URI place) {
    URI api = URI.create(to.site().api());
    return api.getScheme().equalsIgnoreCase(place.getScheme())
        && api.getAuthority().equalsIgnoreCase(place.getAuthority());
  }

  /**
   * Returns an answer that is neither a rate limit nor a redirect that can be followed. Redirects
   * are followed with the same method; other hosts than the API get no token and only GET requests.
   */
  private Response followed(Request request) throws IOException, InterruptedException {
    String at = request.path();
    for (int hops = 0; ; hops++) {
      Response response = exchanged(request.at(at));
      Optional<String> elsewhere = response.headers().firstValue("Location");
      if (!MOVED.contains(response.status()) || elsewhere.isEmpty() || hops == MOST_HOPS) {
        return response;
      }
      URI next = place(at).resolve(elsewhere.get());
      if (!isOwn(next) && !request.method().equals("GET")) {
        return response;
      }
      at = next.toString();
    }
  }

  /**
   * Returns an answer that is not a rate limit; the one before where GitHub says that nothing
   * changed. Renews a token that is not accepted, once.
   */
  private Response exchanged(Request request) throws IOException, InterruptedException {
    if (!request.isConditional()) {
      return exchanged(request, Optional.empty());
    }
    Optional<KnownAnswers.Known> before = known.find(request.path());
    Response response = exchanged(request, before);
    if (before.isPresent() && response.status() == NOT_MODIFIED) {
      response = before.get().response().renewed(response.headers());
    }
    known.keep(request.path(), response);
    return response;
  }

  private Response exchanged(Request request, Optional<KnownAnswers.Known> before)
      throws IOException, InterruptedException {
    boolean renewed = false;
    while (true) {
      String token = to.tokens().token();
      HttpRequest.Builder builder = built(request, token);
      before.ifPresent(answer -> builder.header("If-None-Match", answer.tag()));
      Response response = sent(builder);
      if (rateLimit.waited(response)) {
        continue;
      }
      if (response.status() != 401 || renewed || !to.tokens().renewed(token)) {
        return response;
      }
      renewed = true;
    }
  }

  private Response sent(HttpRequest.Builder request) throws IOException, InterruptedException {
    return Response.of(
        to.http().send(request.timeout(to.limits().answer()).build(), BodyHandlers.ofString()));
  }

  private HttpRequest.Builder built(Request request, String token) {
    var publisher =
        request.body() == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(request.body()));
    URI place = place(request.path());
    var builder = HttpRequest.newBuilder(place);
    if (isOwn(place)) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder
        .header("Accept", request.form())
        .header("Content-Type", "application/json")
        .header("User-Agent", "conductor")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .method(request.method(), publisher);
  }

  private static JsonNode tree(Response response) throws IOException {
    try {
      return response.body().isBlank()
          ? JsonNodeFactory.instance.objectNode()
          : JSON.readTree(response.body());
    } catch (JacksonException e) {
      if (response.status() / 100 == 2) {
        throw new IOException("its answer is not JSON: " + e.getOriginalMessage(), e);
      }
      return JsonNodeFactory.instance.objectNode().put("message", response.body().strip());
    }
  }

  /**
   * Returns a text that GitHub redirects to, such as a log; an empty text when it cannot be read.
   * The token is not sent to the target of the redirect.
   */
  String text(String path) throws InterruptedException {
    try {
      Response first = exchanged(new Request("GET", path, null, DATA));
      Optional<String> elsewhere = first.headers().firstValue("Location");
      if (first.status() / 100 != 3 || elsewhere.isEmpty()) {
        return first.status() == 200 ? first.body() : "";
      }
      Response log = sent(HttpRequest.newBuilder(place(path).resolve(elsewhere.get())));
      return log.status() == 200 ? log.body() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
