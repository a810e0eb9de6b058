package conductor.cli.doctor;

import conductor.cli.Console;
import java.util.List;

/**
 * The result of one check.
 *
 * @param what what was checked, in a word
 */
record CheckResult(String what, Health health, String detail) {

  /** The severity of a result. */
  enum Health {
    OK,
    /** Nothing is wrong, but the user may want to act. */
    NOTE,
    WRONG
  }

  static CheckResult ok(String what, String detail) {
    return new CheckResult(what, Health.OK, detail);
  }

  static CheckResult note(String what, String detail) {
    return new CheckResult(what, Health.NOTE, detail);
  }

  static CheckResult wrong(String what, String detail) {
    return new CheckResult(what, Health.WRONG, detail);
  }

  /** Returns a note for each text, or an {@code ok} with another text when there are none. */
  static List<CheckResult> notes(String what, List<String> notes, String none) {
    return notes.isEmpty()
        ? List.of(ok(what, none))
        : notes.stream().map(detail -> note(what, detail)).toList();
  }

  String line(Console console) {
    String mark =
        switch (health) {
          case OK -> console.green("ok");
          case NOTE -> console.yellow("--");
          case WRONG -> console.red("!!");
        };
    return "%s %-10s %s".formatted(mark, what, detail);
  }
}
