package conductor.handlers.agent.protocol;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is given beside its model and permissions. Immutable.
 *
 * @param system text that is added to the program's own system prompt; null for none
 * @param servers the MCP servers whose tools the agent gets, besides those of its user
 * @param skills the directories of skills, by names of letters, digits, {@code -} and {@code _};
 *     each skill is a directory in one of them with a file {@code SKILL.md}
 */
public record Equipment(
    @Nullable String system, List<McpServer> servers, Map<String, Path> skills) {

  public static final Equipment NONE = new Equipment(null, List.of(), Map.of());

  public Equipment {
    servers = List.copyOf(servers);
    skills = Map.copyOf(skills);
  }

  /** A kind of equipment; the reasoning effort counts as one. */
  public enum Kind {
    EFFORT,
    SYSTEM,
    MCP,
    SKILLS
  }

  /**
   * A server of the Model Context Protocol: a program, or an address.
   *
   * @param command the program and its arguments; empty for an address
   * @param env variables that are added for the program
   * @param url the address; null for a program
   * @param headers headers of requests to the address
   * @param held the names of variables of the agent's process by those in {@code env} or {@code
   *     headers} whose values they have, so that programs that can refer to them write none down
   */
  public record McpServer(
      String name,
      List<String> command,
      Map<String, String> env,
      @Nullable String url,
      Map<String, String> headers,
      Map<String, String> held) {

    public McpServer {
      command = List.copyOf(command);
      env = Map.copyOf(env);
      headers = Map.copyOf(headers);
      held = Map.copyOf(held);
    }

    /** Returns the variables or headers, of which a server has one kind. */
    public Map<String, String> values() {
      return url == null ? env : headers;
    }

    /** Returns the variables to be set for the agent's process. */
    public Map<String, String> variables() {
      var variables = new TreeMap<String, String>();
      held.forEach((name, variable) -> variables.put(variable, values().getOrDefault(name, "")));
      return variables;
    }
  }

  /** Returns the variables to be set for the process of an agent that refers to them. */
  public Map<String, String> variables() {
    var variables = new TreeMap<String, String>();
    servers.forEach(server -> variables.putAll(server.variables()));
    return variables;
  }
}
