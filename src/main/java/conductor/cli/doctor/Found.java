package conductor.cli.doctor;

import conductor.cli.Console;
import java.util.List;

/** One thing that {@code doctor} looked at. */
record Found(String what, Health health, String detail) {

  /** How something that was looked at stands. */
  enum Health {
    OK,
    /** Nothing is wrong, but somebody may want to do something. */
    NOTE,
    WRONG
  }

  static Found ok(String what, String detail) {
    return new Found(what, Health.OK, detail);
  }

  static Found note(String what, String detail) {
    return new Found(what, Health.NOTE, detail);
  }

  static Found wrong(String what, String detail) {
    return new Found(what, Health.WRONG, detail);
  }

  /** Notes of one kind, or one line that says there is nothing to note. */
  static List<Found> notes(String what, List<String> notes, String none) {
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
