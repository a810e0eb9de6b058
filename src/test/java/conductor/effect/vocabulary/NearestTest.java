package conductor.effect.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a misspelt name was meant to be. */
class NearestTest {

  /** S20. */
  @ParameterizedTest
  @CsvSource({
    "Exce, Exec",
    "xEec, Exec",
    "Exe, Exec",
    "Gte, Get",
    "exec, Exec",
    "Sleep, Sleep",
    "Slepe, Sleep"
  })
  void lettersInTheWrongOrderAreOneMistake(String given, String meant) {
    assertThat(Nearest.to(given, List.of("Sleep", "Exec", "Get"))).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"cexE", "Ex", "x", "Banana"})
  void whatIsFarFromAllIsNone(String given) {
    assertThat(Nearest.to(given, List.of("Sleep", "Exec"))).isEmpty();
  }
}
