package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import conductor.effect.BadArguments;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.HandlerFailed;
import conductor.effect.HandlingFailure;
import conductor.effect.Program;
import conductor.effect.RunEffect;
import conductor.workflow.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts answer effects for a block: the innermost first, {@code perform} goes outwards. */
class HandlingTest {

  private final Recorder recorder = new Recorder();

  private Object run(String text) throws Throwable {
    return Language.compile("it.groovy", text, Library.of(List.of()))
        .program(Map.of(), null)
        .run(recorder);
  }

  private List<String> native_() {
    return recorder.effects.stream()
        .filter(effect -> !(effect instanceof Control))
        .map(Effect::toString)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "handling(Get: { e, perform -> 'mine' }) { yield Get('1') } | mine",
        "handling(Get: { e -> e.key + '!' }) { yield Get('1') } | 1!",
        "handling(Get: { -> 7 }) { yield Get('1') } | 7",
        "handling(Get: { e, perform -> perform(e) + 1 }) { yield Get('1') } | 2",
        "handling(Get: { e, perform -> perform() + 1 }) { yield Get('1') } | 2",
        "handling(Get: { e, perform -> perform(Get('5')) }) { yield Get('1') } | 5",
        "handling(Get: { e, perform -> (yield e) + 1 }) { yield Get('1') } | 2",
        "handling(Get: { e, p -> p(e) + 'o' }) { handling(Get: { e, p -> p(e) + 'i' }) { yield Get('x') } } | xoi",
        "handling(Get: { e, p -> 'o' }) { handling(Put: { e, p -> yield Get('x') }) { yield Put('k', 1) } } | null",
        "def h = handling(Get: { e, p -> 'in' }) { yield Get('x') }; h + (yield Get('out')) | inout",
        "handling(Get: { e, p -> p(e) + 1 }) { yield Gather([Get('1'), { yield Get('2') }]) } | [2, 3]",
        "handling(Get: { e, p -> p(e) + 1 }) { yield [a: Get('1')] } | {a=2}",
        "handling(Get: { e, p -> p(e) + 1 }) { yield Gather(x: Gather([Get('1')])) } | {x=[2]}",
        "class A { static m() { yield Get('4') } }; handling(Get: { e, p -> p(e) * 2 }) { A.m() } | 8",
        "handling(Sleep: { e, p -> 'ignored' }) { yield Sleep('1h') } | null",
        "try { handling(Get: { e, p -> 'x' }) { throw new Exception('y') } } catch (e) { e.message + (yield Get('z')) } | yz",
      })
  void aHandlerAnswersForItsBlock(String text, String value) throws Throwable {
    assertThat(String.valueOf(run(text))).isEqualTo(value);
  }

  @Test
  void whatAHandlerYieldsGoesToTheNextOneOut() throws Throwable {
    run(
        """
        handling(Put: { effect, perform -> yield Status("put ${effect.key}"); perform(effect) }) {
          handling(Put: { effect, perform -> perform(Put(effect.key + 'x', 1)) }) { yield Put('k', 0) }
        }
        """);

    assertThat(native_())
        .containsExactly(
            "Status[text=put kx, detail=null, done=null, total=null]", "Put[key=kx, value=1]");
  }

  @Test
  void theHandledEffectKnowsItsPlaceAndTheHandlerToo() throws Throwable {
    run("handling(Get: { e, perform ->\n perform(e)\n}) {\n yield Get('1')\n}");

    assertThat(recorder.effects.getFirst()).isInstanceOf(Control.Handled.class);
    assertThat(recorder.effects.getFirst().kind()).isEqualTo("Get");
    assertThat(recorder.sites.getFirst()).hasToString("it.groovy:4");
    assertThat(recorder.effects.get(1)).isEqualTo(new RunEffect.Get("1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "handling(Now: { e, p -> 'noon' }) { yield Now() } | the handler of Now must answer with Instant, found noon (String)",
        "handling(Exec: { e, p -> null }) { yield Exec('x') } | the handler of Exec must answer with ExecResult, found null",
        "handling(Get: { e, p -> Get('y') }) { yield Get('x') } | the handler of Get must answer with Object, found the effect Get, which nobody performed: write perform(...)",
      })
  void anAnswerOfTheWrongTypeIsATypedFailure(String text, String message) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(HandlingFailure.WrongReply.class)
        .hasMessage(message);
  }

  @Test
  void aHandlerThatThrowsIsATypedFailureWithItsLine() throws Throwable {
    String text =
        "handling(Get: { e, p ->\n  throw new IllegalStateException('no')\n}) { yield Get('x') }";
    Program program =
        Language.compile("it.groovy", text, Library.of(List.of())).program(Map.of(), null);
    Throwable thrown = catchThrowable(() -> program.run(recorder));

    assertThat(thrown)
        .isInstanceOf(HandlerFailed.class)
        .hasMessage("Get could not be performed: its handler threw IllegalStateException: no");
    assertThat(program.explain(thrown)).startsWith("it.groovy:2:").contains("at it.groovy:3");
    assertThat(run("try { " + text + " } catch (HandlerFailed e) { e.effect }")).isEqualTo("Get");
  }

  @Test
  void aFailureComesThroughAHandlerAsItIs() throws Throwable {
    assertThat(
            run(
                "try { handling(Exec: { e, p -> p(e) }) { yield Exec('x') } } catch (HandlerFailed e) { e.reason }"))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "handling(Gett: { 1 }) { 2 } | it.groovy:1:10: unknown effect 'Gett' - did you mean 'Get'?",
        "handling(Gather: { 1 }) { 2 } | it.groovy:1:10: Gather shapes the run itself and has no handler",
        "@Effect('x') def Get(String key) { 1 } | it.groovy:1:1: Get is the name of a built-in effect: choose another, or handle it for a block with handling(Get: { effect, perform -> ... })",
        "@Effect('x') def Race(String key) { 1 } | it.groovy:1:1: Race is the name of a built-in effect: choose another",
        "@Effect('x') def lint(String key) { 1 } | it.groovy:1:1: the name of an effect begins with a capital letter: lint",
        "@Effect('x') def Lint(File file) { 1 } | it.groovy:1:23: 'file' of Lint is a File, which cannot be journaled",
        "@Effect('x') def Lint() { 1 }; @Effect('y') def Lint(int a) { 1 } | it.groovy:1:32: the effect Lint is defined twice",
        "class A { @Effect('x') def Lint() { 1 } } | it.groovy:1:11: an effect is defined at the top level of a script, not in a class",
        "@Effect('x') def Lint(String path) { 1 }; yield Lint(pth: 'x') | it.groovy:1:54: Lint has no parameter 'pth' - did you mean 'path'? signature: Lint(path)",
        "@Effect('x') def Lint(String path) { 1 }; yield Lint() | it.groovy:1:49: Lint needs 'path' (String); signature: Lint(path)",
        "@Effect('x') def Lint(String path) { 1 }; yield Lnt('x') | it.groovy:1:49: unknown effect 'Lnt' - did you mean 'Lint'?",
        "@Effect('x') def Lint(String path) { 1 }; Lint('x'); 3 | it.groovy:1:43: Lint is never performed: write yield Lint(...)",
      })
  void whatIsWrongIsFoundBeforeAnythingRuns(String text, String message) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith(message);
    assertThat(recorder.effects).isEmpty();
  }

  @Test
  void handlersAreClosuresByName() {
    assertThatThrownBy(() -> run("handling(Get: 3) { 2 }"))
        .isInstanceOf(BadArguments.class)
        .hasMessage("the handler of Get must be a closure { effect, perform -> ... }, found 3");
    assertThatThrownBy(() -> run("handling { 2 }"))
        .isInstanceOf(BadArguments.class)
        .hasMessageStartingWith("handling takes handlers by name and a block");
  }
}
