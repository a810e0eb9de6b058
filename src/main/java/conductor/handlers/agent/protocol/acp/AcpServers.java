package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Lines;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Composes the MCP servers of a session as the Agent Client Protocol has them. */
final class AcpServers {

  private AcpServers() {}

  static ArrayNode of(List<McpServer> servers) {
    ArrayNode all = Lines.object().putArray("servers");
    for (McpServer server : servers) {
      ObjectNode one = all.addObject().put("name", server.name());
      if (server.url() == null) {
        one.put("command", server.command().getFirst());
        ArrayNode arguments = one.putArray("args");
        server.command().stream().skip(1).forEach(arguments::add);
        pairs(one.putArray("env"), server.env());
      } else {
        one.put("type", "http").put("url", server.url());
        pairs(one.putArray("headers"), server.headers());
      }
    }
    return all;
  }

  private static void pairs(ArrayNode list, Map<String, String> values) {
    new TreeMap<>(values)
        .forEach((name, value) -> list.addObject().put("name", name).put("value", value));
  }
}
