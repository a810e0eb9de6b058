package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.script.Finding;
import conductor.script.ScriptErrors;
import conductor.workflow.Scripts;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks workflows without running them. */
@Command(
    name = "check",
    description = "Compiles workflows and checks them: exit code 2 when there is an error.",
    footer = {"", "Example:", "  conductor check my_flow.groovy"})
public final class CheckCommand extends Subcommand {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "scripts, or templates' names")
  List<String> files = List.of();

  @Override
  public Integer call() {
    var findings = new ArrayList<Finding>();
    var scripts = new Scripts(places());
    for (String file : files) {
      try {
        findings.addAll(scripts.compile(scripts.find(file, context().directory())).warnings());
      } catch (ScriptErrors e) {
        findings.addAll(e.findings());
      }
    }
    print(findings, findings.stream().map(Finding::toString).toList());
    return findings.stream().anyMatch(Finding::error) ? Exit.USAGE : Exit.OK;
  }
}
