package conductor.script;

import conductor.effect.Cancelled;
import conductor.effect.Entered;
import conductor.effect.Interrupted;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.effect.Site;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session as the program of a run: asks for one entry after the other and evaluates them. Each
 * entry is the journaled reply of a {@link SessionEffect.Line}, so a replay evaluates the same
 * entries again.
 */
public final class SessionProgram implements Program {

  private final Session session;
  private final Dialogue dialogue;
  private final @Nullable Entered script;

  /** Receives the outcome of each entry, on the thread that evaluated it. */
  public interface Dialogue {

    /**
     * Tells that an entry was evaluated.
     *
     * @param value its value; null when it has none
     */
    void value(Entered entered, @Nullable Object value);

    /**
     * Tells that an entry failed.
     *
     * @param told the error's message for the person
     */
    void failed(Entered entered, String told, Throwable error);

    void interrupted(Entered entered);
  }

  /**
   * Creates the program of a session.
   *
   * @param script of the workflow that is looked into, evaluated before anything is asked for; null
   *     for none
   */
  public SessionProgram(Session session, Dialogue dialogue, @Nullable Entered script) {
    this.session = session;
    this.dialogue = dialogue;
    this.script = script;
  }

  @Override
  public @Nullable Object run(Performer performer) {
    session.by(performer);
    Object last = script == null ? null : evaluated(script, () -> session.follow(script), null);
    for (Entered entered = next(performer); entered != null; entered = next(performer)) {
      Entered one = entered;
      last = evaluated(one, () -> value(one), last);
    }
    return last;
  }

  /** The evaluation of an entry. */
  private interface Evaluation {
    @Nullable Object value() throws Throwable;
  }

  private @Nullable Object value(Entered entered) throws Throwable {
    Optional<Forgetting> forgets = Forgetting.of(entered);
    if (forgets.isEmpty()) {
      return session.evaluate(entered);
    }
    session.forget(forgets.get());
    return null;
  }

  private static @Nullable Entered next(Performer performer) {
    while (true) {
      try {
        return (Entered) performer.perform(new SessionEffect.Line(), Site.HOST);
      } catch (Interrupted e) {
        // The interruption came too late for the entry that it was meant for.
      }
    }
  }

  private @Nullable Object evaluated(
      Entered entered, Evaluation evaluation, @Nullable Object last) {
    try {
      Object value = evaluation.value();
      dialogue.value(entered, value);
      return value;
    } catch (Interrupted | InterruptedException e) {
      dialogue.interrupted(entered);
    } catch (Cancelled e) {
      throw e;
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
