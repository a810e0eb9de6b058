package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GitHub Enterprise Server of one process: the used part of the REST API and git itself over real
 * HTTP, with real bare repositories, and with faults. Safe for use by several threads; requests
 * that change something are served one at a time.
 */
public final class FakeGitHub implements AutoCloseable {

  /** The token that it lets in; another JVM's is another, so that each may be looked for. */
  public static final String TOKEN =
      "ghp_" + UUID.randomUUID().toString().replace("-", "") + "0123";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern REPOSITORY = Pattern.compile("/api/v3/repos/([^/]+)/([^/]+)(/.*)?");
  private static final Pattern GIT =
      Pattern.compile("/([^/]+)/([^/]+?)(?:\\.git)?/+((?:info/refs|git-).*)");
  private static final String GRAPHQL = "/api/graphql";
  private static final Pattern LOG = Pattern.compile("/logs/([^/]+)/(\\d+)");

  private final Path directory;
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, String> moved = new ConcurrentHashMap<>();
  private volatile String token = TOKEN;
  private final Plans plans = new Plans();
  private final Budget budget = new Budget();
  private final List<String> undescribed = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch resumed = new CountDownLatch(1);
  private final Semaphore served = new Semaphore(0);
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param directory holds the bare repositories, {@code owner/name.git}
   */
  public FakeGitHub(Path directory) throws IOException {
    this(directory, HttpServer.create(address(), 0), "http");
  }

