package conductor.handlers.people;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.engine.handler.Call;
import conductor.engine.handler.Parking;
import java.util.List;
import java.util.Optional;

/** Parks failed effects and asks people at a gate how to continue. */
public final class ParkedFailures implements Parking {

  private final Gates gates;
  private final boolean all;

  /**
   * @param all whether failures are parked for which the script does not choose
   */
  public ParkedFailures(Gates gates, boolean all) {
    this.gates = gates;
    this.all = all;
  }

  @Override
  public boolean parks(Effect<?> effect) {
    return all;
  }

  @Override
  public Decision ask(String gate, Effect<?> effect, Failure failure, Call call)
      throws InterruptedException {
    call.waitsForPerson(String.valueOf(failure.getMessage()));
    Gates.Given given = gates.await(gate, List.of());
    call.waitsForPerson("");
    given.note().ifPresent(call::say);
    String answer = given.text();
    Optional<Decision> decision = FailureQuestion.decision(effect, answer);
    if (decision.isEmpty()) {
      call.say(
          "'%s' is none of the answers (%s): the failure stays"
              .formatted(answer, String.join(", ", FailureQuestion.answers(effect))));
    }
    return decision.orElseGet(Decision.Fail::new);
  }
}
