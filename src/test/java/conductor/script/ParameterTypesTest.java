package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.workflow.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter is of its declared type, given or by default (A57). */
class ParameterTypesTest {

  private static Object run(String file, String text, Map<String, ?> params) throws Throwable {
    return Language.compile(file, text, Library.of(List.of()))
        .program(params, null)
        .run(new Recorder());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Duration | '5s' | 1h | java.time.Duration",
        "double | 1 | 2 | java.lang.Double",
        "float | 1 | 2 | java.lang.Float",
        "BigDecimal | 2 | 3 | java.math.BigDecimal",
        "long | 3 | 4 | java.lang.Long",
        "int | '3' | 4 | java.lang.Integer",
        "boolean | 'true' | false | java.lang.Boolean",
        "String | \"a${1}\" | b | java.lang.String",
        "Path | 'src' | lib | sun.nio.fs.UnixPath",
        "java.time.DayOfWeek | 'MONDAY' | FRIDAY | java.time.DayOfWeek",
        "java.time.DayOfWeek | java.time.DayOfWeek.MONDAY | FRIDAY | java.time.DayOfWeek",
      })
  void inGroovy(String type, String value, String given, String expected) throws Throwable {
    String text = "@Param('x') %s p = %s\nreturn p.getClass().name".formatted(type, value);

    assertThat(run("flow.groovy", text, Map.of())).isEqualTo(expected);
    assertThat(run("flow.groovy", text, Map.of("p", given))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Duration | \"5s\" | 1h | java.time.Duration",
        "Duration | Duration.ofSeconds(5) | 1h | java.time.Duration",
        "float | 1 | 2 | java.lang.Float",
        "Double | 1 | 2 | java.lang.Double",
        "DayOfWeek | DayOfWeek.MONDAY | FRIDAY | java.time.DayOfWeek",
      })
  void inJava(String type, String value, String given, String expected) throws Throwable {
    String text =
        "@Param(\"x\") %s p = %s;\n((Object) p).getClass().getName()".formatted(type, value);

    assertThat(run("flow.jsh", text, Map.of())).isEqualTo(expected);
    assertThat(run("flow.jsh", text, Map.of("p", given))).isEqualTo(expected);
  }

  @Test
  void aScriptsOwnTypeMayBeCalledPath() throws Throwable {
    assertThat(
            run("flow.groovy", "record Path(int steps) {}\nreturn new Path(3).steps()", Map.of()))
        .isEqualTo(3);
  }

  @Test
  void aDefaultOfAnotherTypeIsAnError() {
    assertThatThrownBy(() -> run("flow.groovy", "@Param('x') int p = 'many'\np", Map.of()))
        .hasMessage("the parameter 'p' must be int, found many (String)");
  }
}
