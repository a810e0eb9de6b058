package conductor.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Attempt;
import conductor.effect.Body;
import conductor.effect.Control;
import conductor.effect.GatherFailed;
import conductor.effect.ScriptFailed;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What script code throws is held where failures of effects are (A87, A88). */
class HeldExceptionsTest {

  private static Callable<Object> throwing(String type) {
    return () -> {
      switch (type) {
        case "NumberFormatException" -> Integer.parseInt("x");
        case "AssertionError" -> throw new AssertionError("For input");
        case "StackOverflowError" -> throw new StackOverflowError("For input");
        default -> throw new java.io.IOException("For input");
      }
      return "no";
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NumberFormatException", "AssertionError", "StackOverflowError", "IOException"})
  void theSiblingsOfABranchThatThrowsAreWaitedFor(String type) throws Exception {
    var host = new Host(new World());
    Script.Text text =
        script -> {
          try {
            return script.gatherAll(
                List.of(throwing(type), () -> script.did("a") + script.did("b")));
          } catch (GatherFailed e) {
            var held = (ScriptFailed) e.failures.get("0");
            return List.of(e.replies.get("1"), held.type, held.getCause().getClass().getName());
          }
        };

    RunResult result = host.execute(text);

    assertThat(result).isInstanceOf(RunResult.Done.class);
    assertThat(((RunResult.Done) result).value())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .startsWith("AB", type);
    assertThat(host.world.log).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NumberFormatException", "AssertionError", "StackOverflowError", "IOException"})
  void tryMakesAValueOfWhatABranchThrows(String type) throws Exception {
    var host = new Host(new World());

    RunResult result =
        host.execute(script -> {
          Attempt tried = script.<Attempt>yield(new Control.Try(new Body.Block(throwing(type))));
          return ((Attempt.Err) tried).failure().getMessage();
        });

    assertThat(((RunResult.Done) result).value()).asString().startsWith(type + ": For input");
  }

  @Test
  void whatIsHeldAndNotCaughtEndsTheRun() throws Exception {
    var host = new Host(new World());

    RunResult result =
        host.execute(
            script -> script.gatherAll(List.of(throwing("AssertionError"), () -> script.did("a"))));

    assertThat(result)
        .isInstanceOfSatisfying(
            RunResult.Failed.class,
            failed ->
                assertThat(failed.error())
                    .isInstanceOf(GatherFailed.class)
                    .hasMessageContaining("0: AssertionError: For input"));
    assertThat(host.world.log).containsExactly("a");
  }
}
