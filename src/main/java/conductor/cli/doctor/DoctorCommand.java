package conductor.cli.doctor;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what conductor needs, what runs left behind, and the state directory. */
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

  @Override
  public Integer call() throws InterruptedException {
    if (state) {
      return new StateDoctor(this, looking().stateCheck(), repair, yes).call();
    }
    if (repair || yes) {
      throw new UsageError("--repair and --yes go with --state");
    }
    List<CheckResult> found = Checks.all(context(), places(), store());
    print(found, found.stream().map(one -> one.line(console())).toList());
    return found.stream().allMatch(CheckResult::ok) ? Exit.OK : Exit.FAILED;
  }
}
