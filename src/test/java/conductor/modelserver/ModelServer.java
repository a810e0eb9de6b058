package conductor.modelserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.databind.node.ValueNode;

/**
 * A model on loopback that does what it is told: the prompt is the script.
 *
 * <p>Real agents ask it in their own protocols ({@link Protocol}). Each model turn performs the
 * next directive of the last prompt that has any: {@code [[write:path|content]]}, {@code
 * [[bash:command]]}, {@code [[tool:name|JSON]]}, {@code [[say:text]]}, {@code [[structured:JSON]]},
 * {@code [[hang]]}; before them, in the same turn, {@code [[sleep:seconds]]}, {@code [[gate:name]]}
 * and {@code [[http:429 times=2 retry-after=3]]} (see {@link Directive}). When all is done it says
 * so, and the agent's turn ends. Which directive is next is read from the conversation alone, so an
 * agent that is killed and resumed goes on where it was.
 *
 * <p>Every request is in the {@linkplain #turns() log}, and those that reached the agent whole are
 * {@linkplain #answered() answered}; the same tokens are reported for each. Safe for use by
 * threads.
 */
public final class ModelServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Duration LONG = Duration.ofMinutes(1);

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TurnLog log = new TurnLog();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final Map<String, Integer> errors = new ConcurrentHashMap<>();

  /** Starts the server on a free port. */
  public ModelServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}, to which agents add the protocol's path. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Every request for a model turn, also those that were answered with an error or not at all. */
  public List<ModelTurn> turns() {
    return log.asked();
  }

  /** All that agents sent, whole: of each request its path, headers and body. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** The turns that are not for an agent's own ends. */
  public List<ModelTurn> realTurns() {
    return log.asked().stream().filter(turn -> !turn.auxiliary()).toList();
  }

  /** The turns of which the whole answer was sent, with its tokens. */
  public List<ModelTurn> answered() {
    return log.answered();
  }

  /** The sum of what was reported, without what agents asked for their own ends. */
  public Tokens tokens() {
    return log.answered().stream()
        .filter(turn -> !turn.auxiliary())
        .map(turn -> Tokens.ofOneTurn(turn.protocol()))
        .reduce(Tokens.NONE, Tokens::plus);
  }

  /** Waits up to a minute for a request, also an earlier one. */
  public ModelTurn awaitTurn(Predicate<ModelTurn> wanted) throws InterruptedException {
    return log.awaitAsked(wanted, LONG);
  }

  /** Waits up to a minute for the request of a step (from 0) of the prompt with such a text. */
  public ModelTurn awaitTurn(String partOfPrompt, int step) throws InterruptedException {
    return awaitTurn(
        turn -> !turn.auxiliary() && turn.prompt().contains(partOfPrompt) && turn.step() == step);
  }

  /** Waits up to a minute for a turn that was answered whole. */
  public ModelTurn awaitAnswered(Predicate<ModelTurn> wanted) throws InterruptedException {
    return log.awaitAnswered(wanted, LONG);
  }

  /** Lets through what waits at {@code [[gate:name]]}, and what comes there later. */
  public void open(String gate) {
    gate(gate).countDown();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    threads.close();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      serve(exchange.getRequestURI().toString(), exchange, new Wire(exchange));
    } catch (IOException _) {
      // The agent is gone, or was killed: its turn stays unanswered in the log.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(String path, HttpExchange exchange, Wire wire)
      throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    received.add(
        "%s\n%s\n%s"
            .formatted(
                path,
                exchange.getRequestHeaders().entrySet(),
                new String(body, StandardCharsets.UTF_8)));
    if (path.contains("count_tokens") || path.contains(":countTokens")) {
      wire.json(200, JSON.createObjectNode().put("input_tokens", 10).put("totalTokens", 10));
    } else if (exchange.getRequestMethod().equals("POST")) {
      try {
        answer(dialect(path), path, JSON.readTree(body), wire);
      } catch (IllegalArgumentException e) {
        wire.json(400, JSON.createObjectNode().put("error", e.toString()));
      }
    } else {
      wire.json(404, JSON.createObjectNode().put("error", "no " + path));
    }
  }

  private void answer(Dialect dialect, String path, JsonNode request, Wire wire)
      throws IOException, InterruptedException {
    Asked asked = dialect.read(path, request);
    ModelTurn turn = log.ask(asked);
    Script.Step step = asked.step();
    for (Directive.Before before : step.before()) {
      switch (before) {
        case Directive.Sleep sleep -> Thread.sleep(sleep.time());
        case Directive.Gate gate -> gate(gate.name()).await();
        case Directive.Http error -> {
          if (isDue(error, asked)) {
            fail(error, dialect, wire);
            return;
          }
        }
      }
    }
    if (step.act() instanceof Directive.Hang) {
      new CountDownLatch(1).await();
    }
    dialect.write(asked, Tools.answer(step.act(), asked), wire);
    log.answer(turn);
  }

  /** Whether the error was not said often enough for this step of this prompt. */
  private boolean isDue(Directive.Http error, Asked asked) {
    return errors.merge(asked.prompt() + "#" + asked.done() + error, 1, Integer::sum)
        <= error.times();
  }

  private CountDownLatch gate(String name) {
    return gates.computeIfAbsent(name, _ -> new CountDownLatch(1));
  }

  private static void fail(Directive.Http error, Dialect dialect, Wire wire) throws IOException {
    error.headers().forEach((name, value) -> wire.header(name, time(value).asString()));
    ObjectNode body = dialect.error(error.status());
    error
        .error()
        .forEach((name, value) -> ((ObjectNode) body.path("error")).set(name, time(value)));
    wire.json(error.status(), body);
  }

  private static ValueNode time(String value) {
    return value.startsWith("now+")
        ? LongNode.valueOf(Instant.now().getEpochSecond() + Long.parseLong(value.substring(4)))
        : StringNode.valueOf(value);
  }

  private static Dialect dialect(String path) {
    if (path.contains("/messages")) {
      return new MessagesDialect();
    }
    if (path.contains("/responses")) {
      return new ResponsesDialect();
    }
    return path.contains("/chat/completions") ? new ChatDialect() : new GeminiDialect();
  }
}
