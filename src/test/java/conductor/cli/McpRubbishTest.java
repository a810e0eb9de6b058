package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client sends, {@code conductor mcp} answers, and prints nothing but the protocol. */
class McpRubbishTest {

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":"first","method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  private static final String INITIALIZED =
      """
      {"jsonrpc":"2.0","method":"notifications/initialized"}\
      """;

  @TempDir private Path temp;
  private Process server;
  private OutputStream in;
  private BufferedReader out;

  @BeforeEach
  void server() throws Exception {
    Project project = Project.withOrigin(temp);
    server =
        project
            .builder(new ArrayList<>(), "mcp")
            .redirectError(temp.resolve("err").toFile())
            .start();
    in = server.getOutputStream();
    out = server.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void ended() {
    server.destroyForcibly();
  }

  private void send(String... lines) throws IOException {
    for (String line : lines) {
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    in.flush();
  }

  private JsonNode answer() throws IOException {
    return JsonMapper.shared().readTree(out.readLine());
  }

  private void begin() throws IOException {
    send(INITIALIZE);
    assertThat(answer().path("result").path("serverInfo").path("name").asString())
        .isEqualTo("conductor");
    send(INITIALIZED);
  }

  private static String call(int id) {
    return """
    {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"list_runs","arguments":{}}}\
    """
        .formatted(id);
  }

  @Test
  void whatIsNoMessageIsAnsweredAndTheSessionGoesOn() throws Exception {
    begin();
    for (String rubbish :
        new String[] {
          "hello",
          "{",
          "[]",
          "null",
          "42",
          "{}",
          "{\"jsonrpc\":\"2.0\"}",
          "[".repeat(100_000),
          "\u0000\u0001\u001b[2J",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}"
        }) {
      send(rubbish);
      JsonNode refused = answer();
      assertThat(refused.path("error").path("message").asString()).as(rubbish).isNotEmpty();
    }
    in.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n', '\n', ' ', '\r', '\n'});
    send();
    assertThat(answer().path("error").path("code").asInt()).isEqualTo(-32700);
    for (String wrong :
        new String[] {
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/nothing\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":[1]}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}}"
        }) {
      send(wrong);
      JsonNode refused = answer();
      assertThat(refused.path("id").asInt()).as(wrong).isEqualTo(2);
      assertThat(refused.has("error")).as("%s", refused).isTrue();
    }
    send("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}", call(3));
    assertThat(answer().path("result").path("content").get(0).path("text").asString())
        .isEqualTo("[]");
  }

  @Test
  void aRequestBeforeTheHandshakeIsRefused() throws Exception {
    for (int n = 0; n < 40; n++) {
      send(call(n));
      assertThat(answer().path("error").path("message").asString()).contains("initialize");
    }
    send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    assertThat(answer().has("result")).isTrue();
    begin();
    send(call(7));
    assertThat(answer().path("id").asInt()).isEqualTo(7);
  }

  @Test
  void aLineWithoutAnEndIsNotKept() throws Exception {
    begin();
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    for (int n = 0; n < 64; n++) {
      in.write(block);
    }
    send("", call(1));
    assertThat(answer().path("error").path("message").asString()).contains("longer than");
    assertThat(answer().path("id").asInt()).isEqualTo(1);
  }

  @Test
  void everyRequestOfAFloodIsAnswered() throws Exception {
    begin();
    int all = 300;
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> {
          try {
            for (int n = 0; n < all; n++) {
              send(call(n), "rubbish");
            }
            in.close();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    var answered = new TreeSet<Integer>();
    int refused = 0;
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      JsonNode answer = JsonMapper.shared().readTree(line);
      if (answer.path("id").isNull()) {
        refused++;
      } else {
        assertThat(answered.add(answer.path("id").asInt())).isTrue();
      }
    }
    sent.join();
    assertThat(answered).hasSize(all);
    assertThat(refused).isEqualTo(all);
    assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(server.exitValue()).isZero();
  }

  @Test
  void endsWithItsInputAndWhenNobodyReads() throws Exception {
    begin();
    out.close();
    for (int n = 0; n < 50 && server.isAlive(); n++) {
      try {
        send("rubbish");
      } catch (IOException e) {
        break; // it has ended
      }
    }
    assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
