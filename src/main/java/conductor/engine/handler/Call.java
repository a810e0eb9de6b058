package conductor.engine.handler;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One performance of an act: its identity, and what the engine offers to the handler while it
 * lasts.
 */
public interface Call {

  /**
   * Returns what the act can be found by; the same after a crash, another one when earlier work was
   * dropped.
   */
  Key key();

  /**
   * Performs one of several acts of an effect, journaled with an intent and a reply of its own
   * ({@code 5/commit}). A step that has a reply on disk is not performed again. Only within a
   * {@link Act.Repeatable} act; names are unique within it.
   *
   * @param name lower-case letters, digits and dashes
   */
  <T extends @Nullable Object> T step(String name, Act<T> act) throws InterruptedException;

  /**
   * Tells the user something worth a line, such as what a default turned out to be. Kept in the
   * journal.
   */
  void say(String line);

  /**
   * Returns when the effect was first asked for; deadlines count from here, so that they survive a
   * restart.
   */
  Instant askedAt();

  /**
   * While adopting: what was found still goes on. Until every adopted act has said so or has ended,
   * no reply is delivered, so that replies come in the order of what happened.
   */
  void ongoing();

  /** While adopting: when the outcome that is about to be returned came to be. */
  void happened(Instant at);

  /**
   * What the act waits for, as shown to people, while it waits for a person; empty when it no
   * longer does.
   */
  void waitsForPerson(String question);

  /**
   * After an {@link InterruptedException}: true when the host is leaving and what was started shall
   * go on to be adopted later; false when the branch was cancelled and what was started shall be
   * ended.
   */
  boolean suspending();
}
