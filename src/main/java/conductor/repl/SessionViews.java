package conductor.repl;

import conductor.effect.Entered;
import conductor.effect.vocabulary.ControlForm;
import conductor.effect.vocabulary.Nearest;
import conductor.effect.vocabulary.Parameter;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.run.record.EffectView;
import conductor.run.record.RunView;
import conductor.script.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Returns what commands show of a session, line by line. */
record SessionViews(Session session, Supplier<RunView> view) {

  List<String> effects(String part) {
    var lines = new ArrayList<String>();
    String wanted = part.toLowerCase(Locale.ROOT);
    session.vocabulary().signatures().stream()
        .filter(signature -> signature.name().toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(signature -> lines.add(session.shape(signature) + " -> " + signature.reply()));
    ControlForm.all().stream()
        .filter(control -> control.name().toLowerCase(Locale.ROOT).contains(wanted))
        .forEach(control -> lines.add(control.shape() + " -> " + control.reply()));
    if (lines.isEmpty()) {
      throw new Commands.Refused(
          "no effect has '%s' in its name%s"
              .formatted(part, Nearest.hint(part, session.vocabulary().words())));
    }
    return lines;
  }

  List<String> effect(String name) {
    Vocabulary vocabulary = session.vocabulary();
    return vocabulary
        .signature(name)
        .map(this::explained)
        .or(() ->
            ControlForm.all().stream()
                .filter(control -> control.name().equals(name))
                .map(control ->
                    List.of(
                        control.shape() + " -> " + control.reply(),
                        control.about(),
                        "  " + control.example()))
                .findFirst())
        .orElseThrow(() ->
            new Commands.Refused(
                "there is no effect '%s'%s"
                    .formatted(name, Nearest.hint(name, vocabulary.words()))));
  }

  private List<String> explained(Signature effect) {
    var lines = new ArrayList<String>();
    lines.add(session.shape(effect) + " -> " + effect.reply());
    lines.add(effect.about());
    for (Parameter parameter : effect.parameters()) {
      lines.add("  %-14s %s: %s".formatted(parameter, parameter.typeName(), parameter.about()));
    }
    session.example(effect).ifPresent(example -> lines.add("  " + example));
    return lines;
  }

  List<String> variables() {
    var lines = new ArrayList<String>();
    session
        .variables()
        .forEach((name, value) ->
            lines.add(
                value == null
                    ? name + "  null"
                    : "%s  %s  %s"
                        .formatted(
                            name, value.getClass().getSimpleName(), cut(session.shown(value)))));
    return lines;
  }

  List<String> journal() {
    return view.get().effects().stream()
        .filter(effect -> !effect.effect().equals("Line"))
        .map(SessionViews::line)
        .toList();
  }

  private static String line(EffectView effect) {
    String reply = effect.reply() == null || effect.reply().isEmpty() ? "" : "  " + effect.reply();
    return "%s %s %s  %s%s"
        .formatted(
            effect.position(), effect.effect(), effect.status(), cut(effect.summary()), cut(reply));
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= 100 ? line : line.substring(0, 99) + "…";
  }

  /** Returns what was entered, numbered as in errors. */
  List<String> history() {
    var lines = new ArrayList<String>();
    int number = 0;
    for (Entered entered : session.entered()) {
      number++;
      String text = entered.file() == null ? entered.text() : "/load " + entered.file();
      lines.add("%4d  %s".formatted(number, text.replace("\n", "\n      ")));
    }
    return lines;
  }

  /** Returns the type of a variable, and its fields. */
  List<String> type(String text) {
    Map<String, @Nullable Object> variables = session.variables();
    Object value = variables.get(text);
    if (variables.containsKey(text) && value == null) {
      return List.of(text + "  null");
    }
    List<String> fields =
        session.suggest(text + ".", text.length() + 1).words().stream()
            .filter(word -> !word.word().contains("(") && !word.word().isBlank())
            .map(word -> "  %-14s %s".formatted(word.word(), word.about()))
            .toList();
    var lines = new ArrayList<String>();
    lines.add(value == null ? text : text + "  " + value.getClass().getSimpleName());
    lines.addAll(fields);
    if (value == null && fields.isEmpty()) {
      throw new Commands.Refused(
          "'%s' is no variable%s; /vars lists them"
              .formatted(text, Nearest.hint(text, List.copyOf(variables.keySet()))));
    }
    return lines;
  }
}
