package conductor.cli.view;

import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.DataField;
import conductor.effect.vocabulary.DataType;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import java.util.ArrayList;
import java.util.List;

/** Generates the reference page of effects and controls from their signatures. */
public final class EffectReference {

  private EffectReference() {}

  public static List<String> page(
      List<Signature> effects, List<DataType> replies, List<DataType> failures) {
    var lines = new ArrayList<String>(List.of("# Effects", ""));
    lines.add("Made by `conductor effects --markdown`; a test keeps the two alike.");
    for (Signature effect : effects) {
      lines.addAll(List.of("", "## " + effect.name(), "", effect.about(), ""));
      if (!effect.example().isEmpty()) {
        lines.addAll(List.of("```groovy", effect.example(), "```", ""));
      }
      lines.add("Reply: `" + effect.reply() + "`");
      if (!effect.parameters().isEmpty()) {
        lines.addAll(List.of("", "| argument | type | |", "|---|---|---|"));
      }
      for (Parameter parameter : effect.parameters()) {
        lines.add(
            "| `%s` | %s | %s |".formatted(parameter, parameter.typeName(), parameter.about()));
      }
    }
    lines.addAll(List.of("", "# Control", ""));
    lines.add(
        "These shape the run itself. Branches are effects or closures, mixed as you like; what a closure returns is its"
            + " branch's reply.");
    for (ControlForm control : ControlForm.all()) {
      lines.addAll(List.of("", "## " + control.name(), "", control.about(), ""));
      lines.addAll(List.of("```groovy", control.example(), "```", ""));
      lines.add("`" + control.shape() + "`, reply: " + control.reply());
    }
    lines.addAll(List.of("", "# Replies", ""));
    lines.add(
        "A field may be read as `exit_code` or as `exitCode`; one with a question mark may be null.");
    replies.forEach(reply -> lines.addAll(data(reply)));
    lines.addAll(List.of("", "# Failures", ""));
    lines.add(
        "What `catch (ExecFailed e)` gives. Beside its fields, each has a `message`; `Failure` is the type of all.");
    failures.forEach(failure -> lines.addAll(data(failure)));
    return lines;
  }

  private static List<String> data(DataType type) {
    var lines = new ArrayList<String>(List.of("", "## " + type.name(), ""));
    if (type.fields().isEmpty()) {
      lines.add("No fields.");
      return lines;
    }
    lines.addAll(List.of("| field | type |", "|---|---|"));
    for (DataField field : type.fields()) {
      lines.add("| `%s` | %s |".formatted(field, field.typeName()));
    }
    return lines;
  }
}
