package conductor.script.java;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the Java compiler says of itself when it breaks. */
class CompilerNoiseTest {

  /** S3: a Tab printed the compiler's stack over what was being typed. */
  @Test
  void whatIsOnlyAskedIsUnknownWhereTheCompilerBreaks() {
    CompilerNoise.Heard<String> heard =
        CompilerNoise.during(() -> CompilerNoise.orElse("unknown", CompilerNoiseTest::broken));

    assertThat(heard.value()).isEqualTo("unknown");
    assertThat(heard.noise()).isEmpty();
    assertThat(CompilerNoise.orElse("unknown", () -> "known")).isEqualTo("known");
  }

  private static String broken() {
    System.err.println("java.lang.AssertionError: isSubClass");
    throw new AssertionError("isSubClass");
  }
}
