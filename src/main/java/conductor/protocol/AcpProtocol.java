package conductor.protocol;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Agent Client Protocol, version 1: JSON-RPC 2.0, a message a line. Any agent that speaks it is
 * a configuration of this class, and no agent needs more than its arguments.
 *
 * <p>What an agent offers it says when a session opens. A mode that it does not offer ends the
 * conversation before it begins ({@link Event.Unopened}), as does a model or an effort that it
 * refuses or has no setting for: an agent that works more freely than it was told to, or by another
 * model, is worse than none.
 *
 * <p>It does not steer, for a second prompt cancels the first with some agents; it does not ask for
 * structured answers; it serves no files and no terminals to agents.
 *
 * @see <a href="https://agentclientprotocol.com">agentclientprotocol.com</a>
 */
public final class AcpProtocol implements Protocol {

  /** Arguments of a command by which a user chooses how freely gemini works. */
  private static final Set<String> MODES = Set.of("--approval-mode", "--yolo", "-y");

  private static final String ASKS =
      """
      [[rule]]
      toolName = ["run_shell_command", "write_file", "replace", "web_fetch", "save_memory", "mcp_*"]
      decision = "ask_user"
      priority = 999
      modes = ["default"]
      """;

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final boolean losesYoungSessions;
  private final Bounds bounds;

  private AcpProtocol(
      List<String> arguments,
      Map<String, String> environment,
      boolean losesYoungSessions,
      Bounds bounds) {
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.losesYoungSessions = losesYoungSessions;
    this.bounds = bounds;
  }

  /** Any agent whose program with its arguments speaks the protocol. */
  public static AcpProtocol generic() {
    return new AcpProtocol(List.of(), Map.of(), false, Bounds.NONE);
  }

  /** The program {@code opencode}, which asks for no permission that it is not told to ask for. */
  public static AcpProtocol opencode() {
    return new AcpProtocol(
        List.of("acp"),
        Map.of("OPENCODE_PERMISSION", "{\"edit\":\"ask\",\"bash\":\"ask\",\"webfetch\":\"ask\"}"),
        false,
        Bounds.NONE);
  }

  /**
   * The program {@code gemini}. Modes above {@code default} are refused in a directory that its
   * user has not told it to trust, hence the flag. Loading a session in the minute in which it was
   * made destroys it (google-gemini/gemini-cli#28775): see {@link #resumableFrom}.
   *
   * <p>What its settings allow is asked for again by a policy of the highest tier, in the mode in
   * which it asks; another mode is one that conductor's configuration chose.
   */
  public static AcpProtocol gemini() {
    return new AcpProtocol(
        List.of("--acp", "--skip-trust"),
        Map.of(),
        true,
        new Bounds(List.of("--approval-mode", "default", "--admin-policy"), ASKS));
  }

  @Override
  public String name() {
    return "acp";
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public List<String> words(List<String> program, Opening opening) {
    return Stream.concat(
            program.stream(), arguments.stream().filter(word -> !program.contains(word)))
        .toList();
  }

  @Override
  public Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    boolean own = program.stream().anyMatch(MODES::contains);
    return own ? Bounds.NONE : bounds;
  }

  @Override
  public Dialogue begin(Opening opening) {
    return new AcpDialogue(opening);
  }

  @Override
  public Instant resumableFrom(Instant opened) {
    return losesYoungSessions
        ? opened.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1))
        : opened;
  }
}
