package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one process of an agent has reported: how turns ended, and what prevents it from
 * continuing. Belongs to the thread that runs the turns.
 */
final class ProcessOutcomes {

  private final JobChannel channel;
  private final Dialogue dialogue;
  private final Permissions permissions;
  private final Consumer<String> named;
  private final AgentLog log;
  private final UnaryOperator<String> texts;
  private final Map<String, TurnOutcome.Ended> ended = new HashMap<>();
  private final Set<String> missed = new HashSet<>();
  private TurnOutcome.@Nullable Unopened unopened;
  private TurnOutcome.@Nullable Unread unread;

  /**
   * @param named receives the id that the session is resumed by
   * @param texts gives the text to log for a prompt's id
   */
  ProcessOutcomes(
      JobChannel channel,
      Permissions permissions,
      Consumer<String> named,
      AgentLog log,
      UnaryOperator<String> texts) {
    this.channel = channel;
    this.dialogue = channel.dialogue();
    this.permissions = permissions;
    this.named = named;
    this.log = log;
    this.texts = texts;
  }

  void take(Event event, Instant begun) {
    log.tell(event);
    switch (event) {
      case Event.Opened(String session) -> named.accept(session);
      case Event.Unopened(FailureKind trouble, String message) ->
          unopened = new TurnOutcome.Unopened(trouble, message);
      case Event.NotSteered(String prompt) -> missed.add(prompt);
      case Event.Unread(String about, boolean lost) ->
          unread = lost ? new TurnOutcome.Unread(about) : unread;
      case Event.Settled(String request) -> permissions.settled(request, channel.job());
      case Event.Ended over -> ended(over, begun);
      case Event.Began(var prompts) -> prompts.forEach(prompt -> log.prompt(texts.apply(prompt)));
      case Event.Says _,
          Event.Calls _,
          Event.Returns _,
          Event.Changes _,
          Event.Asks _,
          Event.Waits _ -> {}
    }
  }

  private void ended(Event.Ended over, Instant begun) {
    Instant at = channel.job().lastOutput();
    var heard = new TurnOutcome.Ended(over, at, Duration.between(begun, at), dialogue.place());
    over.prompts().forEach(prompt -> ended.put(prompt, heard));
  }

  Optional<TurnOutcome> outcome(String prompt) {
    if (missed.contains(prompt)) {
      return Optional.of(new TurnOutcome.Missed());
    }
    TurnOutcome over = ended.get(prompt);
    return Optional.ofNullable(over == null ? unopened : over);
  }

  boolean isOver(String prompt) {
    return ended.containsKey(prompt);
  }

  /** Returns the outcome for a line that could not be read and without which nothing goes on. */
  Optional<TurnOutcome> unread() {
    return Optional.ofNullable(unread);
  }
}
