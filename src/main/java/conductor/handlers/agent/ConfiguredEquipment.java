package conductor.handlers.agent;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.effect.vocabulary.Nearest;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The MCP servers and directories of skills that the configuration has, by name. Agents, profiles,
 * roles and scripts only name them, so that what runs is always what was trusted.
 */
public record ConfiguredEquipment(
    SortedMap<String, McpServer> servers, SortedMap<String, Path> skills) {

  /**
   * Returns what a configuration has.
   *
   * @throws BadConfiguration when a name has other signs than letters, digits, {@code -} and {@code
   *     _}, or a server is not either a command or an address
   */
  static ConfiguredEquipment of(Configuration configuration) {
    var servers = new TreeMap<String, McpServer>();
    for (String name : configuration.names("mcp")) {
      servers.put(checked("mcp", name), server(configuration, name));
    }
    var skills = new TreeMap<String, Path>();
    for (String name : configuration.names("skills")) {
      Path directory = configuration.file("skills." + name).orElseThrow();
      skills.put(checked("skills", name), directory.toAbsolutePath().normalize());
    }
    return new ConfiguredEquipment(servers, skills);
  }

  private static String checked(String kind, String name) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new BadConfiguration(
          "%s.%s: a name has letters, digits, - and _ only".formatted(kind, name));
    }
    return name;
  }

  private static McpServer server(Configuration configuration, String name) {
    String key = "mcp." + name + ".";
    List<String> command = configuration.commandBeside(key + "command").orElse(List.of());
    String url = configuration.text(key + "url").orElse(null);
    if (command.isEmpty() == (url == null)) {
      throw new BadConfiguration(
          "mcp.%s has %s; give it 'command', a program that speaks on its standard input and output, or 'url'"
              .formatted(name, url == null ? "no command and no url" : "a command and a url"));
    }
    return new McpServer(
        name,
        command,
        configuration.variables(key + "env"),
        url,
        configuration.texts(key + "headers"));
  }

  /**
   * Returns the servers of names.
   *
   * @throws IllegalArgumentException for a name that there is none of; its message says which
   */
  List<McpServer> servers(List<String> names) {
    return List.copyOf(named("mcp", names, servers).values());
  }

  /**
   * Returns the directories of names.
   *
   * @throws IllegalArgumentException for a name that there is none of; its message says which
   */
  Map<String, Path> skills(List<String> names) {
    return named("skills", names, skills);
  }

  private static <T> Map<String, T> named(String kind, List<String> names, Map<String, T> all) {
    var found = new TreeMap<String, T>();
    for (String name : new LinkedHashSet<>(names)) {
      T one = all.get(name);
      if (one == null) {
        throw new IllegalArgumentException(
            "the configuration has no '%s.%s'%s; below '%s' there %s"
                .formatted(kind, name, Nearest.hint(name, all.keySet()), kind, told(all.keySet())));
      }
      found.put(name, one);
    }
    return found;
  }

  private static String told(Set<String> names) {
    return names.isEmpty() ? "is nothing" : "are " + String.join(", ", names);
  }
}