  /** One that speaks TLS with a certificate. */
  public FakeGitHub(Path directory, SSLContext certificate) throws IOException {
    this(directory, secure(certificate), "https");
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpServer secure(SSLContext certificate) throws IOException {
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate));
    return server;
  }

  private FakeGitHub(Path directory, HttpServer server, String scheme) {
    this.directory = directory;
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address, without a slash at the end. */
  public String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where the bare repository of one lies; it need not be there yet. */
  public Path bare(String owner, String name) {
    return directory.resolve(owner).resolve(name + ".git");
  }

  /**
   * Has the repository {@code owner/name} answer to an old name too, as one that was moved does.
   */
  public void moved(String oldOwner, String oldName, String owner, String name) {
    moved.put(oldOwner + "/" + oldName, owner + "/" + name);
  }

  /** From now on another token is let in. */
  public void expire(String next) {
    token = next;
  }

  /** Knows a repository. */
  public FakeRepository repository(String owner, String name) {
    return repositories.computeIfAbsent(
        owner + "/" + name, _ -> new FakeRepository(owner, name, bare(owner, name)));
  }

  /**
   * The next request that matches goes wrong.
   *
   * @param request a regular expression over method, blank and path, such as {@code POST .*\/pulls}
   */
  public void plan(String request, Fault... faults) {
    for (Fault fault : faults) {
      plans.add((_, asked) -> asked.matches(request), fault);
    }
  }

  /** A request goes wrong by its number, which counts from 1. */
  public void planAt(int number, Fault fault) {
    plans.add((now, _) -> now == number, fault);
  }

  /** Whether faults are planned that did not come yet. */
  public boolean plans() {
    return !plans.isEmpty();
  }

  /** A fault that says that the limit is spent until a time. */
  public static Fault rateLimit(Instant until) {
    return new Fault.Answered(
        403,
        Map.of(
            "X-RateLimit-Remaining",
            "0",
            "X-RateLimit-Reset",
            String.valueOf(until.getEpochSecond())),
        "{\"message\": \"API rate limit exceeded\"}");
  }

  /** How many requests counted for the rate limit so far. */
  public int spent() {
    return budget.spent();
  }

  /** Lets what is paused go on. */
  public void resume() {
    resumed.countDown();
  }

  /** Waits until something stands; looks after each request, and now and then. */
  public void await(BooleanSupplier stands) throws InterruptedException {
    while (!stands.getAsBoolean()) {
      if (served.tryAcquire(200, TimeUnit.MILLISECONDS)) {
        served.drainPermits();
      }
    }
  }

  /** All requests so far that match, each as method, blank and path. */
  public List<String> requests(String pattern) {
    return plans.requests().stream().filter(request -> request.matches(pattern)).toList();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    Fault fault = plans.next(request).orElseGet(() -> new Fault.Slow(Duration.ZERO));
    try (exchange) {
      compare(exchange, path);
      happen(exchange, path, fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      served.release();
    }
  }

  private void happen(HttpExchange exchange, String path, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Answered answered ->
          send(exchange, answered.status(), answered.headers(), answered.body());
      case Fault.Dropped _ -> {}
      case Fault.Lost _ -> answer(exchange, path);
      case Fault.Failed failed -> {
        answer(exchange, path);
        send(exchange, failed.status(), Map.of(), "");
      }
      case Fault.Slow slow -> {
        Thread.sleep(slow.by());
        reply(exchange, answer(exchange, path));
      }
      case Fault.Held held -> {
        answer(exchange, path);
        held.happened().countDown();
        closed.await();
      }
      case Fault.Cut cut -> {
        if (cut.done()) {
          answer(exchange, path);
        }
        cut.reached().countDown();
        cut.over().await();
      }
      case Fault.Late late -> {
        repositories.values().forEach(repository -> repository.lag(late.reads()));
        happen(exchange, path, late.then());
      }
      case Fault.Paused paused -> {
        paused.begun().countDown();
        resumed.await();
        reply(exchange, answer(exchange, path));
      }
    }
  }

  /** Holds a request against what GitHub says of its API; of GraphQL it says nothing there. */
  private void compare(HttpExchange exchange, String path) throws IOException {
    if (!GIT.matcher(path).matches() && !LOG.matcher(path).matches() && !path.equals(GRAPHQL)) {
      byte[] sent = exchange.getRequestBody().readAllBytes();
      exchange.setStreams(new ByteArrayInputStream(sent), null);
      undescribed.addAll(
          PublishedApi.READ.wrong(exchange.getRequestMethod(), exchange.getRequestURI(), sent));
    }
  }

  private GitBackend.Reply answer(HttpExchange exchange, String path)
      throws IOException, InterruptedException {
    Matcher git = GIT.matcher(path);
    if (git.matches() && moved.containsKey(git.group(1) + "/" + git.group(2))) {
      String query = exchange.getRequestURI().getRawQuery();
      String place = moved.get(git.group(1) + "/" + git.group(2)) + ".git/" + git.group(3);
      return new GitBackend.Reply(
          301,
          Map.of("Location", url() + "/" + place + (query == null ? "" : "?" + query)),
          new byte[0]);
    }
    if (git.matches()) {
      return git(exchange, git);
    }
    Matcher log = LOG.matcher(path);
    if (log.matches()) {
      boolean shown = exchange.getRequestHeaders().containsKey("Authorization");
      return text(shown ? 400 : 200, shown ? "the token was shown" : log(log.group(2)));
    }
    lock.lockInterruptibly();
    try {
      repositories.values().forEach(repository -> repository.people.run());
      repositories.values().forEach(FakeRepository::mergeByItself);
      return budget.counted(exchange, Wire.bytes(rest(exchange, path)));
    } finally {
      lock.unlock();
    }
  }

  private String log(String id) {
    return repositories.values().stream()
        .flatMap(one -> new Rest(one, url(), "").logOf(id).stream())
        .findFirst()
        .orElse("");
  }

  private static GitBackend.Reply text(int status, String text) {
    return new GitBackend.Reply(status, Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }

  private GitBackend.Reply git(HttpExchange exchange, Matcher path)
      throws IOException, InterruptedException {
    String basic = exchange.getRequestHeaders().getFirst("Authorization");
    String login =
        basic != null && basic.startsWith("Basic ")
            ? new String(Base64.getDecoder().decode(basic.substring(6)), StandardCharsets.UTF_8)
            : "";
    if (!login.endsWith(":" + token)) {
      return new GitBackend.Reply(
          401, Map.of("WWW-Authenticate", "Basic realm=\"GitHub\""), new byte[0]);
    }
    boolean writes =
        path.group(3).contains("receive-pack")
            || String.valueOf(exchange.getRequestURI().getQuery()).contains("receive-pack");
    if (writes && !repository(path.group(1), path.group(2)).push) {
      return text(403, "remote: Permission to %s.git denied".formatted(path.group(2)));
    }
    String within = "/%s/%s.git/%s".formatted(path.group(1), path.group(2), path.group(3));
    return new GitBackend(directory).serve(exchange, within, "conductor-bot");
  }

  private Rest.Reply rest(HttpExchange exchange, String path) throws IOException {
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (!authorization.endsWith(" " + token)) {
      return new Rest.Reply(401, Map.of("message", "Bad credentials"));
    }
    if (path.equals("/api/v3/user")) {
      return new Rest.Reply(
          200, Map.of("login", "conductor-bot", "id", 1), Map.of("X-OAuth-Scopes", "repo"));
    }
    if (path.equals(GRAPHQL)) {
      return new GraphQlApi(repositories.values(), url()).answer(JSON.readTree(sent));
    }
    Matcher known = REPOSITORY.matcher(path);
    String place = known.matches() ? moved.get(known.group(1) + "/" + known.group(2)) : null;
    if (place != null) {
      String query = exchange.getRequestURI().getRawQuery();
      String there =
          "/api/v3/repos/"
              + place
              + (known.group(3) == null ? "" : known.group(3))
              + (query == null ? "" : "?" + query);
      return new Rest.Reply(
          exchange.getRequestMethod().equals("GET") ? 301 : 307,
          Map.of("message", "Moved Permanently", "url", url() + there),
          Map.of("Location", url() + there));
    }
    FakeRepository repository =
        known.matches() ? repositories.get(known.group(1) + "/" + known.group(2)) : null;
    if (repository == null) {
      return new Rest.Reply(
          404, Map.of("message", "Not Found"), Map.of("X-OAuth-Scopes", "read:user"));
    }
    String below = known.group(3) == null ? "" : known.group(3);
    JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
    String form = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    if (form.equals("application/vnd.github.diff")) {
      return repository.patch(below).map(text -> new Rest.Reply(200, text)).orElse(Rest.NOT_FOUND);
    }
    return new Rest(repository, url(), "conductor-bot")
        .answer(new Rest.Request(exchange.getRequestMethod(), below, Wire.query(exchange), body));
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    reply(exchange, new GitBackend.Reply(status, headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static void reply(HttpExchange exchange, GitBackend.Reply reply) throws IOException {
    exchange.getRequestBody().readAllBytes();
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(
        reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    if (reply.body().length > 0) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  /**
   * Ends all answers that are still held.
   *
   * @throws AssertionError when a request was not as GitHub describes its API
   */
  @Override
  public void close() {
    closed.countDown();
    resumed.countDown();
    server.stop(0);
    threads.shutdownNow();
    assertThat(undescribed).as("requests that GitHub does not describe").isEmpty();
  }
}
