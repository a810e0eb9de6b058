package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Unequipped;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Arguments and variables that make Gemini ask conductor for permissions and run nothing that a
 * repository brings for it. A policy of the highest tier makes it ask also for what its own
 * settings allow. The policy applies in the mode {@code default}; any other mode was chosen by
 * conductor's configuration.
 *
 * <p>Gemini refuses freer modes than {@code default} in a directory that its user has not trusted,
 * hence the flag {@code --skip-trust}. The flag is left out where the directory contains settings
 * of Gemini, because Gemini would use their servers, hooks and variables; Gemini then works without
 * them, in the mode in which it asks.
 */
final class GeminiBounds {

  /** Arguments of a configured command that choose the permission mode. */
  private static final Set<String> MODES = Set.of("--approval-mode", "--yolo", "-y");

  /** The modes that Gemini accepts in a directory that it does not trust. */
  private static final Set<String> ASKING = Set.of("default", "plan");

  private static final String TRUSTS = "--skip-trust";

  private static final String POLICY = "bounds.toml";

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
    boolean trusted = free || program.contains(TRUSTS) || !holdsSettings(opening);
    boolean set = "true".equals(environment.get("GEMINI_CLI_TRUST_WORKSPACE"));
    if (!trusted && !set && !opening.equipment().servers().isEmpty()) {
      throw new Unequipped(
          "it starts no MCP servers where the repository brings .gemini or .env; leave 'mcp' out, or trust all repositories with its variable GEMINI_CLI_TRUST_WORKSPACE=true");
    }
    var words = new ArrayList<String>();
    if (trusted && !program.contains(TRUSTS)) {
      words.add(TRUSTS);
    }
    if (!opening.directory().equals(opening.worktree())) {
      words.add("--include-directories=" + opening.worktree());
    }
    if (chosen) {
      return Bounds.of(words);
    }
    String policy = opening.own().resolve(POLICY).toString();
    words.addAll(List.of("--approval-mode", "default", "--admin-policy", policy));
    return new Bounds(
        words,
        Map.of(POLICY, ASKS),
        Map.of(),
        trusted ? Map.of() : Map.of("GEMINI_CLI_TRUST_WORKSPACE", "false"));
  }

  /** Gemini looks for settings where it starts, and for variables in the directories above too. */
  private static boolean holdsSettings(Opening opening) {
    return Stream.iterate(opening.directory(), Path::getParent)
        .takeWhile(directory -> directory != null && directory.startsWith(opening.worktree()))
        .flatMap(directory -> Stream.of(".gemini", ".env").map(directory::resolve))
        .anyMatch(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
  }
}
