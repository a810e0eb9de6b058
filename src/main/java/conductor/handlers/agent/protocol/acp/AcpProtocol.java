package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

  /** What keeps a program within the rules, as {@link Protocol#bounds}. */
  public interface Binding {

    /** Returns its bounds. */
    Bounds of(List<String> program, Opening opening, Map<String, String> environment);
  }

  private final List<String> arguments;
  private final Binding binding;
  private final UnaryOperator<Instant> resumable;

  private AcpProtocol(List<String> arguments, Binding binding, UnaryOperator<Instant> resumable) {
    this.arguments = List.copyOf(arguments);
    this.binding = binding;
    this.resumable = resumable;
  }

  /** Any agent whose program with its arguments speaks the protocol. */
  public static AcpProtocol generic() {
    return with();
  }

  /**
   * Returns a program that speaks the protocol with these arguments; they are added where they are
   * not.
   */
  public static AcpProtocol with(String... arguments) {
    return new AcpProtocol(
        List.of(arguments),
        (program, opening, environment) -> Bounds.NONE,
        UnaryOperator.identity());
  }

  /** The same for a program that needs something to stay within the rules. */
  public AcpProtocol bound(Binding to) {
    return new AcpProtocol(arguments, to, resumable);
  }

  /**
   * The same for a program that loses young sessions.
   *
   * @param from when a session may be resumed, by when it was made
   */
  public AcpProtocol resumable(UnaryOperator<Instant> from) {
    return new AcpProtocol(arguments, binding, from);
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
    return resumable.apply(opened);
  }
}
