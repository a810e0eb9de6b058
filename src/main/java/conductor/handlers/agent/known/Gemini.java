package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.acp.AcpProtocol;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Gemini CLI, of Google. */
record Gemini(Protocol protocol) implements KnownAgent {

  Gemini() {
    this(
        AcpProtocol.with("--acp")
            .taking(Set.of(Equipment.Kind.MCP))
            .bound(GeminiBounds::of)
            .resumable(Gemini::afterItsMinute));
  }

  @Override
  public String name() {
    return "gemini";
  }

  /** Loading a session in its first minute destroys it (google-gemini/gemini-cli#28775). */
  private static Instant afterItsMinute(Instant opened) {
    return opened.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
  }

  @Override
  public List<String> variables() {
    return List.of("GEMINI_", "GOOGLE_");
  }

  @Override
  public List<String> keys() {
    return List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");
  }

  @Override
  public String loginFile() {
    return ".gemini/oauth_creds.json";
  }

  @Override
  public Set<String> shells() {
    return Set.of("run_shell_command");
  }

  @Override
  public Set<String> fileTools() {
    return Set.of("read_file", "write_file", "replace");
  }

  @Override
  public Texts texts() {
    return new Texts(
        "Gemini CLI",
        "the Agent Client Protocol",
        "npm install -g @google/gemini-cli",
        "`gemini`, then `/auth`");
  }
}
