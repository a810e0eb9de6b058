package conductor.handlers.agent.protocol.acp;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The prompts that were said to a process: open ones, in order, and all there were. */
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

  /** Whatever prompt was said last is cancelled. */
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

  /** Returns the prompt that the agent works on. */
  Optional<String> open() {
    return Optional.ofNullable(open.peek());
  }

  boolean isCancelled(String prompt) {
    return cancelled.contains(prompt);
  }

  /** Returns whether nothing is permitted for a prompt any more. */
  boolean isOver(String prompt) {
    return ended.contains(prompt) || cancelled.contains(prompt);
  }
}
