package conductor.realagents;

import conductor.modelserver.ModelServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A home in which every {@link RealAgent} is set up to ask a {@link ModelServer}, and an
 * environment with nothing else in it. Two tests with homes of their own do not see each other.
 */
public final class AgentHome {

  private static final String KEY = "not-a-key";

  private static final String CODEX =
      """
      model = "scripted-1"
      model_provider = "scripted"

      [model_providers.scripted]
      name = "scripted"
      base_url = "%s/v1"
      env_key = "SCRIPTED_API_KEY"
      wire_api = "responses"
      request_max_retries = 1
      stream_max_retries = 1
      """;

  private static final String OPENCODE =
      """
      {
        "model": "scripted/scripted-1",
        "autoupdate": false,
        "share": "disabled",
        "provider": {
          "scripted": {
            "npm": "@ai-sdk/openai-compatible",
            "name": "scripted",
            "options": {"baseURL": "%s/v1", "apiKey": "not-a-key"},
            "models": {
              "scripted-1": {
                "name": "scripted-1",
                "limit": {"context": 200000, "output": 8000},
                "cost": {"input": 1, "output": 2}
              }
            }
          }
        }
      }
      """;

  private static final String GEMINI =
      """
      {
        "security": {"auth": {"selectedType": "gemini-api-key"}},
        "privacy": {"usageStatisticsEnabled": false},
        "general": {"enableAutoUpdate": false}
      }
      """;

  private static final String GIT =
      """
      [user]
        name = Agent
        email = agent@example.org
      """;

  private final Path home;
  private final URI model;

  private AgentHome(Path home, URI model) {
    this.home = home;
    this.model = model;
  }

  /** Makes the directory with the configuration of all agents. */
  public static AgentHome make(Path home, URI model) throws IOException {
    write(home.resolve(".codex/config.toml"), CODEX.formatted(model));
    write(home.resolve(".config/opencode/opencode.json"), OPENCODE.formatted(model));
    write(home.resolve(".gemini/settings.json"), GEMINI);
    write(home.resolve(".gitconfig"), GIT);
    Files.createDirectories(home.resolve("tmp"));
    return new AgentHome(home, model);
  }

  /** The whole environment of an agent. */
  public Map<String, String> environment(RealAgent agent) {
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("PATH", System.getenv("PATH"));
    // Not beside the home but in it: codex will not work from a home that is a temporary file.
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.putAll(settings(agent));
    return Map.copyOf(environment);
  }

  /** What is the agent's own in its environment. */
  public Map<String, String> settings(RealAgent agent) {
    return switch (agent) {
      case CLAUDE ->
          Map.of(
              "ANTHROPIC_BASE_URL", model.toString(),
              "ANTHROPIC_API_KEY", KEY,
              "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
              "CLAUDE_CODE_MAX_RETRIES", "1",
              "DISABLE_AUTOUPDATER", "1");
      case CODEX ->
          Map.of("CODEX_HOME", home.resolve(".codex").toString(), "SCRIPTED_API_KEY", KEY);
      case OPENCODE ->
          Map.of(
              "OPENCODE_DISABLE_AUTOUPDATE", "true",
              "OPENCODE_DISABLE_MODELS_FETCH", "true",
              "OPENCODE_DISABLE_LSP_DOWNLOAD", "true",
              "OPENCODE_DISABLE_DEFAULT_PLUGINS", "true");
      case GEMINI ->
          Map.of(
              "GOOGLE_GEMINI_BASE_URL",
              model.toString(),
              "GEMINI_API_KEY",
              KEY,
              "GEMINI_MODEL",
              "scripted-1",
              "GEMINI_CLI_TRUST_WORKSPACE",
              "true");
    };
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
