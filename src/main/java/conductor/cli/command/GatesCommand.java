package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the questions of runs that wait for an answer. */
@Command(
    name = "gates",
    description = "Lists the questions that wait for an answer.",
    footer = {"", "Example:", "  conductor gates"})
public final class GatesCommand extends Subcommand {

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "only of this run")
  Optional<String> id = Optional.empty();

  @Override
  public Integer call() {
    List<Gate> gates = id.isPresent() ? GateList.of(run(id.get())) : ofAll();
    print(gates, gates.stream().map(GateList::line).toList());
    return Exit.OK;
  }

  /** A run that cannot be read is reported and does not hide the questions of others. */
  private List<Gate> ofAll() {
    GateList.OfAll open = GateList.ofAll(places().state(), store());
    open.unreadable().forEach(console()::warn);
    return List.copyOf(open.gates().keySet());
  }
}
