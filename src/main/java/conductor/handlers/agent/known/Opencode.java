package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.acp.AcpProtocol;
import java.util.List;
import java.util.Set;

/** The program opencode, which asks for no permissions unless its settings say so. */
record Opencode(Protocol protocol) implements KnownAgent {

  Opencode() {
    this(AcpProtocol.with("acp").taking(Set.of(Equipment.Kind.values())).bound(OpencodeBounds::of));
  }

  @Override
  public String name() {
    return "opencode";
  }

  @Override
  public List<String> variables() {
    return List.of("OPENCODE_");
  }

  @Override
  public String loginFile() {
    return ".local/share/opencode/auth.json";
  }

  @Override
  public Set<String> shells() {
    return Set.of("bash");
  }

  @Override
  public Set<String> fileTools() {
    return Set.of("read", "edit", "write");
  }

  @Override
  public Texts texts() {
    return new Texts(
        "opencode",
        "the Agent Client Protocol",
        "npm install -g opencode-ai",
        "`opencode auth login`");
  }
}
