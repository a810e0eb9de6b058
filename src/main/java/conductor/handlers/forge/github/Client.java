package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.handlers.forge.Pace;
import conductor.journal.Redactor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client of GitHub's REST API for one site. Repeats requests when the connection or the server
 * fails; before an act is repeated that may have happened, its result is looked for.
 */
final class Client {

  private static final int PAGE = 100;

  /** The least number of polls, even if slow answers use up the time. */
  private static final int LOOKS = 4;

  private final Connection to;
  private final GitHubSite site;
  private final Limits limits;
  private final Exchange exchange;
  private final boolean adopting;
  private final Map<Slug, Slug> names = new ConcurrentHashMap<>();
  private final Consumer<String> waiting;

  /** {@code adopting}: an earlier process may have done what is asked for. */
  Client(Connection to, Consumer<String> waiting, boolean adopting) {
    this.adopting = adopting;
    this.to = to;
    this.site = to.site();
    this.limits = to.limits();
    this.exchange = new Exchange(to, waiting);
    this.waiting = waiting;
  }

  /** Looks for the result of an act whose answer was lost; empty when the act did not happen. */
  @FunctionalInterface
  interface Found {
    Optional<JsonNode> look() throws InterruptedException;
  }

  /** For acts that are safe to repeat. */
  static final Found REPEATABLE = Optional::empty;

  GitHubSite site() {
    return site;
  }

  /** Throws {@code ForgeDenied} when GitHub reports scopes that do not suffice. */
  void mustHaveScope(Answer answer, boolean hidden) throws InterruptedException {
    Optional<String> said = answer.headers().firstValue("X-OAuth-Scopes").map(String::strip);
    List<String> has = List.of(said.orElse("").split("[,\\s]+", -1));
    boolean classic = to.tokens().token().matches("gh[po]_.*|[0-9a-f]{40}");
    boolean says = said.isPresent() && (classic || !said.get().isEmpty());
    if (says && !has.contains("repo") && (hidden || !has.contains("public_repo"))) {
      throw new ForgeFailure.ForgeDenied(
          site.web(),
          "the token lacks the scope 'repo' (it has: %s); make one at %s"
              .formatted(said.get().isEmpty() ? "none" : said.get(), site.tokenPage()));
    }
  }

  /** Looks whether an act was done before; after a crash, as long as GitHub may show it late. */
  Optional<JsonNode> before(Found found) throws InterruptedException {
    return adopting ? late(found::look) : found.look();
  }

  /** Polls for something that GitHub may show late; empty when it does not appear in time. */
  <T> Optional<T> late(Pace.Look<T> look) throws InterruptedException {
    Instant deadline = to.clock().instant().plus(limits.lag());
    Optional<T> there = limits.pace().await(deadline, to.clock(), look);
    for (int n = 1; there.isEmpty() && n < LOOKS; n++) {
      Thread.sleep(limits.pause());
      there = look.look();
    }
    return there;
  }

  void say(String line) {
    waiting.accept(line);
  }

  /** Returns the data of a GraphQL query; empty when the query is refused. */
  Optional<JsonNode> query(String query, Map<String, ?> variables) throws InterruptedException {
    Answer answer =
        send("POST", site.graphql(), Map.of("query", query, "variables", variables), REPEATABLE);
    return answer.ok() ? Optional.of(answer.body().path("data")) : Optional.empty();
  }

  /** Sends a GET request for a path of the API. */
  Answer get(String path) throws InterruptedException {
    return send("GET", path, null, REPEATABLE);
  }

  /** Sends a GET request for the changes of a pull request; the body is a text, a patch. */
  Answer patch(String path) throws InterruptedException {
    return send(new Exchange.Request("GET", path, null, Exchange.PATCH), REPEATABLE);
  }

  /** Returns the present name of a repository, since GitHub also answers to old names. */
  Slug now(Slug given) throws InterruptedException {
    Slug known = names.get(given);
    if (known != null) {
      return known;
    }
    JsonNode repository = get(given.at("")).must();
    Slug now = Slug.parsed(repository.path("full_name").asString("")).orElse(given);
    if (!now.toString().equalsIgnoreCase(given.toString()) && to.renamed().add(given)) {
      say("%s is called %s now; 'git remote set-url' tells git".formatted(given, now));
    }
    names.put(given, now);
    return now;
  }

