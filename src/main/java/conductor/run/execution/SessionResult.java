package conductor.run.execution;

import conductor.effect.NotJournalable;
import conductor.effect.Performer;
import conductor.effect.Program;
import conductor.journal.Codec;
import conductor.script.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session's program whose result is its last value, or the text that shows it where the value
 * cannot be journaled: to look at a value must not fail the session.
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
