package conductor.effect.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import conductor.effect.AgentRef;
import conductor.effect.Control;
import conductor.effect.Effect;
import conductor.effect.Families;
import conductor.effect.HandlerFailed;
import conductor.effect.Place;
import conductor.effect.Program;
import conductor.effect.SessionEffect;
import conductor.effect.WorktreeEnv;
import conductor.engine.RunResult;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Redactor;
import conductor.plan.Planner;
import conductor.script.Library;
import conductor.script.Recorder;
import conductor.script.java.JavaEffects;
import conductor.simulation.Stubs;
import conductor.simulation.TypicalHandler;
import conductor.workflow.Language;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All that conductor knows of an effect is there for each of them: what a new effect lacks fails
 * here, if it compiles.
 */
class EveryEffectTest {

  /** What examples use without saying where it comes from. */
  private static final Map<String, String> USED =
      Map.of(
          "env", "def env = yield CreateWorktree()",
          "impl", "def impl = yield CreateWorktree()",
          "tests", "def tests = yield CreateWorktree()",
          "pr", "def pr = yield GetPR('#1')",
          "helper", "def helper = yield SpawnAgent(yield(CreateWorktree()), 'Help')");

  @TempDir private Path temp;

  static Collection<Signature> effects() {
    return Vocabulary.standard().signatures();
  }

  @Test
  void everyFamilyIsInTheListOfFamilies() {
    List<String> sealed =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(Effect.class.getPackageName())
                .stream()
                .filter(type -> type.isInterface() && type.isAssignableTo(Effect.class))
                .map(JavaClass::getName)
                .toList();

    assertThat(sealed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Families.ofScripts().stream(),
                    Stream.of(Effect.class, Control.class, SessionEffect.class))
                .map(Class::getName)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("effects")
  void theJournalHoldsIt(Signature effect) throws Exception {
    var codec = new Codec(new Blobs(temp), Redactor.none());

    for (boolean all : List.of(true, false)) {
      Effect<?> asked = SampleEffects.of(effect, all);
      assertThat(codec.decodeEffect(effect.name(), codec.encodeArguments(asked))).isEqualTo(asked);
    }
  }

  @ParameterizedTest
  @MethodSource("effects")
  void groovyHasAWordForIt(Signature effect) throws Throwable {
    for (boolean all : List.of(true, false)) {
      var recorder = new Recorder();
      perform(effect, all, recorder);
      assertThat(recorder.effects).last().isEqualTo(SampleEffects.of(effect, all));
    }
  }

  private static void perform(Signature effect, boolean all, Recorder recorder) throws Throwable {
    try {
      script(effect, all).run(recorder);
    } catch (HandlerFailed answered) {
      assertThat(answered).hasMessageContaining(effect.name());
    }
  }

  private static Program script(Signature effect, boolean all) {
    Map<String, Object> arguments = SampleEffects.arguments(effect, all);
    String given =
        arguments.keySet().stream()
            .map(name -> "'%s': given['%s']".formatted(name, name))
            .collect(Collectors.joining(", "));
    return Language.compile(
            "it.groovy",
            "@Param('given') Map given\nreturn yield %s(%s)".formatted(effect.name(), given),
            Library.of(List.of()))
        .program(Map.of("given", arguments), null);
  }

  @ParameterizedTest
  @MethodSource("effects")
  void javaHasAWordForItAndAMethodForWhatMayBeLeftOut(Signature effect) {
    assertThat(JavaEffects.class.getMethods())
        .as("write JavaEffects anew: mvn -q test -Dtest=ReferenceTest -Dgolden.write=true")
        .anyMatch(
            word -> word.getName().equals(effect.name()) && word.getReturnType() == effect.type());
    for (RecordComponent component : effect.type().getRecordComponents()) {
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        assertThat(isWithMethod(effect.type(), component))
            .as("%s needs a with method for %s", effect.name(), component.getName())
            .isTrue();
      }
    }
  }

  private static boolean isWithMethod(Class<?> type, RecordComponent component) {
    String name = component.getName();
    String with = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return Arrays.stream(type.getMethods())
        .anyMatch(method ->
            method.getName().equals(with)
                && method.getReturnType() == type
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0] == component.getType());
  }

  @ParameterizedTest
  @MethodSource("effects")
  void itSaysWhereItActsAndWhetherThatIsKept(Signature effect) throws Exception {
    for (RecordComponent argument : effect.type().getRecordComponents()) {
      assertThat(argument.isAnnotationPresent(Place.class))
          .as("whether '%s' of %s has the mark @Place", argument.getName(), effect.name())
          .isEqualTo(isPlace(argument.getGenericType()));
    }
    List<Type> kept =
        Arrays.stream(effect.type().getRecordComponents())
            .filter(argument ->
                argument.isAnnotationPresent(Place.class)
                    && argument.getAnnotation(Place.class).kept())
            .map(RecordComponent::getGenericType)
            .toList();
    assertThat(ActedOnWorktrees.kept(SampleEffects.of(effect, true))).hasSameSizeAs(kept);
  }

  private static boolean isPlace(Type type) {
    return type.getTypeName().contains(WorktreeEnv.class.getName())
        || type.getTypeName().contains(AgentRef.class.getName());
  }

  @ParameterizedTest
  @MethodSource("effects")
  void aPlanAnswersItWithAReplyOfItsType(Signature effect) throws Exception {
    var typical = new TypicalHandler("flow", "main", Stubs.none(), _ -> null, Instant.EPOCH);
    RunResult result =
        new Planner(typical, 9, new AtomicInteger(), temp)
            .plan(script(effect, true), List::of)
            .result();

    assertThat(result).isInstanceOf(RunResult.Done.class);
    Object reply = ((RunResult.Done) result).value();
    assertThatCode(() -> effect.answer(reply)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("effects")
  void itIsDocumentedAndItsExampleCompiles(Signature effect) {
    assertThat(effect.about()).as("what @About says of %s", effect.name()).isNotBlank();
    assertThat(effect.parameters())
        .as("what @About says of the arguments of %s", effect.name())
        .allMatch(parameter -> !parameter.about().isBlank());
    assertThat(effect.example())
        .as("the example of %s", effect.name())
        .contains("yield " + effect.name() + "(");
    String example = effect.example();
    String before =
        USED.entrySet().stream()
            .filter(used -> isUsed(used.getKey(), example))
            .map(used -> used.getValue() + "\n")
            .collect(Collectors.joining());
    assertThatCode(() -> Language.compile("it.groovy", before + example, Library.of(List.of())))
        .doesNotThrowAnyException();
  }

  private static boolean isUsed(String name, String example) {
    String code = example.replaceAll("'[^']*'", "''");
    return Pattern.compile("\\b" + name + "\\b(?!:| =)").matcher(code).find();
  }
}
