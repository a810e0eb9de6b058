package conductor.realagents;

import conductor.modelserver.Protocol;
import java.nio.file.Path;
import java.util.Locale;

/** An agent program that people use. */
public enum RealAgent {
  CLAUDE(Packages.CLAUDE_AND_CODEX, Protocol.MESSAGES),
  CODEX(Packages.CLAUDE_AND_CODEX, Protocol.RESPONSES),
  OPENCODE(Packages.OPENCODE_AND_GEMINI, Protocol.CHAT),
  GEMINI(Packages.OPENCODE_AND_GEMINI, Protocol.GEMINI);

  private final Packages packages;
  private final Protocol protocol;

  RealAgent(Packages packages, Protocol protocol) {
    this.packages = packages;
    this.protocol = protocol;
  }

  /**
   * Its file; where it cannot be had, the test that asks ends here as skipped. The first to ask on
   * a machine waits for the installation, so such a test may take minutes.
   */
  public Path program() {
    return RealAgents.program(this);
  }

  /** The protocol in which it asks its model. */
  public Protocol protocol() {
    return protocol;
  }

  /** What people call it in a shell. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  Packages packages() {
    return packages;
  }
}
