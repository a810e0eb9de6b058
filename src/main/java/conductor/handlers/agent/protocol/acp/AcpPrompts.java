package conductor.handlers.agent.protocol.acp;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The prompts that were sent to a process, and which of them are open, cancelled or ended. */
final class AcpPrompts {

  private final Set<String> said = new HashSet<>();
  private final Set<String> cancelled = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final ArrayDeque<String> open = new ArrayDeque<>();
  private String last = "";

  void said(String prompt) {
    said.add(prompt);
    open.add(prompt);
    last = prompt;
  }

  /** Marks the prompt that was sent last as cancelled. */
  void cancel() {
    cancelled.add(last);
  }

  void end(String prompt) {
    ended.add(prompt);
    open.remove(prompt);
  }

  boolean hasSaid(String prompt) {
    return said.contains(prompt);
  }

  Optional<String> open() {
    return Optional.ofNullable(open.peek());
  }

  boolean isCancelled(String prompt) {
    return cancelled.contains(prompt);
  }

  /** Returns whether a prompt ended or was cancelled: nothing is permitted for it any more. */
  boolean isOver(String prompt) {
    return ended.contains(prompt) || cancelled.contains(prompt);
  }
}
