package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The Agent Client Protocol, version 1: JSON-RPC 2.0, one message per line. An agent that speaks it
 * is a configuration of this class: its arguments and, if needed, bounds and a delay for resuming.
 *
 * <p>An agent lists what it offers when a session opens. A mode that it does not offer ends the
 * conversation before it begins ({@link Event.Unopened}), as does a model or an effort that it
 * refuses or has no setting for, because an agent must not run with more permissions or another
 * model than configured.
 *
 * <p>Messages are not added to a running turn, because with some agents a second prompt cancels the
 * first. Structured answers are not supported, and neither files nor terminals are served to
 * agents.
 *
 * @see <a href="https://agentclientprotocol.com">agentclientprotocol.com</a>
 */
public final class AcpProtocol implements Protocol {

  /** Determines the bounds of a program, see {@link Protocol#bounds}. */
  public interface Binding {

    Bounds of(List<String> program, Opening opening, Map<String, String> environment);
  }

  private final List<String> arguments;
  private final Binding binding;
  private final UnaryOperator<Instant> resumable;

  private final Set<Equipment.Kind> takes;

  private AcpProtocol(
      List<String> arguments,
      Binding binding,
      UnaryOperator<Instant> resumable,
      Set<Equipment.Kind> takes) {
    this.takes = Set.copyOf(takes);
    this.arguments = List.copyOf(arguments);
    this.binding = binding;
    this.resumable = resumable;
  }

  /** Returns the protocol for a program that needs no further arguments to speak it. */
  public static AcpProtocol generic() {
    return with();
  }

  /** Returns the protocol of a program that needs these arguments, added if missing. */
  public static AcpProtocol with(String... arguments) {
    return new AcpProtocol(
        List.of(arguments),
        (program, opening, environment) -> Bounds.NONE,
        UnaryOperator.identity(),
        Set.of(Equipment.Kind.EFFORT, Equipment.Kind.MCP));
  }

  /** Returns a copy with bounds, which keep the program within conductor's permission rules. */
  public AcpProtocol bound(Binding to) {
    return new AcpProtocol(arguments, to, resumable, takes);
  }

  /** Returns a copy for a program that loses sessions resumed before {@code from}. */
  public AcpProtocol resumable(UnaryOperator<Instant> from) {
    return new AcpProtocol(arguments, binding, from, takes);
  }

  /** Returns a copy for a program that takes other equipment than effort and MCP servers. */
  public AcpProtocol taking(Set<Equipment.Kind> kinds) {
    return new AcpProtocol(arguments, binding, resumable, kinds);
  }

  @Override
  public Set<Equipment.Kind> takes() {
    return takes;
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
