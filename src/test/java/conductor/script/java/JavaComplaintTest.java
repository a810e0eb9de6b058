package conductor.script.java;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Complaints as the compiler makes them are in JavaWorkflowTest and JavaSessionTest. */
class JavaComplaintTest {

  /** S18. */
  @Test
  void aNameIsNoHintForItself() {
    assertThat(
            JavaComplaint.of(
                "cannot find symbol\n  symbol:   class A\n  location: class ", Set.of("A")))
        .isEqualTo("unknown class 'A'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          method Exex(java.lang.String)~  location: class  | unknown effect 'Exex' - did you mean 'Exec'?
          method perfrm(conductor.effect.Effect)           | unknown method 'perfrm' - did you mean 'perform'?
          variable rond                                    | unknown name 'rond' - did you mean 'round'?
          class Thing                                      | unknown class 'Thing'
          method text()~location: variable made of type conductor.effect.Issue | Issue has no method 'text'
          variable foo~location: class conductor.effect.Issue | Issue has no field 'foo'
          """)
  void whatIsUnknownIsNamed(String symbol, String told) {
    String said = "cannot find symbol\n  symbol:   " + symbol.replace('~', '\n');

    assertThat(JavaComplaint.of(said, Set.of("round"))).isEqualTo(told);
  }

  @Test
  void whatIsGivenStandsBesideWhatIsTaken() {
    String said =
        """
        method Status in class conductor.script.java.JavaEffects cannot be applied to given types;
          required: java.lang.String
          found:    java.lang.String,int
          reason: actual and formal argument lists differ in length\
        """;

    assertThat(JavaComplaint.of(said, Set.of()))
        .isEqualTo("Status takes (String), not (String, int)");
    assertThat(
            JavaComplaint.of(said.replaceFirst("required: .*", "required: no arguments"), Set.of()))
        .isEqualTo("Status takes (), not (String, int)");
  }

  @Test
  void typesStandWithoutTheirPackages() {
    assertThat(
            JavaComplaint.of(
                "incompatible types: java.lang.String cannot be converted to int", Set.of()))
        .isEqualTo("incompatible types: String cannot be converted to int");
  }
}
