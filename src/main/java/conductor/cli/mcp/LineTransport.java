package conductor.cli.mcp;

import conductor.cli.ClosedPipe;
import conductor.cli.Console;
import conductor.state.StateJson;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Messages of the protocol as lines of JSON. The SDK's own transport ends at the first line that it
 * cannot read, and takes in whatever comes; this one answers what is wrong and goes on, reads no
 * line of more than 4 MiB, and no more than 16 requests ahead of their answers. Calls of tools that
 * may take minutes are counted by themselves and refused beyond 16, so that others, such as one
 * that stops a run, never wait for them.
 */
final class LineTransport implements McpServerTransportProvider, McpServerTransport {

  private static final int LONGEST = 4 << 20;
  private static final int AT_ONCE = 16;
  private static final int PATIENCE = 10; // seconds

  private static final int NO_JSON = -32700;
  private static final int NO_REQUEST = -32600;
  private static final int BUSY = -32000;

  private final InputStream in;
  private final Console console;
  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Semaphore freeToLast = new Semaphore(AT_ONCE);
  private final Set<String> lasting;
  private final Scheduler threads =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private @Nullable McpServerSession session;
  private boolean open;
  private volatile boolean unread;

  /**
   * @param lasting the names of the tools that may take minutes
   */
  LineTransport(InputStream in, Console console, Set<String> lasting) {
    this.in = new BufferedInputStream(in);
    this.console = console;
    this.lasting = lasting;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(this);
  }

  /** Reads messages until the end of the input, or until nobody reads what is answered. */
  void serve() throws InterruptedException {
    while (!unread) {
      Optional<byte[]> line;
      try {
        line = line();
      } catch (IOException e) {
        break; // as at the end of the input
      }
      if (line.isEmpty()) {
        break;
      }
      received(line.get());
    }
    // what is under way is answered
    free.tryAcquire(AT_ONCE, PATIENCE, TimeUnit.SECONDS);
    freeToLast.tryAcquire(AT_ONCE, PATIENCE, TimeUnit.SECONDS);
  }

  /**
   * Returns the next line without its end; the beginning of one that is too long, which is skipped;
   * empty at the end of the input.
   */
  private Optional<byte[]> line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
      }
      if (line.size() <= LONGEST) {
        line.write(next);
      }
    }
    return Optional.of(line.toByteArray());
  }

  private void received(byte[] line) throws InterruptedException {
    if (line.length > LONGEST) {
      refuse(null, NO_REQUEST, "the message is longer than " + LONGEST + " bytes");
      return;
    }
    String text = new String(line, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return;
    }
    JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(json, text);
    } catch (IOException | RuntimeException e) {
      refuse(null, NO_JSON, "not a message of JSON-RPC in one line: " + e.getMessage());
      return;
    }
    handle(message);
  }

  /** Hands a message to the session, which would keep waiting what comes before it is open. */
  private void handle(JSONRPCMessage message) throws InterruptedException {
    switch (message) {
      case JSONRPCRequest request when !open && request.method().equals("ping") ->
          answer(request.id(), "result", Map.of());
      case JSONRPCRequest request when !open && !request.method().equals("initialize") ->
          refuse(request.id(), NO_REQUEST, "the session begins with initialize, then initialized");
      case JSONRPCRequest request when lasts(request) ->
          begin(request, freeToLast, 0, "calls of " + String.join(" and ", lasting));
      case JSONRPCRequest request -> begin(request, free, PATIENCE, "requests");
      case JSONRPCNotification notification -> {
        open |= notification.method().equals("notifications/initialized");
        perform(notification).subscribe();
      }
      default -> {} // nothing was asked of the client
    }
  }

  private static boolean calls(JSONRPCRequest request) {
    return request.method().equals("tools/call");
  }

  private boolean lasts(JSONRPCRequest request) {
    return calls(request)
        && request.params() instanceof Map<?, ?> call
        && lasting.contains(String.valueOf(call.get("name")));
  }

  /** Performs a request once it may begin, which is waited for; calls on threads of their own. */
  private void begin(JSONRPCRequest request, Semaphore places, int patience, String what)
      throws InterruptedException {
    if (!places.tryAcquire(patience, TimeUnit.SECONDS)) {
      refuse(request.id(), BUSY, "%d %s are under way; wait for one".formatted(AT_ONCE, what));
      return;
    }
    Mono<Void> performed = perform(request).doFinally(_ -> places.release());
    (calls(request) ? performed.subscribeOn(threads) : performed).subscribe();
  }

  /** Never fails: what is wrong with a message is answered, and that of a notification left. */
  private Mono<Void> perform(JSONRPCMessage message) {
    McpServerSession there = session;
    return there == null ? Mono.empty() : there.handle(message).onErrorComplete();
  }

  private void refuse(@Nullable Object id, int code, String reason) {
    answer(id, "error", Map.of("code", code, "message", reason));
  }

  private void answer(@Nullable Object id, String kind, Map<String, ?> value) {
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put(kind, value);
    write(StateJson.line(answer));
  }

  private synchronized void write(String line) {
    try {
      console.exact(line);
    } catch (ClosedPipe e) {
      unread = true;
    }
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromCallable(
            () -> {
              write(json.writeValueAsString(message));
              return message;
            })
        .then();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return json.convertValue(data, type);
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    McpServerSession there = session;
    return there == null ? Mono.empty() : there.sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public List<String> protocolVersions() {
    return McpServerTransportProvider.super.protocolVersions();
  }

  @Override
  public void close() {
    // the process ends with its input
  }
}
