package conductor.forge.github;

import conductor.effect.ForgeFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Speaks REST with a GitHub. Waits out rate limits, however long, and tries again when the
 * connection or the server fails; an act that may have happened is looked for before it is tried
 * again.
 */
final class Client {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 100;

  private final Site site;
  private final Tokens tokens;
  private final HttpClient http;
  private final Limits limits;
  private final RateLimit rateLimit;
  private final Consumer<String> waiting;

  Client(
      Site site,
      Tokens tokens,
      HttpClient http,
      Limits limits,
      InstantSource clock,
      Consumer<String> waiting) {
    this.site = site;
    this.tokens = tokens;
    this.http = http;
    this.limits = limits;
    this.rateLimit = new RateLimit(site, clock, waiting);
    this.waiting = waiting;
  }

  /** Whether an act happened whose answer did not come. */
  @FunctionalInterface
  interface Found {
    Optional<JsonNode> look() throws InterruptedException;
  }

  Site site() {
    return site;
  }

  /** Tells the user something. */
  void say(String line) {
    waiting.accept(line);
  }

  /** Reads something. */
  Answer get(String path) throws InterruptedException {
    return send("GET", path, null, Optional::empty);
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path, String within, int most) throws InterruptedException {
    var all = new ArrayList<JsonNode>();
    String join = path.contains("?") ? "&" : "?";
    for (int page = 1; all.size() < most; page++) {
      JsonNode body = get(path + join + "per_page=" + PAGE + "&page=" + page).must(this);
      JsonNode items = within.isEmpty() ? body : body.path(within);
      items.forEach(all::add);
      if (items.size() < PAGE) {
        break;
      }
    }
    return all.size() <= most ? all : all.subList(0, most);
  }

  /**
   * Changes something.
   *
   * @param found what to reply with when it turns out to have happened without an answer
   */
  Answer send(String method, String path, @Nullable Object body, Found found)
      throws InterruptedException {
    String request = method + " " + path.replaceFirst("\\?.*", "");
    Duration pause = limits.pause();
    String reason = "";
    for (int attempt = 1; attempt <= limits.tries(); attempt++) {
      if (attempt > 1) {
        say(
            "%s: %s; trying again in %.1f s"
                .formatted(site.host(), reason, pause.toMillis() / 1000.0));
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        Optional<JsonNode> done = found.look();
        if (done.isPresent()) {
          return new Answer(request, 200, done.get(), "");
        }
      }
      try {
        HttpResponse<String> response = exchanged(method, path, body);
        if (response.statusCode() < 500) {
          return answer(request, response);
        }
        reason = request + " was answered with " + response.statusCode();
      } catch (SSLHandshakeException e) {
        throw new ForgeFailure.ForgeDenied(site.web(), Trusted.hint(site, e));
      } catch (IOException e) {
        reason =
            request
                + ": "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
      }
    }
    throw new ForgeFailure.ForgeUnreachable(
        site.web(),
        "%s, %d times; 'conductor resume' tries again".formatted(reason, limits.tries()));
  }

  /** An answer that is no rate limit. */
  private HttpResponse<String> exchanged(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> response =
          http.send(request(method, path, body), BodyHandlers.ofString());
      if (!rateLimit.waited(response)) {
        return response;
      }
    }
  }

  private HttpRequest request(String method, String path, @Nullable Object body)
      throws InterruptedException {
    var publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(body));
    return HttpRequest.newBuilder(URI.create(site.api() + path))
        .timeout(limits.answer())
        .header("Accept", "application/vnd.github+json")
        .header("Authorization", "Bearer " + tokens.token())
        .header("Content-Type", "application/json")
        .header("User-Agent", "conductor")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .method(method, publisher)
        .build();
  }

  private static Answer answer(String request, HttpResponse<String> response) throws IOException {
    return new Answer(
        request,
        response.statusCode(),
        tree(response),
        response.headers().firstValue("X-OAuth-Scopes").orElse(""));
  }

  private static JsonNode tree(HttpResponse<String> response) throws IOException {
    try {
      return response.body().isBlank()
          ? JsonNodeFactory.instance.objectNode()
          : JSON.readTree(response.body());
    } catch (JacksonException e) {
      if (response.statusCode() / 100 == 2) {
        throw new IOException("its answer is not JSON: " + e.getOriginalMessage(), e);
      }
      return JsonNodeFactory.instance.objectNode().put("message", response.body().strip());
    }
  }

  /**
   * A text that lies elsewhere, such as a log; empty when it cannot be had. The token is not shown
   * to the place that an answer points to.
   */
  String text(String path) throws InterruptedException {
    try {
      HttpResponse<String> first = exchanged("GET", path, null);
      Optional<String> elsewhere = first.headers().firstValue("Location");
      if (first.statusCode() / 100 != 3 || elsewhere.isEmpty()) {
        return first.statusCode() == 200 ? first.body() : "";
      }
      URI place = URI.create(site.api() + path).resolve(elsewhere.get());
      HttpRequest second = HttpRequest.newBuilder(place).timeout(limits.answer()).build();
      HttpResponse<String> log = http.send(second, BodyHandlers.ofString());
      return log.statusCode() == 200 ? log.body() : "";
    } catch (IOException e) {
      return "";
    }
  }
}
