package conductor.cli.doctor;

import conductor.cli.Console;
import java.util.List;

/**
 * The result of one check, and an object of {@code --json}.
 *
 * @param what what was checked, in a word
 */
public record CheckResult(String what, Health health, boolean ok, String detail) {

  /** How bad it is. */
  public enum Health {
    OK,
    /** Nothing is wrong, but the user may want to act. */
    NOTE,
    WRONG
  }

  static CheckResult ok(String what, String detail) {
    return new CheckResult(what, Health.OK, true, detail);
  }

  static CheckResult note(String what, String detail) {
    return new CheckResult(what, Health.NOTE, true, detail);
  }

  static CheckResult wrong(String what, String detail) {
    return new CheckResult(what, Health.WRONG, false, detail);
  }

  /** Returns a note for each text, or an {@code ok} with another text when there are none. */
  static List<CheckResult> notes(String what, List<String> notes, String none) {
    return notes.isEmpty()
        ? List.of(ok(what, none))
        : notes.stream().map(detail -> note(what, detail)).toList();
  }

  /** Returns the line for people. */
  public String line(Console console) {
    String mark =
        switch (health) {
          case OK -> console.green("ok");
          case NOTE -> console.yellow("--");
          case WRONG -> console.red("!!");
        };
    return "%s %-10s %s".formatted(mark, what, detail);
  }
}
