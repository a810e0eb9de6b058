package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Opening;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Gemini is called with so that it asks conductor, and starts nothing that a repository brings
 * for it. What its settings allow is asked for again by a policy of the highest tier, in the mode
 * in which it asks; another mode is one that conductor's configuration chose.
 *
 * <p>Modes above {@code default} are refused in a directory that its user has not told it to trust,
 * hence the flag. It is not given where the directory holds settings of gemini, whose servers,
 * hooks and variables it would take: gemini then works without them, in the mode in which it asks.
 */
final class GeminiBounds {

  /** Arguments of a command by which a user chooses how freely gemini works. */
  private static final Set<String> MODES = Set.of("--approval-mode", "--yolo", "-y");

  /** The modes that gemini takes in a directory that it does not trust. */
  private static final Set<String> ASKING = Set.of("default", "plan");

  private static final String TRUSTS = "--skip-trust";

  private static final String ASKS =
      """
      [[rule]]
      toolName = ["run_shell_command", "write_file", "replace", "web_fetch", "save_memory", "mcp_*"]
      decision = "ask_user"
      priority = 999
      modes = ["default"]
      """;

  private GeminiBounds() {}

  static Bounds of(List<String> program, Opening opening, Map<String, String> environment) {
    boolean chosen = program.stream().anyMatch(MODES::contains);
    boolean free = chosen || (opening.mode() != null && !ASKING.contains(opening.mode()));
    boolean trusted = free || program.contains(TRUSTS) || !holdsSettings(opening.directory());
    var words = new ArrayList<String>();
    if (trusted && !program.contains(TRUSTS)) {
      words.add(TRUSTS);
    }
    if (chosen) {
      return Bounds.of(words);
    }
    words.addAll(List.of("--approval-mode", "default", "--admin-policy"));
    return new Bounds(
        words, ASKS, trusted ? Map.of() : Map.of("GEMINI_CLI_TRUST_WORKSPACE", "false"));
  }

  private static boolean holdsSettings(Path worktree) {
    return Stream.of(".gemini", ".env")
        .anyMatch(name -> Files.exists(worktree.resolve(name), LinkOption.NOFOLLOW_LINKS));
  }
}
