package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protocol of Claude Code in print mode, with stream-json in both directions. The program asks
 * for permissions on its standard output. The schema of answers is fixed when the program is
 * called.
 */
public final class ClaudeProtocol implements Protocol {

  private static final List<String> CONVERSES =
      List.of(
          "-p",
          "--input-format",
          "stream-json",
          "--output-format",
          "stream-json",
          "--verbose",
          "--replay-user-messages",
          "--permission-prompt-tool",
          "stdio");

  @Override
  public String name() {
    return "claude";
  }

  @Override
  public List<String> words(List<String> program, Opening opening) {
    var words = new ArrayList<String>(program);
    words.addAll(CONVERSES);
    option(words, "--model", opening.model());
    option(words, "--permission-mode", opening.mode() == null ? "default" : opening.mode());
    option(words, "--effort", opening.effort());
    option(words, "--json-schema", opening.schema());
    option(words, "--resume", opening.resumes());
    if (opening.forks()) {
      words.add("--fork-session");
      option(words, "--resume-session-at", opening.forksAt());
    }
    return words;
  }

  private static void option(
      List<String> words, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      words.add(name);
      words.add(value);
    }
  }

  @Override
  public Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    return ClaudeEquipment.of(
        opening.own(),
        opening.equipment(),
        new ClaudeBounds(opening, environment).of(program, opening));
  }

  /** Has Claude Code read the repository's memory files, whose settings are not loaded. */
  @Override
  public Map<String, String> environment() {
    return Map.of("CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD", "1");
  }

  @Override
  public Dialogue begin(Opening opening) {
    return new ClaudeDialogue(opening);
  }

  @Override
  public Set<Equipment.Kind> takes() {
    return Set.of(Equipment.Kind.values());
  }

  @Override
  public boolean forksAnywhere() {
    return true;
  }

  @Override
  public boolean takesSchema() {
    return true;
  }

  @Override
  public boolean bindsSchema() {
    return true;
  }
}
