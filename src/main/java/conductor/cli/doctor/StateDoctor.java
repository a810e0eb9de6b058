package conductor.cli.doctor;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.handlers.people.Shown;
import conductor.run.execution.Problem;
import conductor.run.execution.StateCheck;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reports the problems of the state directory, and repairs them when asked to. */
record StateDoctor(Subcommand command, StateCheck check, boolean repair, boolean yes) {

  /** A line of the report, and an object of {@code --json}. */
  record Line(String file, String wrong, String advice, boolean repairable, boolean repaired) {

    static Line of(Problem problem, boolean repaired) {
      return new Line(
          problem.file().toString(),
          problem.wrong(),
          problem.advice(),
          problem.repair() != null,
          repaired);
    }

    String text(Console console) {
      String begin = wrong.contains(file) ? "" : file + ": ";
      String end = repaired ? "repaired" : advice;
      String mark = repaired ? console.green("ok") : console.red("!!");
      return "%s %s".formatted(mark, Shown.oneLine(begin + wrong + "; " + end));
    }
  }

  int call() {
    List<Problem> problems = check.problems();
    boolean repairing = repair && accepted(problems);
    var lines = new ArrayList<Line>();
    for (Problem problem : problems) {
      lines.add(Line.of(problem, repairing && repaired(problem)));
    }
    Console console = command.console();
    String root = command.places().state().root().toString();
    command.print(
        lines,
        lines.isEmpty()
            ? List.of("%s state      %s is sound".formatted(console.green("ok"), root))
            : lines.stream().map(line -> line.text(console)).toList());
    return lines.stream().allMatch(Line::repaired) ? Exit.OK : Exit.FAILED;
  }

  private boolean repaired(Problem problem) {
    try {
      return problem.repaired();
    } catch (UncheckedIOException e) {
      command.console().warn(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean accepted(List<Problem> problems) {
    List<Problem> repairable = problems.stream().filter(one -> one.repair() != null).toList();
    if (yes || repairable.isEmpty()) {
      return true;
    }
    Console console = command.console();
    if (!console.terminal() || command.json) {
      throw new UsageError("give --yes to repair what can be repaired");
    }
    repairable.forEach(one -> console.warn(one.file() + ": " + one.advice()));
    return console.agrees("repair these?");
  }
}
