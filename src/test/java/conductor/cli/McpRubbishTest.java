package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
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

  @TempDir private Path temp;
  private McpLines client;

  @BeforeEach
  void server() throws Exception {
    Project project = Project.withOrigin(temp);
    client = new McpLines(project);
  }

  @AfterEach
  void ended() {
    client.close();
  }

  private static String call(int id) {
    return McpLines.call(id, "list_runs", Map.of());
  }

  @Test
  void whatIsNoMessageIsAnsweredAndTheSessionGoesOn() throws Exception {
    client.begin();
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
      client.send(rubbish);
      JsonNode refused = client.answer();
      assertThat(refused.path("error").path("message").asString()).as(rubbish).isNotEmpty();
    }
    client.in.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n', '\n', ' ', '\r', '\n'});
    client.send();
    assertThat(client.answer().path("error").path("code").asInt()).isEqualTo(-32700);
    for (String wrong :
        new String[] {
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/nothing\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\"}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":[1]}",
          "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}}"
        }) {
      client.send(wrong);
      JsonNode refused = client.answer();
      assertThat(refused.path("id").asInt()).as(wrong).isEqualTo(2);
      assertThat(refused.has("error")).as("%s", refused).isTrue();
    }
    client.send("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}", call(3));
    assertThat(client.answer().path("result").path("content").get(0).path("text").asString())
        .isEqualTo("[]");
  }

  @Test
  void aRequestBeforeTheHandshakeIsRefused() throws Exception {
    for (int n = 0; n < 40; n++) {
      client.send(call(n));
      assertThat(client.answer().path("error").path("message").asString()).contains("initialize");
    }
    client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    assertThat(client.answer().has("result")).isTrue();
    client.begin();
    client.send(call(7));
    assertThat(client.answer().path("id").asInt()).isEqualTo(7);
  }

  @Test
  void aLineWithoutAnEndIsNotKept() throws Exception {
    client.begin();
    byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    for (int n = 0; n < 64; n++) {
      client.in.write(block);
    }
    client.send("", call(1));
    assertThat(client.answer().path("error").path("message").asString()).contains("longer than");
    assertThat(client.answer().path("id").asInt()).isEqualTo(1);
  }

  @Test
  void everyRequestOfAFloodIsAnswered() throws Exception {
    client.begin();
    int all = 300;
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> {
          try {
            for (int n = 0; n < all; n++) {
              client.send(call(n), "rubbish");
            }
            client.in.close();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    var answered = new TreeSet<Integer>();
    int refused = 0;
    for (String line = client.out.readLine(); line != null; line = client.out.readLine()) {
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
    assertThat(client.server.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(client.server.exitValue()).isZero();
  }

  @Test
  void endsWithItsInputAndWhenNobodyReads() throws Exception {
    client.begin();
    client.out.close();
    for (int n = 0; n < 50 && client.server.isAlive(); n++) {
      try {
        client.send("rubbish");
      } catch (IOException e) {
        break; // it has ended
      }
    }
    assertThat(client.server.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
