package conductor.cli;

import conductor.run.Gate;
import conductor.run.RunMeta;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists questions to people. */
@Command(
    name = "gates",
    description = "Lists the questions that wait for an answer.",
    footer = {"", "Example:", "  conductor gates"})
final class GatesCommand extends Subcommand {

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "only of this run")
  Optional<String> id = Optional.empty();

  @Override
  public Integer call() {
    List<RunDirectory> runs =
        id.map(given -> List.of(run(given)))
            .orElseGet(() ->
                store().all().stream()
                    .filter(run -> !run.status().ended())
                    .map(RunMeta::id)
                    .map(places().state()::run)
                    .toList());
    List<Gate> gates = runs.stream().flatMap(run -> GateList.of(run).stream()).distinct().toList();
    print(gates, gates.stream().map(GateList::line).toList());
    return Exit.OK;
  }
}
