package conductor.handlers.agent;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.VariableReferences;
import conductor.effect.vocabulary.Nearest;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The MCP servers and directories of skills that the configuration has, by name. Agents, profiles,
 * roles and scripts only name them, so that what runs is always what was trusted.
 */
public record ConfiguredEquipment(
    SortedMap<String, McpServer> servers, SortedMap<String, Path> skills) {

  /** How the variables of an agent's process begin that hold what servers are given. */
  private static final String VARIABLE = "CONDUCTOR_MCP_";

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
        configuration.texts(key + "headers"),
        Map.of());
  }

  /**
   * Returns the names of the variables that servers' headers and variables refer to, and whose
   * values are no one else's: what every agent gets of the host is no secret.
   */
  public static Set<String> secrets(Configuration configuration) {
    return configuration.names("mcp").stream()
        .flatMap(name ->
            Stream.of("env", "headers")
                .flatMap(part -> configuration.texts("mcp." + name + "." + part).values().stream()))
        .flatMap(text -> VariableReferences.names(text).stream())
        .filter(name -> !AgentEnvironment.isCommon(name))
        .collect(Collectors.toSet());
  }

  /**
   * Returns what is wrong with the references of a server: the first variable that is not set;
   * empty when all are.
   */
  static Optional<String> unset(McpServer server, Map<String, String> environment) {
    for (Map.Entry<String, String> value : new TreeMap<>(server.values()).entrySet()) {
      for (String name : VariableReferences.names(value.getValue())) {
        if (!environment.containsKey(name)) {
          return Optional.of(
              "mcp.%s.%s.%s names the variable %s, which is not set here; set it, or correct that"
                  .formatted(
                      server.name(),
                      server.url() == null ? "env" : "headers",
                      value.getKey(),
                      name));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns equipment with the values of the variables that servers refer to, each beside a
   * variable for the agent's process that has it too. A server that refers to a variable that is
   * not set stays as it is.
   */
  static Equipment filled(Equipment given, Map<String, String> environment) {
    var servers = new ArrayList<McpServer>();
    int variables = 0;
    for (McpServer server : given.servers()) {
      if (unset(server, environment).isPresent()) {
        servers.add(server);
        continue;
      }
      var values = new TreeMap<>(server.values());
      var held = new TreeMap<String, String>();
      for (Map.Entry<String, String> value : values.entrySet()) {
        if (!VariableReferences.names(value.getValue()).isEmpty()) {
          held.put(value.getKey(), VARIABLE + ++variables);
          value.setValue(VariableReferences.filled(value.getValue(), environment));
        }
      }
      boolean program = server.url() == null;
      servers.add(
          new McpServer(
              server.name(),
              server.command(),
              program ? values : server.env(),
              server.url(),
              program ? server.headers() : values,
              held));
    }
    return new Equipment(given.system(), servers, given.skills());
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
