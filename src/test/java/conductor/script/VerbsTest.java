package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Vocabulary;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The verbs of scripts are the effects there are. */
class VerbsTest {

  @Test
  void thereIsAVerbForEachEffectAndControlAndNoOther() {
    var verbs =
        Arrays.stream(Verbs.class.getDeclaredMethods())
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
