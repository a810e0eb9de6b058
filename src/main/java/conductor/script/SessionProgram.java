package conductor.script;

import conductor.effect.Cancelled;
import conductor.effect.Entered;
import conductor.effect.Interrupted;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.effect.Site;
import org.jspecify.annotations.Nullable;

/**
 * A session as a workflow: asks for one line after the other and evaluates them. A line is an
 * effect whose reply is journaled, so a replay enters them again.
 */
public final class SessionProgram implements Program {

  private final Session session;
  private final Dialogue dialogue;
  private final @Nullable Entered first;
  private final int leaves;

  /** Who hears how the lines of a session went, on the thread that evaluated them. */
  public interface Dialogue {

    /** A line has a value; null where it has none. */
    void value(Entered entered, @Nullable Object value);

    /**
     * A line failed.
     *
     * @param told what is wrong, for who entered it
     */
    void failed(Entered entered, String told, Throwable error);

    /** A line was ended by the person who entered it. */
    void interrupted(Entered entered);
  }

  /**
   * Returns a session.
   *
   * @param first evaluated before anything is asked for; null for nothing
   * @param leaves how often the person left before: a session that is opened again goes on behind
   */
  public SessionProgram(Session session, Dialogue dialogue, @Nullable Entered first, int leaves) {
    this.session = session;
    this.dialogue = dialogue;
    this.first = first;
    this.leaves = leaves;
  }

  @Override
  public @Nullable Object run(Performer performer) {
    session.by(performer);
    Object last = first == null ? null : evaluated(first, null);
    int left = 0;
    while (true) {
      Entered entered = next(performer);
      if (entered != null) {
        last = evaluated(entered, last);
      } else if (left++ == leaves) {
        return last;
      }
    }
  }

  private static @Nullable Entered next(Performer performer) {
    while (true) {
      try {
        return (Entered) performer.perform(new SessionEffect.Line(), Site.HOST);
      } catch (Interrupted e) {
        // It came too late for the line that it was meant for.
      }
    }
  }

  private @Nullable Object evaluated(Entered entered, @Nullable Object last) {
    try {
      Object value = session.evaluate(entered);
      dialogue.value(entered, value);
      return value;
    } catch (Interrupted e) {
      dialogue.interrupted(entered);
    } catch (Cancelled e) {
      throw e;
    } catch (InterruptedException e) {
      dialogue.interrupted(entered);
    } catch (Throwable e) {
      dialogue.failed(entered, session.explain(e), e);
    } finally {
      Thread.interrupted();
    }
    return last;
  }

  @Override
  public String explain(Throwable error) {
    return session.explain(error);
  }
}
