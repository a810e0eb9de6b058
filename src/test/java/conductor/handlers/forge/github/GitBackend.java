package conductor.handlers.forge.github;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Bare repositories over HTTP, by git's own {@code http-backend}. */
final class GitBackend {

  private final Path root;

  /**
   * @param root holds {@code owner/name.git}
   */
  GitBackend(Path root) {
    this.root = root;
  }

  /** An answer, complete. */
  record Reply(int status, Map<String, String> headers, byte[] body) {}

  Reply serve(HttpExchange exchange, String path, String user)
      throws IOException, InterruptedException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    var builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", root.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", path);
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("REMOTE_USER", user);
    environment.put("REMOTE_ADDR", "127.0.0.1");
    environment.put("CONTENT_LENGTH", String.valueOf(request.length));
    String query = exchange.getRequestURI().getRawQuery();
    environment.put("QUERY_STRING", query == null ? "" : query);
    header(exchange, "Content-Type", environment, "CONTENT_TYPE");
    header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
    header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofVirtual().start(() -> feed(process, request));
    byte[] all = process.getInputStream().readAllBytes();
    process.waitFor();
    return parsed(all);
  }

  private static void header(
      HttpExchange exchange, String name, Map<String, String> environment, String variable) {
    String value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  private static void feed(Process process, byte[] request) {
    try (OutputStream in = process.getOutputStream()) {
      new ByteArrayInputStream(request).transferTo(in);
    } catch (IOException e) {
      return; // it ended without reading all of it
    }
  }

  private static Reply parsed(byte[] all) {
    var headers = new TreeMap<String, String>();
    int status = 200;
    int at = 0;
    while (at < all.length) {
      int end = at;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      String line = new String(all, at, end - at, StandardCharsets.ISO_8859_1).strip();
      at = end + 1;
      if (line.isEmpty()) {
        break;
      }
      String[] parts = line.split(":\\s*", 2);
      if (parts[0].equals("Status")) {
        status = Integer.parseInt(parts[1].substring(0, 3));
      } else {
        headers.put(parts[0], parts[1]);
      }
    }
    byte[] body = java.util.Arrays.copyOfRange(all, Math.min(at, all.length), all.length);
    return new Reply(status, headers, body);
  }
}
