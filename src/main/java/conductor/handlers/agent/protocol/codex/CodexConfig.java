package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes the settings of codex's configuration that a thread is opened with. */
final class CodexConfig {

  private CodexConfig() {}

  static ObjectNode of(Opening opening) {
    ObjectNode config = Lines.object();
    if (!opening.directory().equals(opening.worktree())) {
      config.putArray("sandbox_workspace_write.writable_roots").add(opening.worktree().toString());
    }
    opening
        .equipment()
        .servers()
        .forEach(server -> write(config.putObject("mcp_servers." + server.name()), server));
    return config;
  }

  private static void write(ObjectNode one, McpServer server) {
    if (server.url() == null) {
      one.put("command", server.command().getFirst());
      ArrayNode arguments = one.putArray("args");
      server.command().stream().skip(1).forEach(arguments::add);
      ObjectNode env = one.putObject("env");
      new TreeMap<>(server.env()).forEach(env::put);
    } else {
      one.put("url", server.url());
      ObjectNode headers = one.putObject("http_headers");
      ObjectNode held = Lines.object();
      new TreeMap<>(server.headers())
          .forEach((name, value) -> {
            String variable = server.held().get(name);
            (variable == null ? headers : held).put(name, variable == null ? value : variable);
          });
      if (!held.isEmpty()) {
        one.set("env_http_headers", held);
      }
    }
  }
}
