package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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

  /** What keeps a program within the rules. */
  private interface Binding {
    Bounds of(List<String> program, Opening opening, Map<String, String> environment);
  }

  private final List<String> arguments;
  private final boolean losesYoungSessions;
  private final Binding binding;

  private AcpProtocol(List<String> arguments, boolean losesYoungSessions, Binding binding) {
    this.arguments = List.copyOf(arguments);
    this.losesYoungSessions = losesYoungSessions;
    this.binding = binding;
  }

  /** Any agent whose program with its arguments speaks the protocol. */
  public static AcpProtocol generic() {
    return new AcpProtocol(List.of(), false, (program, opening, environment) -> Bounds.NONE);
  }

  /** The program {@code opencode}, which asks for no permission that it is not told to ask for. */
  public static AcpProtocol opencode() {
    return new AcpProtocol(List.of("acp"), false, OpencodeBounds::of);
  }

  /**
   * The program {@code gemini}. Loading a session in the minute in which it was made destroys it
   * (google-gemini/gemini-cli#28775): see {@link #resumableFrom}.
   */
  public static AcpProtocol gemini() {
    return new AcpProtocol(List.of("--acp"), true, GeminiBounds::of);
  }

  @Override
  public String name() {
    return "acp";
  }

  @Override
  public List<String> words(List<String> program, Opening opening) {
    return Stream.concat(
            program.stream(), arguments.stream().filter(word -> !program.contains(word)))
        .toList();
  }

  @Override
  public Bounds bounds(List<String> program, Opening opening, Map<String, String> environment) {
    return binding.of(program, opening, environment);
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
