package conductor.handlers.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a known program is logged in, as far as that can be told without asking its vendor: there
 * is a key in the environment that agents get, or a file that a login leaves. Neither says that the
 * key is a good one.
 */
public final class Login {

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "claude", List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"),
          "codex", List.of("OPENAI_API_KEY", "CODEX_API_KEY"),
          "gemini", List.of("GEMINI_API_KEY", "GOOGLE_API_KEY"));
  private static final Map<String, String> FILES =
      Map.of(
          "claude", ".claude/.credentials.json",
          "codex", ".codex/auth.json",
          "gemini", ".gemini/oauth_creds.json",
          "opencode", ".local/share/opencode/auth.json");

  private Login() {}

  /**
   * Where a login was found; empty when none was, or the program is not a known one.
   *
   * @param host the environment that agents see a part of
   */
  public static Optional<String> of(AgentSettings settings, Map<String, String> host) {
    Map<String, String> seen = AgentEnvironment.of(host, settings);
    Optional<String> key =
        KEYS.getOrDefault(settings.type(), List.of()).stream()
            .filter(name -> !seen.getOrDefault(name, "").isEmpty())
            .findFirst();
    return key.or(() -> file(settings.type(), seen).map(Path::toString));
  }

  private static Optional<Path> file(String type, Map<String, String> seen) {
    return Optional.ofNullable(FILES.get(type))
        .map(file -> Path.of(seen.getOrDefault("HOME", "/")).resolve(file))
        .filter(Files::exists);
  }

  /** What would log a program in, for people; empty for a program that is not a known one. */
  public static Optional<String> hint(String type) {
    return Optional.ofNullable(FILES.get(type))
        .map(file ->
            KEYS.containsKey(type) ? "set " + KEYS.get(type).getFirst() + ", or log in" : "log in");
  }
}
