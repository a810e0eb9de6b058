package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.handlers.forge.Pace;
import conductor.journal.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);
  private static final int MOST_HOPS = 5;

  /** A slow answer is no reason to look less often. */
  private static final int LOOKS = 4;

  private final Site site;
  private final Tokens tokens;
  private final HttpClient http;
  private final Limits limits;
  private final Redactor secrets;
  private final InstantSource clock;
  private final RateLimit rateLimit;
  private final boolean adopting;
  private final Set<Slug> renamed;
  private final Map<Slug, Slug> names = new ConcurrentHashMap<>();
  private final Consumer<String> waiting;

  /**
   * @param adopting whether an earlier process may have done what is asked for
   */
  Client(GitHubForge.Connection to, Consumer<String> waiting, boolean adopting) {
    this.adopting = adopting;
    this.site = to.site();
    this.tokens = to.tokens();
    this.http = to.http();
    this.limits = to.limits();
    this.secrets = to.secrets();
    this.clock = to.clock();
    this.renamed = to.renamed();
    this.rateLimit = new RateLimit(site, clock, waiting);
    this.waiting = waiting;
  }

  /** Whether an act happened whose answer did not come. */
  @FunctionalInterface
  interface Found {
    Optional<JsonNode> look() throws InterruptedException;
  }

  /** For acts that may happen twice. */
  static final Found REPEATABLE = new Repeatable();

  private static final class Repeatable implements Found {
    @Override
    public Optional<JsonNode> look() {
      return Optional.empty();
    }
  }

  Site site() {
    return site;
  }

  /** Refuses a token whose scopes do not suffice, where GitHub says which it has. */
  void mustHaveScope(Answer answer, boolean hidden) throws InterruptedException {
    Optional<String> said = answer.headers().firstValue("X-OAuth-Scopes").map(String::strip);
    List<String> has = List.of(said.orElse("").split("[,\\s]+", -1));
    boolean classic = tokens.token().matches("gh[po]_.*|[0-9a-f]{40}");
    boolean says = said.isPresent() && (classic || !said.get().isEmpty());
    if (says && !has.contains("repo") && (hidden || !has.contains("public_repo"))) {
      throw new ForgeFailure.ForgeDenied(
          site.web(),
          "the token lacks the scope 'repo' (it has: %s); make one at %s"
              .formatted(said.get().isEmpty() ? "none" : said.get(), site.tokenPage()));
    }
  }

  /** Looks whether something was done before; after a crash until GitHub would show it. */
  Optional<JsonNode> before(Found found) throws InterruptedException {
    return adopting ? late(found::look) : found.look();
  }

  /** Looks until GitHub shows something that it may show late; empty when it does not. */
  <T> Optional<T> late(Pace.Look<T> look) throws InterruptedException {
    Optional<T> there = limits.pace().await(clock.instant().plus(limits.lag()), clock, look);
    for (int n = 1; there.isEmpty() && n < LOOKS; n++) {
      Thread.sleep(limits.pause());
      there = look.look();
    }
    return there;
  }

  /** Tells the user something. */
  void say(String line) {
    waiting.accept(line);
  }

  /** What GraphQL knows that REST does not; empty where it is not to be had. */
  Optional<JsonNode> query(String query, Map<String, ?> variables) throws InterruptedException {
    Answer answer =
        send("POST", site.graphql(), Map.of("query", query, "variables", variables), REPEATABLE);
    return answer.ok() ? Optional.of(answer.body().path("data")) : Optional.empty();
  }

  /** Reads something. */
  Answer get(String path) throws InterruptedException {
    return send("GET", path, null, REPEATABLE);
  }

  /**
   * A repository as it is called now; one that was renamed or moved answers to its old name too.
   */
  Slug now(Slug given) throws InterruptedException {
    Slug known = names.get(given);
    if (known != null) {
      return known;
    }
    String[] parts =
        get(given.at("")).must(this).path("full_name").asString(given.toString()).split("/", -1);
    Slug now = parts.length == 2 ? new Slug(parts[0], parts[1]) : given;
    if (!now.toString().equalsIgnoreCase(given.toString()) && renamed.add(given)) {
      say("%s is called %s now; 'git remote set-url' tells git".formatted(given, now));
    }
    names.put(given, now);
    return now;
  }

  /** All items of a list, page by page, as GitHub says where the next one is. */
  List<JsonNode> all(String path, String within, int most) throws InterruptedException {
    return pages(first(path), within, most, this::get, false);
  }

  /** The same of something that is there, though GitHub may not show it yet. */
  List<JsonNode> allOfKnown(String path, String within, int most) throws InterruptedException {
    return pages(first(path), within, most, this::known, false);
  }

  private Answer known(String path) throws InterruptedException {
    Optional<Answer> there =
        late(() ->
            Optional.of(get(path))
                .filter(answer -> answer.status() != 404 && answer.status() != 422));
    return there.isPresent() ? there.get() : get(path);
  }

  /** All items of a list that not everybody may see; none where it is refused. */
  List<JsonNode> readable(String path) throws InterruptedException {
    return pages(first(path), "", Integer.MAX_VALUE, this::get, true);
  }

  private static String first(String path) {
    return path + (path.contains("?") ? "&" : "?") + "per_page=" + PAGE;
  }

  private interface Read {
    Answer of(String path) throws InterruptedException;
  }

  private List<JsonNode> pages(String first, String within, int most, Read read, boolean lenient)
      throws InterruptedException {
    var all = new ArrayList<JsonNode>();
    Optional<String> next = Optional.of(first);
    while (next.isPresent() && all.size() < most) {
      Answer page = read.of(next.get());
      if (lenient && !page.ok()) {
        break;
      }
      JsonNode body = page.must(this);
      (within.isEmpty() ? body : body.path(within)).forEach(all::add);
      next = page.next();
    }
    return all.size() <= most ? all : all.subList(0, most);
  }

  /** The address of a path of the API, or one that GitHub gave. */
  private URI place(String path) {
    return path.startsWith("/") ? URI.create(site.api() + path) : URI.create(path);
  }

  /** Whether an address is of the API itself, which alone gets to see the token. */
  private boolean isOwn(URI place) {
    URI api = URI.create(site.api());
    return api.getScheme().equalsIgnoreCase(place.getScheme())
        && api.getAuthority().equalsIgnoreCase(place.getAuthority());
  }

  /**
   * Changes something.
   *
   * @param found what to reply with when it turns out to have happened without an answer; where
   *     that may be, it is looked for as long as GitHub may show it late
   */
  Answer send(String method, String path, @Nullable Map<String, ?> body, Found found)
      throws InterruptedException {
    if (body != null) {
      refuseSecrets(body);
    }
    String request = method + " " + path.replaceFirst("\\?.*", "");
    Duration pause = limits.pause();
    String reason = "";
    boolean maybe = false;
    for (int attempt = 1; attempt <= limits.tries(); attempt++) {
      if (attempt > 1) {
        say(
            "%s: %s; trying again in %.1f s"
                .formatted(site.host(), reason, pause.toMillis() / 1000.0));
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        Optional<JsonNode> done =
            maybe && !(found instanceof Repeatable) ? late(found::look) : found.look();
        if (done.isPresent()) {
          return Answer.found(request, done.get());
        }
      }
      try {
        HttpResponse<String> response = followed(method, path, body);
        if (response.statusCode() < 500) {
          return answer(request, response);
        }
        reason = request + " was answered with " + response.statusCode();
        maybe = true;
      } catch (SSLHandshakeException e) {
        throw new ForgeFailure.ForgeDenied(site.web(), Trusted.hint(site, e));
      } catch (IOException e) {
        maybe |= !(e instanceof ConnectException) && !(e instanceof HttpConnectTimeoutException);
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

  private void refuseSecrets(Map<String, ?> body) throws InterruptedException {
    Redactor known = secrets.with("the token for " + site.host(), tokens.token());
    for (Map.Entry<String, ?> entry : body.entrySet()) {
      List<String> found = known.found(String.valueOf(entry.getValue()));
      if (!found.isEmpty()) {
        throw new ForgeFailure.SecretInText(found, "the " + entry.getKey());
      }
    }
  }

  /**
   * An answer that is no rate limit and points nowhere else. What was moved is asked for where it
   * is now, in the same way; only the API itself gets to see the token, and is asked to act.
   */
  private HttpResponse<String> followed(String method, String path, @Nullable Map<String, ?> body)
      throws IOException, InterruptedException {
    String at = path;
    for (int hops = 0; ; hops++) {
      HttpResponse<String> response = exchanged(method, at, body);
      Optional<String> elsewhere = response.headers().firstValue("Location");
      if (!MOVED.contains(response.statusCode()) || elsewhere.isEmpty() || hops == MOST_HOPS) {
        return response;
      }
      URI next = place(at).resolve(elsewhere.get());
      if (!isOwn(next) && !method.equals("GET")) {
        return response;
      }
      at = next.toString();
    }
  }

  /**
   * An answer that is no rate limit. A token that is no longer accepted is asked for anew, once.
   */
  private HttpResponse<String> exchanged(String method, String path, @Nullable Map<String, ?> body)
      throws IOException, InterruptedException {
    boolean renewed = false;
    while (true) {
      String token = tokens.token();
      HttpResponse<String> response =
          http.send(request(method, path, body, token), BodyHandlers.ofString());
      if (rateLimit.waited(response)) {
        continue;
      }
      if (response.statusCode() != 401 || renewed || !tokens.renewed(token)) {
        return response;
      }
      renewed = true;
    }
  }

  private HttpRequest request(
      String method, String path, @Nullable Map<String, ?> body, String token) {
    var publisher =
        body == null
            ? BodyPublishers.noBody()
            : BodyPublishers.ofString(JSON.writeValueAsString(body));
    URI place = place(path);
    var builder = HttpRequest.newBuilder(place).timeout(limits.answer());
    if (isOwn(place)) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder
        .header("Accept", "application/vnd.github+json")
        .header("Content-Type", "application/json")
        .header("User-Agent", "conductor")
        .header("X-GitHub-Api-Version", "2022-11-28")
        .method(method, publisher)
        .build();
  }

  private static Answer answer(String request, HttpResponse<String> response) throws IOException {
    return new Answer(request, response.statusCode(), tree(response), response.headers());
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
