package conductor.run.execution;

import conductor.effect.NotJournalable;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.journal.Codec;
import conductor.script.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session whose result is its last value, or how that is shown where it cannot be journaled: to
 * look at a value fails no session.
 */
record SessionResult(Program program, Session session, Codec codec) implements Program {

  @Override
  public @Nullable Object run(Performer performer) throws Throwable {
    Object value = program.run(performer);
    try {
      codec.encode(value, "the result");
      return value;
    } catch (NotJournalable e) {
      return session.shown(value);
    }
  }

  @Override
  public String explain(Throwable error) {
    return program.explain(error);
  }
}
