package conductor.handlers.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

  @ParameterizedTest
  @CsvSource({
    "git *, git push, true",
    "git *, gitk, false",
    "*, '', true",
    "*a*b, xaxxb, true",
    "*a*b, xaxxbx, false",
    "a?c, a?c, true",
    "a?c, abc, false",
    "a.c, abc, false",
  })
  void aStarStandsForAnyTextAndAllElseForItself(String pattern, String text, boolean fits) {
    assertThat(Wildcard.of(pattern).matches(text)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({"gl?b, glob, true", "gl?b, glb, false", "?*, x, true", "?*, '', false"})
  void aMarkStandsForOneCharacterWhereItIsSaidTo(String pattern, String text, boolean fits) {
    assertThat(Wildcard.withMarks(pattern).matches(text)).isEqualTo(fits);
  }

  @Test
  void whatIsUnknownFitsAStarOnlyAndMayFitAll() {
    String text = "git " + Wildcard.UNKNOWN;
    assertThat(Wildcard.of("git *").matches(text)).isTrue();
    assertThat(Wildcard.of("git push").matches(text)).isFalse();
    assertThat(Wildcard.of("git push").mayMatch(text)).isTrue();
    assertThat(Wildcard.of("rm *").mayMatch(text)).isFalse();
  }
}
