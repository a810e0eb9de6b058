package conductor.handlers.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of foreign text a terminal gets: F20, N8. */
class ShownTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain tëxt 漢字 🙂|plain tëxt 漢字 🙂",
        "E[31mredE[0m|red",
        "E[1;38;5;9mboldE[m|bold",
        "E[2JE[Hcleared|cleared",
        "E[?1049hother screenE[?1049l|other screen",
        "E]0;titleB!|!",
        "E]0;titleE\\!|!",
        "E]52;c;abc=Bcopied|copied",
        "E]8;;http://evilE\\linkE]8;;E\\|link",
        "E]0;without an end|0;without an end",
        "E]0;one E]0;two|0;one 0;two",
        "EPq#0E\\sixel|sixel",
        "E(0letters|letters",
        "EcresetE7E8|reset",
        "E|''",
        "xE[|x",
        "xE[12|x",
        "C31mC0m|''",
        "O0;titleB!|!",
        "bellB and deleteD|bell and delete",
      })
  void nothingIsLeftThatATerminalObeys(String given, String shown) {
    String text =
        given
            .replace('E', '\u001b')
            .replace('B', '\u0007')
            .replace('C', '\u009b')
            .replace('O', '\u009d')
            .replace('D', '\u007f');
    assertThat(Shown.of(text)).isEqualTo(shown.replace("''", ""));
  }

  @Test
  void lineEndsAndTabsStay() {
    assertThat(Shown.of("a\tb\r\nc\rd\r\r\ne\n")).isEqualTo("a\tb\nc\nd\ne\n");
    assertThat(Shown.oneLine("  a \t b\r\nc  d\n")).isEqualTo("a b c  d");
  }

  @Test
  void nothingTurnsTheDirectionAround() {
    assertThat(Shown.of("a\u202eb\u202cc\u2066d\u2069e")).isEqualTo("abcde");
  }

  @Test
  void noControlCharacterIsLeftWhateverStandsBeside() {
    String all =
        IntStream.range(0, 0x2100).mapToObj(Character::toString).reduce("", String::concat);
    for (String text : new String[] {all, all + all, "\u001b" + all, "\u001b]" + all}) {
      assertThat(Shown.of(text).chars())
          .noneMatch(c -> c != '\n' && c != '\t' && Character.isISOControl(c))
          .noneMatch(c -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
    }
  }
}
