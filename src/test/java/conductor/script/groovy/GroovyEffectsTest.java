package conductor.script.groovy;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.AgentEffect;
import conductor.effect.Effect;
import conductor.effect.WorktreeEnv;
import conductor.effect.vocabulary.Vocabulary;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verbs of scripts are the effects there are. */
class GroovyEffectsTest {

  @Test
  void aTextBeforeTheEnvIsTheTypeHoweverTheEnvIsGiven() {
    var env =
        new WorktreeEnv(
            "e", Path.of("/w"), "b", null, null, "", null, Path.of("/"), Instant.EPOCH, null, null);

    for (Effect<?> effect :
        List.of(
            runAgent("codex", env, "p"),
            runAgent(Map.of("env", env, "prompt", "p"), "codex"),
            runAgent(Map.of("prompt", "p"), "codex", env))) {
      assertThat(((AgentEffect.RunAgent) effect).type()).isEqualTo("codex");
      assertThat(((AgentEffect.RunAgent) effect).env()).isEqualTo(env);
    }
  }

  private static Effect<?> runAgent(Object... arguments) {
    return GroovyEffects.make("RunAgent", arguments);
  }

  @Test
  void thereIsAVerbForEachEffectAndControlAndNoOther() {
    assertThat(verbs(GroovyWords.TYPE))
        .containsExactlyInAnyOrderElementsOf(Vocabulary.standard().names());
    assertThat(verbs(GroovyEffects.class))
        .containsExactlyInAnyOrderElementsOf(Vocabulary.controls());
  }

  private static List<String> verbs(Class<?> of) {
    return Arrays.stream(of.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .toList();
  }
}
