package conductor.engine.handler;

import conductor.journal.Note;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One performance of an act: its key, and what the engine offers to the handler during it. */
public interface Call {

  /**
   * Returns the key by which the act can be found; the same after a crash, another one when earlier
   * work was dropped.
   */
  Key key();

  /**
   * Performs one of several acts of an effect, journaled with an intent and a reply of its own
   * ({@code 5/commit}), and returns its reply. A step that has a reply on disk is not performed
   * again. Allowed only within a {@link Act.Repeatable} act; names are unique within it.
   *
   * @param name lower-case letters, digits and dashes
   */
  <T extends @Nullable Object> T step(String name, Act<T> act) throws InterruptedException;

  /**
   * Tells the user something worth a line, such as what a default turned out to be. Kept in the
   * journal.
   */
  default void say(String line) {
    say(Note.of(line));
  }

  /** Tells the user something of a kind that readers of the journal know. */
  void say(Note note);

  /**
   * Returns when the effect was first asked for; deadlines count from here, so that they survive a
   * restart.
   */
  Instant askedAt();

  /**
   * Tells the engine, while adopting, that what was found still goes on. Until every adopted act
   * has said so or has ended, no reply is delivered, so that replies come in the order in which
   * things happened.
   */
  void stillRunning();

  /** Tells the engine, while adopting, when the outcome that is about to be returned came about. */
  void completedAt(Instant at);

  /**
   * Tells the engine that the act waits for a person, or no longer does.
   *
   * @param question what it waits for, as shown to people; empty when it no longer does
   */
  void waitsForPerson(String question);

  /**
   * Returns, after an {@link InterruptedException}, whether the host is leaving. If so, what was
   * started shall go on, to be adopted later; if not, the branch was cancelled and what was started
   * shall be ended.
   */
  boolean suspending();
}
