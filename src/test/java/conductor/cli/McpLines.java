package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.state.StateJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code conductor mcp} that sends whatever lines it likes, in their order. */
final class McpLines implements AutoCloseable {

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}\
      """;

  final Process server;
  final OutputStream in;
  final BufferedReader out;

  McpLines(Project project) throws IOException {
    server =
        project
            .builder(new ArrayList<>(), "mcp")
            .redirectError(project.root.resolve("mcp-err").toFile())
            .start();
    in = server.getOutputStream();
    out = server.inputReader(StandardCharsets.UTF_8);
  }

  void send(String... lines) throws IOException {
    for (String line : lines) {
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    in.flush();
  }

  JsonNode answer() throws IOException {
    return JsonMapper.shared().readTree(out.readLine());
  }

  void begin() throws IOException {
    send(INITIALIZE);
    assertThat(answer().path("result").path("serverInfo").path("name").asString())
        .isEqualTo("conductor");
    send(INITIALIZED);
  }

  /** The line of a call of a tool. */
  static String call(int id, String tool, Map<String, ?> arguments) {
    return """
    {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s","arguments":%s}}\
    """
        .formatted(id, tool, StateJson.line(arguments));
  }

  @Override
  public void close() {
    server.destroyForcibly();
  }
}
