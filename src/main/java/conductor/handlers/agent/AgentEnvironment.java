package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgents;
import conductor.process.GitVariables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Selects the environment variables that an agent gets: those on a list of allowed names, never
 * all. Variables that would lead git to another repository than the agent's worktree are left out.
 */
public final class AgentEnvironment {

  private static final List<String> ALLOWED =
      List.of(
          """
          PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM TMPDIR JAVA_HOME HTTP_PROXY
          HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR
          NODE_EXTRA_CA_CERTS XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME
          SSH_AUTH_SOCK SSH_ASKPASS CONDUCTOR_PROJECT\
          """
              .split("\\s+", -1));

  /** Git's variables for the author, the configuration and connections, passed on from the host. */
  private static final List<String> GIT =
      List.of(
          """
          EMAIL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
          GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM GIT_CONFIG_COUNT
          GIT_CONFIG_PARAMETERS GIT_SSH GIT_SSH_COMMAND GIT_ASKPASS\
          """
              .split("\\s+", -1));

  /** The numbered settings that belong to {@code GIT_CONFIG_COUNT}. */
  private static final Pattern GIT_SETTING = Pattern.compile("GIT_CONFIG_(KEY|VALUE)_\\d+");

  private AgentEnvironment() {}

  /** Returns those variables of the host that every agent in a worktree gets, whatever it is. */
  public static Map<String, String> common(Map<String, String> host, Path worktree) {
    var environment = new TreeMap<String, String>();
    GitVariables.withoutRepository(host)
        .forEach((name, value) -> {
          if (isCommon(name)) {
            environment.put(name, value);
          }
        });
    return GitVariables.inWorktree(environment, worktree);
  }

  /** Returns whether every agent gets a variable of the host. */
  static boolean isCommon(String name) {
    return ALLOWED.contains(name)
        || GIT.contains(name)
        || GIT_SETTING.matcher(name).matches()
        || name.startsWith("LC_");
  }

  static Map<String, String> of(Map<String, String> host, AgentSettings settings) {
    var environment = new TreeMap<String, String>();
    GitVariables.withoutRepository(host)
        .forEach((name, value) -> {
          if (isAllowed(name, settings)) {
            environment.put(name, value);
          }
        });
    if (settings.protocol() != null) {
      environment.putAll(settings.protocol().environment());
    }
    environment.putAll(settings.env());
    return environment;
  }

  private static boolean isAllowed(String name, AgentSettings settings) {
    String program = settings.command().getFirst().replaceFirst("^.*/", "");
    return isCommon(name)
        || settings.passEnv().contains(name)
        || KnownAgents.all().stream()
            .filter(
                agent -> agent.program().equals(program) || agent.name().equals(settings.type()))
            .flatMap(agent -> agent.variables().stream())
            .anyMatch(name::startsWith);
  }
}
