package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The protocol of {@code codex app-server}: JSON-RPC with a thread for the session and a turn for
 * each prompt. The mode is one of codex's sandboxes: {@code read-only}, {@code workspace-write}
 * (the default) or {@code danger-full-access}. Codex asks before each command and each change of a
 * file. Checked with codex 0.169.0.
 *
 * <p>A session in which no turn was begun cannot be resumed, because codex has not saved it.
 */
public final class CodexProtocol implements Protocol {

  @Override
  public String name() {
    return "codex";
  }

  @Override
  public List<String> words(List<String> program, Opening opening) {
    return Stream.concat(program.stream(), Stream.of("app-server")).toList();
  }

  /** Codex takes headers by the names of variables; those of a server's program it cannot. */
  @Override
  public Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    var variables = new HashMap<String, String>();
    opening.equipment().servers().stream()
        .filter(server -> server.url() != null)
        .forEach(server -> variables.putAll(server.variables()));
    return new Bounds(List.of(), Map.of(), Map.of(), variables);
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
  public Dialogue begin(Opening opening) {
    return new CodexDialogue(opening);
  }
}
