package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.BadArguments;
import conductor.effect.Control;
import conductor.effect.HandlerFailed;
import conductor.effect.HandlingFailure;
import conductor.effect.Own;
import conductor.script.Library;
import conductor.script.Recorder;
import conductor.script.ScriptErrors;
import conductor.script.Workflow;
import conductor.workflow.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts define effects of their own, as good as the built-in ones. */
class OwnEffectsTest {

  private final Recorder recorder = new Recorder();

  private Object run(String text, Path... effects) throws Throwable {
    return Language.compile("it.groovy", text, new Library(List.of(), List.of(effects)))
        .program(Map.of(), null)
        .run(recorder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@Effect('x') String Hi(String who, int times = 2) { \"$who$times\" }; yield Hi('a') | a2",
        "@Effect('x') String Hi(String who, int times = 2) { \"$who$times\" }; yield Hi(who: 'a', times: 3) | a3",
        "@Effect('x') String Hi(String a = 'p', String b = 'q') { a + b }; yield Hi(b: 'z') | pz",
        "@Effect('x') String Hi(String a = 'p', String b = 'q') { a + b }; yield Hi('k', b: 'z') | kz",
        "@Effect('x') def Twice(String key) { (yield Get(key)) * 2 }; yield Twice('4') | 8",
        "@Effect('x') def One() { 1 }; (yield One()) + (yield One()) | 2",
        "@Effect('x') def One() { 1 }; yield Gather([One(), { yield One() }]) | [1, 1]",
        "@Effect('x') def One() { 1 }; class A { static m() { yield One() } }; A.m() | 1",
        "@Effect('x') def One() { 1 }; def c = { yield One() }; [1].collect { c() + (yield One()) } | [2]",
        "@Effect('x') void Say(String s) { 'dropped' }; yield Say('a') | null",
        "@Effect('x') List<String> Words(String s) { s.tokenize() }; (yield Words('a b')).size() | 2",
        "@Param int n = 3; @Effect('x') def N() { n }; yield N() | 3",
        "@Effect('x') String Null() { null }; yield Null() | null",
        "@Effect('x') def V(Map m, Map n = [:]) { [m, n] }; yield V(m: [a: 1]) | [{a=1}, {}]",
        "@Effect('x') def One(int a) { a }; handling(One: { e, perform -> perform(e) + e.a }) { yield One(4) } | 8",
        "@Effect('x') def One(int a) { a }; handling(One: { e, p -> p(One(9)) }) { yield One(4) } | 9",
        "@Effect('x') def Two(String k) { yield Get(k) }; handling(Get: { e, p -> 'h' + p(e) }) { yield Two('v') } | hv",
      })
  void anOwnEffectIsPerformedByItsHandler(String text, String value) throws Throwable {
    assertThat(String.valueOf(run(text))).isEqualTo(value);
  }

  @Test
  void itsValueHoldsEveryArgument() throws Throwable {
    run("@Effect('x') def Hi(String who, int times = 2, List tags = null) { 1 }; yield Hi('me')");

    assertThat(recorder.effects.getFirst())
        .isInstanceOfSatisfying(
            Control.Handled.class,
            handled -> {
              assertThat(handled.effect()).isInstanceOf(Own.class);
              assertThat(handled.effect()).hasToString("Hi{who=me, times=2, tags=null}");
            });
  }

  @Test
  void anIllTypedArgumentIsToldWithTheSignature() {
    assertThatThrownBy(
            () -> run("@Effect('x') def Hi(int times) { 1 }; def n = 'two'; yield Hi(n)"))
        .isInstanceOf(BadArguments.class)
        .hasMessage("Hi's 'times' must be Integer, found two (String); signature: Hi(times)");
  }

  @Test
  void aHandlersReplyIsOfTheDeclaredType() {
    assertThatThrownBy(() -> run("@Effect('x') int Hi() { 'many' }; yield Hi()"))
        .isInstanceOf(HandlingFailure.WrongReply.class)
        .hasMessage("the handler of Hi must answer with Integer, found many (String)");
  }

  @Test
  void anEffectThatPerformsItselfForEverIsATypedFailure() {
    assertThatThrownBy(() -> run("@Effect('x') def Hi() { yield Hi() }; yield Hi()"))
        .isInstanceOf(HandlingFailure.EndlessHandling.class)
        .hasMessageStartingWith("the handlers of Hi performed effects");
  }

  @Test
  void aHandlerThatThrowsIsATypedFailure() {
    assertThatThrownBy(() -> run("@Effect('x') def Hi() { null.foo }; yield Hi()"))
        .isInstanceOf(HandlerFailed.class)
        .hasMessageStartingWith(
            "Hi could not be performed: its handler threw NullPointerException");
    assertThatThrownBy(() -> run("@Effect('x') def Hi() { assert 1 == 2 }; yield Hi()"))
        .isInstanceOf(HandlerFailed.class);
  }

  @Test
  void aFileMayDefineEffectsForAllScripts(@TempDir Path dir) throws Throwable {
    Path mine = dir.resolve("get.groovy"); // of the name of a variable
    Files.writeString(
        mine,
        """
        /** Effects of this project. */
        @Effect(value = 'Doubles.', example = "def n = yield Doubled('4')")
        int Doubled(@Param('what to look up') String key) { (yield Get(key)) * helper() }

        int helper() { 2 }
        """);
    Path other = dir.resolve("other.groovy");
    Files.writeString(
        other, "@Effect('Twice that.') int Quadrupled(String key) { (yield Doubled(key)) * 2 }");

    assertThat(run("def get = 1; get + (yield Quadrupled('4'))", mine, other)).isEqualTo(17);

    Workflow workflow =
        Language.compile(
            "it.groovy", "yield Quadrupled('4')", new Library(List.of(), List.of(mine, other)));
    assertThat(workflow.vocabulary().signature("Doubled"))
        .hasValueSatisfying(signature -> {
          assertThat(signature.about()).isEqualTo("Doubles.");
          assertThat(signature.example()).isEqualTo("def n = yield Doubled('4')");
          assertThat(signature.reply()).isEqualTo("Integer");
          assertThat(signature.parameters().getFirst().about()).isEqualTo("what to look up");
        });
    assertThat(workflow.needs().effects())
        .containsExactlyInAnyOrder("Quadrupled", "Doubled", "Get");
    assertThat(workflow.loaded()).isEmpty();
  }

  @Test
  void effectsThatNobodyMentionsNeedNothing(@TempDir Path dir) throws Throwable {
    Path file = dir.resolve("e.groovy");
    Files.writeString(
        file, "@Effect('x') def Fix(WorktreeEnv env) { yield RunAgent(env, 'fix it') }");
    var library = new Library(List.of(), List.of(file));

    assertThat(Language.compile("it.groovy", "1", library).needs().defaultAgent()).isFalse();
    assertThat(Language.compile("it.groovy", "yield Fix(null)", library).needs().defaultAgent())
        .isTrue();
  }

  @Test
  void aFileOfEffectsDoesNothingItself(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("e.groovy");
    Files.writeString(file, "@Effect('x') def Fix() { 1 }\nyield Fix()\n");

    assertThatThrownBy(() -> run("1", file))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith(file + ":2:1: a file of effects holds methods and classes only");
  }

  @Test
  void anErrorInAFileOfEffectsNamesIt(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("e.groovy");
    Files.writeString(file, "@Effect('x') def Fix() {\n  new Date()\n}");

    assertThatThrownBy(() -> run("1", file))
        .isInstanceOf(ScriptErrors.class)
        .hasMessageStartingWith(file + ":2:3: new Date reaches for the clock");
  }
}
