package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.claude.ClaudeProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Claude Code, of Anthropic. */
record Claude(Protocol protocol) implements KnownAgent {

  Claude() {
    this(new ClaudeProtocol());
  }

  @Override
  public String name() {
    return "claude";
  }

  @Override
  public Optional<String> least() {
    return Optional.of("2.0.45");
  }

  @Override
  public List<String> variables() {
    return List.of("ANTHROPIC_", "CLAUDE_", "DISABLE_");
  }

  @Override
  public List<String> keys() {
    return List.of("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN");
  }

  @Override
  public String loginFile() {
    return ".claude/.credentials.json";
  }

  @Override
  public Set<String> shells() {
    return Set.of("bash");
  }

  @Override
  public Set<String> fileTools() {
    return Set.of("read", "edit", "write", "multiedit");
  }

  @Override
  public Texts texts() {
    return new Texts(
        "Claude Code",
        "its stream-json, both ways",
        "npm install -g @anthropic-ai/claude-code",
        "`claude`, then `/login`");
  }
}
