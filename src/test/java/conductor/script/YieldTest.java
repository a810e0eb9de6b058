package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.workflow.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code yield} works wherever an expression may stand, and stays what it was elsewhere. */
class YieldTest {

  private static Object run(String text) throws Throwable {
    return Language.compile("it.groovy", text, Library.of(List.of()))
        .program(Map.of(), null)
        .run(new Recorder());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "return yield Get('1') | 1",
        "yield Get('1') | 1",
        "yield(Get('1')) | 1",
        "def x = yield Get('1'); x | 1",
        "[yield Get('1'), yield Get('2')] | [1, 2]",
        "[k: yield Get('1')] | {k=1}",
        "def foo(a, b) { [a, b] }; foo(1, yield Get('2')) | [1, 2]",
        "def foo(Map m) { m.k }; foo(k: yield Get('2')) | 2",
        "true ? yield Get('1') : 2 | 1",
        "false ? 1 : yield Get('2') | 2",
        "1 + yield Get('1') | 2",
        "!yield Get('true') | false",
        "null ?: yield Get('1') | 1",
        "def s = 0; for (i in yield Get('list')) { s += i }; s | 6",
        "assert yield Get('true'); 7 | 7",
        "try { throw yield Get('error') } catch (IllegalStateException e) { e.message } | thrown",
        "yield([Get('1'), Get('2')]) | [1, 2]",
        "yield [Get('1'), Get('2')] | [1, 2]",
        "yield [a: Get('1'), b: Get('2')] | {a=1, b=2}",
        "def x = switch (1) { case 1 -> yield Get('5'); default -> 0 }; x | 5",
        "def x = switch (1) { case 1 -> { def y = 1; yield Get('5') }; default -> 0 }; x | 5",
        "def x = switch (1) { case 1 -> { if (true) { yield Get('6') } else { yield Get('7') } }; default -> 0 }; x | 6",
        "def x = switch (1) { case 1 -> { yield Get('5'); yield 9 }; default -> 0 }; x | 9",
        "def x = switch (2) { case 1 -> 5; default -> yield Get('8') }; x | 8",
        "def c = { yield Get('4') }; c() | 4",
        "def m() { yield Get('4') }; m() | 4",
        "class A { def m() { yield Get('4') } }; new A().m() | 4",
        "class A { static m() { yield Get('4') } }; A.m() | 4",
        "\"a${yield Get('4')}b\".toString() | a4b",
        "yield Get('abc').length() | 3",
        "(yield Get('abc')).length() | 3",
        "yield Get('list')[0] | 1",
        "yield Get('3') == 3 | true",
        "yield Get('3') * 2 + 1 | 7",
        "yield Get('map').k | v",
        "yield Get('map')?.k | v",
        "perform(Get('1')) | 1",
        "perform(Get('abc')).length() | 3",
        "def e = Get('2'); yield e | 2",
        "def e = [g: Get('2')]; yield e.g | 2",
        "yield CreateWorktree(name: 'x').branch | conductor/x",
        "yield CreateWorktree(base_branch: 'dev').base_branch | dev",
        "yield CreateWorktree(baseBranch: 'dev').baseBranch | dev",
        "def (a, b) = yield Gather([Get('1'), Get('2')]); a + b | 3",
        "yield Gather(a: Get('1'), b: { yield Get('2') }) | {a=1, b=2}",
        "yield Gather([1, 2].collect { n -> { -> yield Get(\"${n}\") } }) | [1, 2]",
        "yield Gather([1, 2].collect { Get(\"${it}\") }) | [1, 2]",
        "println yield Get('1'); 3 | 3",
        "def foo(x) { x }; foo yield Get('9') | 9",
        "if (yield Get('true')) { 1 } else { 2 } | 1",
        "def n = 0; while (n < 3 && yield Get('true')) { n++ }; n | 3",
        "(yield Get('5')) as String | 5",
        "yield Get('5') as String | 5",
        "[yield: 1].yield | 1",
        "def foo(Map m) { m.yield }; foo(yield: 4) | 4",
        "def yield = 4; yield + 1 | 5",
        "def o = [yield: { it }]; o.yield(3) | 3",
        "'yield X()' | yield X()",
        "/* yield X() */ 1 | 1",
        "def perform(x) { 'mine' }; yield Get('1') | 1",
      })
  void givesTheReply(String text, String expected) throws Throwable {
    Object value = run(text);
    assertThat(value instanceof Map<?, ?> map ? map.toString().replace(':', '=') : "" + value)
        .isEqualTo(expected);
  }

  @Test
  void theOperandMayStandOnTheNextLine() throws Throwable {
    assertThat(run("def x = yield\n  Get('2')\nx")).isEqualTo(2);
  }

  @Test
  void allPositionsInOneScript() throws Throwable {
    String text =
        """
        def twice(a, b = 0) { a * 2 + b }
        class Box { def value() { yield Get('4') } }
        def list = [yield Get('1'), yield Get('2')]
        def total = 0
        for (i in yield Get('list')) total += i
        def pick = (yield Get('true')) ? yield Get('10') : 2
        def chosen = switch (pick) {
          case 10 -> yield Get('7')
          default -> 0
        }
        assert yield Get('true')
        def late = null ?: yield Get('3')
        def text = "n=${yield Get('5')}"
        return [list, total, pick, chosen, late, text as String, twice(1, yield Get('2')), new Box().value(),
          !yield Get('false'), 1 + yield Get('1')]
        """;

    assertThat(run(text).toString()).isEqualTo("[[1, 2], 6, 10, 7, 3, n=5, 4, 4, true, 2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yield Get 'x' | it.groovy:1:1: the arguments of 'Get' need parentheses",
        "yield !Get('x') | it.groovy:1:1: yield takes an effect; to negate",
        "def x = yield { 1 } | it.groovy:1:9: yield takes an effect, not a block",
      })
  void saysWhatIsWrongWithAYieldThatCannotBeRead(String text, String message) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aSyntaxErrorBehindAYieldHasTheUsersColumn() {
    assertThatThrownBy(() -> run("def a = [yield Get('1'), yield Get('2')]; def b = = 3"))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith("it.groovy:1:51:");
  }
}
