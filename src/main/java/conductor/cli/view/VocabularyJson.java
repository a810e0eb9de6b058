package conductor.cli.view;

import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.DataType;
import conductor.effect.vocabulary.Signature;
import java.util.List;

/** The objects of JSON that describe effects, controls, replies and failures. */
public final class VocabularyJson {

  private VocabularyJson() {}

  /**
   * An effect.
   *
   * @param reply the name of the reply's type
   * @param origin the file that defines it; {@code built-in} for none
   */
  private record Effect(
      String name,
      String kind,
      String about,
      List<Parameter> parameters,
      String reply,
      String example,
      String origin) {}

  private record Parameter(String name, String type, boolean required, String about) {}

  private record Control(
      String name, String kind, String shape, String reply, String about, String example) {}

  /**
   * A reply or a failure.
   *
   * @param kind {@code reply} or {@code failure}
   */
  private record Data(String name, String kind, List<Field> fields) {}

  private record Field(String name, String type, boolean nullable) {}

  public static Object of(Signature effect, String origin) {
    return new Effect(
        effect.name(),
        "effect",
        effect.about(),
        effect.parameters().stream()
            .map(parameter ->
                new Parameter(
                    parameter.name(),
                    parameter.typeName(),
                    parameter.required(),
                    parameter.about()))
            .toList(),
        effect.reply(),
        effect.example(),
        origin);
  }

  public static Object of(ControlForm control) {
    return new Control(
        control.name(),
        "control",
        control.shape(),
        control.reply(),
        control.about(),
        control.example());
  }

  public static Object of(DataType type) {
    return new Data(
        type.name(),
        type.isFailure() ? "failure" : "reply",
        type.fields().stream()
            .map(field -> new Field(field.name(), field.typeName(), field.nullable()))
            .toList());
  }
}
