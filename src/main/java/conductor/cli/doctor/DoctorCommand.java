package conductor.cli.doctor;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for what is missing. */
@Command(
    name = "doctor",
    description =
        "Looks at what conductor needs and what runs left; exit code 1 when something is wrong.",
    footer = {
      "",
      "Examples:",
      "  conductor doctor",
      "  conductor doctor --json | jq '.[]'",
      "  conductor doctor --state --repair"
    })
public final class DoctorCommand extends Subcommand {

  @Option(
      names = "--state",
      description =
          "look at every file of the state directory instead: damaged, newer, open to others")
  boolean state;

  @Option(
      names = "--repair",
      description =
          "with --state: make anew what follows from other files, set unreadable letters aside, close what others can look into")
  boolean repair;

  @Option(names = "--yes", description = "do not ask before --repair")
  boolean yes;

  /** How something that was looked at stands. */
  enum Health {
    OK,
    /** Nothing is wrong, but somebody may want to do something. */
    NOTE,
    WRONG
  }

  /** One thing that was looked at. */
  record Found(String what, Health health, String detail) {

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

  @Override
  public Integer call() throws InterruptedException {
    if (state) {
      return new StateDoctor(this, looking().stateCheck()).call();
    }
    if (repair || yes) {
      throw new Usage("--repair and --yes go with --state");
    }
    var found = new ArrayList<Found>();
    found.addAll(new MachineCheck(shell(), places()).all());
    found.addAll(new RepositoryCheck(shell(), places()).all());
    found.addAll(new AgentCheck(shell(), places()).all());
    found.addAll(new ForgeCheck(shell(), places()).all());
    found.addAll(new LeftoverCheck(places(), store()).all());
    print(
        found.stream().map(DoctorCommand::object).toList(),
        found.stream().map(one -> one.line(console())).toList());
    boolean wrong = found.stream().anyMatch(one -> one.health() == Health.WRONG);
    return wrong ? Exit.FAILED : Exit.OK;
  }

  /** A line of {@code --json}. */
  record Line(String what, String health, boolean ok, String detail) {}

  private static Line object(Found one) {
    String health = one.health().name().toLowerCase(Locale.ROOT);
    return new Line(one.what(), health, one.health() != Health.WRONG, one.detail());
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
}
