package conductor.handlers.agent.protocol.claude;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Converts ids of prompts to the UUIDs of messages to Claude Code and back: digits stay unchanged,
 * a dot becomes an {@code a}, and {@code f}s are added on the left. So the lines of both sides show
 * which prompt they belong to.
 */
final class ClaudePrompts {

  private static final int DIGITS = 30;
  private static final Pattern UUID =
      Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{12})");
  private static final Pattern ID = Pattern.compile("f*([0-9][0-9a]*)");

  private ClaudePrompts() {}

  static String uuid(String prompt) {
    String id = prompt.replace('.', 'a');
    String all = "f".repeat(DIGITS - id.length()) + id;
    return "%s-%s-8%s-8%s-%s"
        .formatted(
            all.substring(0, 8),
            all.substring(8, 12),
            all.substring(12, 15),
            all.substring(15, 18),
            all.substring(18));
  }

  /** Returns the prompt's id of a UUID; empty for a message that conductor did not send. */
  static Optional<String> id(String uuid) {
    var parts = UUID.matcher(uuid);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String all = parts.group(1) + parts.group(2) + parts.group(3) + parts.group(4) + parts.group(5);
    var id = ID.matcher(all);
    return id.matches() ? Optional.of(id.group(1).replace('a', '.')) : Optional.empty();
  }
}
