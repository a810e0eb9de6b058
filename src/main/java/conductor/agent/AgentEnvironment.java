package conductor.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an agent sees of the host's environment: a list of what it may, never all. */
final class AgentEnvironment {

  private static final List<String> ALLOWED =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TERM",
          "TMPDIR",
          "JAVA_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "XDG_CONFIG_HOME",
          "XDG_DATA_HOME",
          "XDG_CACHE_HOME",
          "XDG_STATE_HOME",
          "SSH_AUTH_SOCK");
  private static final Map<String, List<String>> OWN =
      Map.of(
          "claude", List.of("ANTHROPIC_", "CLAUDE_", "DISABLE_"),
          "codex", List.of("OPENAI_", "CODEX_"),
          "gemini", List.of("GEMINI_", "GOOGLE_"),
          "opencode", List.of("OPENCODE_"));

  private AgentEnvironment() {}

  static Map<String, String> of(Map<String, String> host, AgentSettings settings) {
    var environment = new TreeMap<String, String>();
    host.forEach((name, value) -> {
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
    var own = new ArrayList<String>(OWN.getOrDefault(program, List.of()));
    own.addAll(OWN.getOrDefault(settings.type(), List.of()));
    return ALLOWED.contains(name)
        || name.startsWith("LC_")
        || settings.passEnv().contains(name)
        || own.stream().anyMatch(name::startsWith);
  }
}
