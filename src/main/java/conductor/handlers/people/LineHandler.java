package conductor.handlers.people;

import conductor.effect.Entered;
import conductor.effect.SessionEffect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import org.jspecify.annotations.Nullable;

/** Handles {@code Line}: waits for the next input of a person in a session. */
public final class LineHandler implements Handler<SessionEffect<?>> {

  private final InputLines lines;

  public LineHandler(InputLines lines) {
    this.lines = lines;
  }

  @Override
  public Act<?> act(SessionEffect<?> effect) {
    return switch (effect) {
      case SessionEffect.Line _ -> Act.adoptable(this::entered);
    };
  }

  private @Nullable Entered entered(Call call) throws InterruptedException {
    call.waitsForPerson("the next line");
    call.stillRunning();
    Entered entered = lines.next();
    call.waitsForPerson("");
    return entered;
  }
}
