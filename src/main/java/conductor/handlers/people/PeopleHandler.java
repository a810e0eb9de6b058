package conductor.handlers.people;

import conductor.effect.PeopleEffect;
import conductor.effect.PeopleEffect.Ask;
import conductor.effect.PeopleFailure;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Handles {@code Ask}: asks people a question and waits for the answer. */
public final class PeopleHandler implements Handler<PeopleEffect<?>> {

  private final Gates gates;
  private final InstantSource clock;

  public PeopleHandler(Gates gates, InstantSource clock) {
    this.gates = gates;
    this.clock = clock;
  }

  @Override
  public Act<?> act(PeopleEffect<?> effect) {
    return switch (effect) {
      case Ask ask -> Act.adoptable(call -> asked(ask, call));
    };
  }

  private String asked(Ask ask, Call call) throws InterruptedException {
    List<String> options = Objects.requireNonNullElse(ask.options(), List.of());
    Instant deadline = ask.timeout() == null ? Instant.MAX : call.askedAt().plus(ask.timeout());
    call.waitsForPerson(ask.prompt());
    call.stillRunning();
    Optional<Gates.Given> answer =
        gates.awaitUntil(deadline, clock, call.key().position(), options);
    call.waitsForPerson("");
    if (answer.isPresent()) {
      answer.get().note().ifPresent(call::say);
      return answer.get().text();
    }
    if (ask.defaultAnswer() != null) {
      call.say("nobody answered in time: " + ask.defaultAnswer());
      return ask.defaultAnswer();
    }
    throw new PeopleFailure.GateTimeout(
        ask.prompt(), Objects.requireNonNullElse(ask.timeout(), Duration.ZERO));
  }
}
