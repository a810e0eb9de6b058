package conductor.engine.handler;

import conductor.journal.Entry;
import java.util.UUID;

/**
 * The identity of an act, by which it is found after a crash.
 *
 * @param run such as {@code wf-1a2b3c}
 * @param epoch rises when records are superseded, so that dropped work is never adopted
 * @param position such as {@code 4.impl.2} or {@code 5/commit}
 * @param hash of the arguments, as the first 12 hex digits
 */
public record Key(String run, int epoch, String position, String hash) {

  /** Stands for the position in the key of a message that a person sends to an agent. */
  public static final String INBOX = "inbox";

  /** Stands for the run in the key of an act that a person asks for by a command. */
  public static final String BY_HAND = "by-hand";

  /** Returns a new key for an act that a person asks for by a command. */
  public static Key byHand() {
    return new Key(BY_HAND, 0, UUID.randomUUID().toString(), "");
  }

  /** Returns the key of the act whose intent a run's journal holds. */
  public static Key of(String run, Entry.Asked intent) {
    return new Key(run, intent.epoch(), intent.position().text(), intent.hash());
  }

  /** Returns the key in the form that commits, pull requests, issues and jobs carry. */
  @Override
  public String toString() {
    return run + ":" + epoch + ":" + position + ":" + hash;
  }

  /** Returns whether another key, as text, is this one or that of a step of this act. */
  public boolean covers(String other) {
    return other.equals(toString()) || other.startsWith(run + ":" + epoch + ":" + position + "/");
  }

  /** Returns whether another key, as text, is that of the same act in another epoch. */
  public boolean isRetryOf(String other) {
    String[] parts = other.split(":", 3);
    return parts.length == 3
        && parts[0].equals(run)
        && !parts[1].equals(Integer.toString(epoch))
        && parts[2].equals(position + ":" + hash);
  }

  /** Returns the key as a name for files and refs: letters, digits, dots and dashes. */
  public String fileName() {
    return (epoch + "-" + position + "-" + hash).replaceAll("[^A-Za-z0-9.-]", "_");
  }
}
