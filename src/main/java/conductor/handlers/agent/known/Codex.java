package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.codex.CodexProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Codex, of OpenAI. */
record Codex(Protocol protocol) implements KnownAgent {

  Codex() {
    this(new CodexProtocol());
  }

  @Override
  public String name() {
    return "codex";
  }

  @Override
  public Optional<String> least() {
    return Optional.of("0.80.0");
  }

  @Override
  public List<String> variables() {
    return List.of("OPENAI_", "CODEX_");
  }

  @Override
  public List<String> keys() {
    return List.of("OPENAI_API_KEY", "CODEX_API_KEY");
  }

  @Override
  public String loginFile() {
    return ".codex/auth.json";
  }

  @Override
  public Set<String> shells() {
    return Set.of("shell");
  }

  @Override
  public Set<String> fileTools() {
    return Set.of(); // patches belong to the kind "edit"
  }

  @Override
  public Texts texts() {
    return new Texts(
        "Codex", "`codex app-server`", "npm install -g @openai/codex", "`codex login`");
  }
}
