package conductor.realagents;

import java.util.List;

/**
 * What npm installs together, in versions that do not change.
 *
 * @param programs what must answer {@code --version} with its version afterwards: the program may
 *     be an optional package of the platform or be put in place by a script, and npm counts the
 *     lack of either as no error
 */
record Packages(String name, List<String> packages, List<Program> programs) {

  /** The set that takes a quarter of a minute to install. */
  static final Packages CLAUDE_AND_CODEX =
      new Packages(
          "claude-2.1.330-codex-0.169.0",
          List.of("@anthropic-ai/claude-code@2.1.330", "@openai/codex@0.169.0"),
          List.of(new Program("claude", "2.1.330"), new Program("codex", "0.169.0")));

  /** The set that is heavier to install and to run. */
  static final Packages OPENCODE_AND_GEMINI =
      new Packages(
          "opencode-1.18.33-gemini-0.61.0",
          List.of("opencode-ai@1.18.33", "@google/gemini-cli@0.61.0"),
          List.of(new Program("opencode", "1.18.33"), new Program("gemini", "0.61.0")));

  /** A program and what it must say of itself. */
  record Program(String name, String version) {}
}
