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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The verbs of scripts are the effects there are. */
class GroovyEffectsTest {

  @Test
  void aTextBeforeTheEnvIsTheTypeHoweverTheEnvIsGiven() {
    var env =
        new WorktreeEnv("e", Path.of("/w"), "b", null, null, "", null, Path.of("/"), Instant.EPOCH);

    for (Effect<?> effect :
        List.of(
            GroovyEffects.RunAgent("codex", env, "p"),
            GroovyEffects.RunAgent(Map.of("env", env, "prompt", "p"), "codex"),
            GroovyEffects.RunAgent(Map.of("prompt", "p"), "codex", env))) {
      assertThat(((AgentEffect.RunAgent) effect).type()).isEqualTo("codex");
      assertThat(((AgentEffect.RunAgent) effect).env()).isEqualTo(env);
    }
  }

  @Test
  void thereIsAVerbForEachEffectAndControlAndNoOther() {
    var verbs =
        Arrays.stream(GroovyEffects.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .distinct();

    assertThat(verbs)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Vocabulary.standard().names().stream(), Vocabulary.controls().stream())
                .distinct()
                .toList());
  }
}
