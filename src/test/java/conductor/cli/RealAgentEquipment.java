package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where real agents work, and what they are given beside a prompt: servers of tools. */
abstract class RealAgentEquipment extends RealAgentMachine {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Tells what its tool was called with, and its variable. */
  private static final String SERVER =
      """
      import json, os, sys
      for line in sys.stdin:
          asked = json.loads(line)
          if 'id' not in asked:
              continue
          result = {}
          if asked['method'] == 'initialize':
              result = {'protocolVersion': asked['params']['protocolVersion'], 'capabilities': {'tools': {}},
                        'serverInfo': {'name': 'notes', 'version': '1'}}
          elif asked['method'] == 'tools/list':
              result = {'tools': [{'name': 'remember', 'description': 'Keeps a text.', 'inputSchema':
                        {'type': 'object', 'properties': {'text': {'type': 'string'}}, 'required': ['text']}}]}
          elif asked['method'] == 'tools/call':
              with open(os.environ['NOTES'], 'a') as notes:
                  notes.write(asked['params']['arguments']['text'] + ', ' + os.environ['LOGIN'])
              result = {'content': [{'type': 'text', 'text': 'kept'}]}
          print(json.dumps({'jsonrpc': '2.0', 'id': asked['id'], 'result': result}), flush=True)
          if asked['method'] == 'tools/list':
              open(os.environ['NOTES'], 'a').close()
      """;

  private static final String CALLS = "[[tool:remember|{\"text\": \"buy milk\"}]] [[say:did]]";

  /** Gives the agent a server, with all permissions. */
  private void serve(String server) throws Exception {
    project.environment.put("NOTES_TOKEN", "open-sesame-42");
    configure("mcp: [notes]\npermissions: {default: allow}");
    Files.writeString(
        project.root.resolve("home/.config/doeff-conductor/config.yaml"),
        "mcp: {notes: {%s}}\n".formatted(server),
        StandardOpenOption.APPEND);
  }

  @Test
  void worksInADirectoryOfItsWorktree() throws Exception {
    project.sh(
        project.repo,
        "mkdir -p services/api; echo x > services/api/main.txt; git add services; git commit -qm x;"
            + " git push -q origin HEAD:main");
    configure("permissions: {allow: ['execute(touch *)']}");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def said = yield RunAgent(env: env, dir: 'services/api', prompt: 'do [[bash:touch there.txt]] [[write:a.txt|x]] [[say:over]]', name: 'coder')
            return said + ' ' + (yield Exec(command: 'find . -name there.txt -o -name a.txt', env: env)).output.readLines().sort()
            """);

    assertThat(result.ok().out())
        .isEqualTo("over [./services/api/a.txt, ./services/api/there.txt]\n");
  }

  @Test
  void callsAToolOfAServer() throws Exception {
    Path notes = project.root.resolve("notes");
    serve(
        "command: [python3, '%s'], env: {NOTES: '%s', LOGIN: 'token $NOTES_TOKEN'}"
            .formatted(project.file("notes.py", SERVER), notes));

    // codex asks its model before its servers have told their tools
    String waits = "do [[bash:until [ -e %s ]; do sleep 0.1; done]] ".formatted(notes);

    assertThat(run(waits + CALLS).ok().out()).isEqualTo("did [README.md]\n");
    assertThat(notes).hasContent("buy milk, token open-sesame-42");
  }

  @Test
  void sendsTheHeadersOfAServer() throws Exception {
    List<String> called = new CopyOnWriteArrayList<>();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    http.createContext("/mcp", exchange -> answer(exchange, called));
    http.start();
    try {
      serve(
          "url: 'http://127.0.0.1:%d/mcp', headers: {Authorization: 'Bearer $NOTES_TOKEN'}"
              .formatted(http.getAddress().getPort()));

      assertThat(run("do " + CALLS).ok().out()).isEqualTo("did [README.md]\n");
    } finally {
      http.stop(0);
    }
    assertThat(called).containsExactly("buy milk, Bearer open-sesame-42");
  }

  /** A server that answers each request by itself and has nothing to tell. */
  private static void answer(HttpExchange exchange, List<String> called) throws IOException {
    try (exchange) {
      JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (!exchange.getRequestMethod().equals("POST") || !asked.has("id")) {
        exchange.sendResponseHeaders(asked.has("method") ? 202 : 405, -1);
        return;
      }
      ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
      answer.set("id", asked.path("id"));
      answer.set("result", result(asked, exchange, called));
      byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static ObjectNode result(JsonNode asked, HttpExchange exchange, List<String> called) {
    ObjectNode result = JSON.createObjectNode();
    switch (asked.path("method").asString()) {
      case "initialize" -> {
        result.put("protocolVersion", asked.at("/params/protocolVersion").asString());
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "notes").put("version", "1");
      }
      case "tools/list" -> {
        ObjectNode tool = result.putArray("tools").addObject().put("name", "remember");
        ObjectNode schema = tool.put("description", "Keeps a text.").putObject("inputSchema");
        schema
            .put("type", "object")
            .putObject("properties")
            .putObject("text")
            .put("type", "string");
      }
      case "tools/call" -> {
        called.add(
            asked.at("/params/arguments/text").asString()
                + ", "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        result.putArray("content").addObject().put("type", "text").put("text", "kept");
      }
      default -> {}
    }
    return result;
  }
}
