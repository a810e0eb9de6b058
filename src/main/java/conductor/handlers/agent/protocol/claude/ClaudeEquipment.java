package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Lines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives Claude Code its equipment: servers by a file, so that their variables are on no command
 * line, in which Claude Code replaces references to variables itself, and each directory of skills
 * as a plugin, which may lie anywhere.
 */
final class ClaudeEquipment {

  private static final String SERVERS = "mcp.json";

  private ClaudeEquipment() {}

  /** Returns bounds with the equipment added. */
  static Bounds of(Path own, Equipment equipment, Bounds bounds) {
    var words = new ArrayList<>(bounds.words());
    var files = new HashMap<>(bounds.files());
    var links = new HashMap<>(bounds.links());
    if (equipment.system() != null) {
      words.add("--append-system-prompt=" + equipment.system());
    }
    if (!equipment.servers().isEmpty()) {
      words.add("--mcp-config=" + own.resolve(SERVERS));
      files.put(SERVERS, servers(equipment).toString());
    }
    new TreeMap<>(equipment.skills())
        .forEach((name, directory) -> {
          String plugin = "skills-" + name;
          words.add("--plugin-dir=" + own.resolve(plugin));
          files.put(
              plugin + "/.claude-plugin/plugin.json", Lines.object().put("name", name).toString());
          links.put(plugin + "/skills", directory);
        });
    var variables = new HashMap<>(bounds.variables());
    variables.putAll(equipment.variables());
    return new Bounds(words, files, links, variables);
  }

  private static ObjectNode servers(Equipment equipment) {
    ObjectNode all = Lines.object();
    ObjectNode servers = all.putObject("mcpServers");
    for (McpServer server : equipment.servers()) {
      ObjectNode one = servers.putObject(server.name());
      if (server.url() == null) {
        one.put("type", "stdio").put("command", server.command().getFirst());
        ArrayNode arguments = one.putArray("args");
        server.command().stream().skip(1).forEach(arguments::add);
        write(one.putObject("env"), server);
      } else {
        one.put("type", "http").put("url", server.url());
        write(one.putObject("headers"), server);
      }
    }
    return all;
  }

  private static void write(ObjectNode values, McpServer server) {
    new TreeMap<>(server.values())
        .forEach((name, value) -> {
          String variable = server.held().get(name);
          values.put(name, variable == null ? value : "${" + variable + "}");
        });
  }
}