  /**
   * Returns the items of a list from all its pages.
   *
   * @param within the member of each page that contains the items; empty when the page is the list
   * @param most the most items to return
   */
  List<JsonNode> all(String path, String within, int most) throws InterruptedException {
    return pages(first(path), within, most, this::get, false);
  }

  /** Does what {@link #all} does, but waits for a list that exists, which GitHub may show late. */
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

  /** Returns all items of a list; none when the token may not read it. */
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
    for (int number = 2; next.isPresent() && all.size() < most; number++) {
      Answer page = read.of(next.get());
      if (lenient && !page.ok()) {
        break;
      }
      JsonNode body = page.must();
      JsonNode items = within.isEmpty() ? body : body.path(within);
      items.forEach(all::add);
      next = page.next();
      // that a full page did not change does not say that none came behind it meanwhile
      if (next.isEmpty() && items.size() >= PAGE) {
        next = Optional.of(first + "&page=" + number);
      }
    }
    return all.size() <= most ? all : all.subList(0, most);
  }

  /**
   * Sends a request, and repeats it when the connection or the server fails.
   *
   * @param body the body; null for none
   * @param found looks for the result before the request is repeated; if the request may have
   *     succeeded, as long as GitHub may show the result late
   * @throws ForgeFailure.SecretInText when the body contains a secret
   * @throws ForgeFailure.ForgeUnreachable when all tries fail
   */
  Answer send(String method, String path, @Nullable Map<String, ?> body, Found found)
      throws InterruptedException {
    if (body != null) {
      refuseSecrets(body);
    }
    return send(new Exchange.Request(method, path, body, Exchange.DATA), found);
  }

  private Answer send(Exchange.Request sent, Found found) throws InterruptedException {
    String request = sent.shown();
    Duration pause = limits.pause();
    String reason = "";
    boolean maybe = false;
    for (int attempt = 1; attempt <= limits.tries(); attempt++) {
      if (attempt > 1) {
        waitAgain(reason, pause);
        pause = pause.multipliedBy(2);
        Optional<JsonNode> done =
            maybe && !found.equals(REPEATABLE) ? late(found::look) : found.look();
        if (done.isPresent()) {
          return Answer.found(site, request, done.get());
        }
      }
      try {
        Answer answer = exchange.answer(sent);
        if (answer.status() < 500) {
          return answer;
        }
        reason = request + " was answered with " + answer.status();
        maybe = true;
      } catch (SSLHandshakeException e) {
        throw new ForgeFailure.ForgeDenied(site.web(), Trusted.hint(site, e));
      } catch (IOException e) {
        maybe |= !(e instanceof ConnectException) && !(e instanceof HttpConnectTimeoutException);
        String name = e.getClass().getSimpleName();
        reason = request + ": " + Objects.requireNonNullElse(e.getMessage(), name);
      }
    }
    throw new ForgeFailure.ForgeUnreachable(
        site.web(),
        "%s, %d times; 'conductor resume' tries again".formatted(reason, limits.tries()));
  }

  private void waitAgain(String reason, Duration pause) throws InterruptedException {
    say("%s: %s; trying again in %.1f s".formatted(site.host(), reason, pause.toMillis() / 1000.0));
    Thread.sleep(pause);
  }

  private void refuseSecrets(Map<String, ?> body) throws InterruptedException {
    Redactor known = to.secrets().with("the token for " + site.host(), to.tokens().token());
    for (Map.Entry<String, ?> entry : body.entrySet()) {
      List<String> found = known.found(String.valueOf(entry.getValue()));
      if (!found.isEmpty()) {
        throw new ForgeFailure.SecretInText(found, "the " + entry.getKey());
      }
    }
  }

  /** Returns a text that GitHub redirects to, see {@link Exchange#text}. */
  String text(String path) throws InterruptedException {
    return exchange.text(path);
  }
}
