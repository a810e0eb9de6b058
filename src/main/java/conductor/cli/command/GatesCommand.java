package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.journal.JournalException;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
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
    RunStore.Listing listing = store().list();
    listing.unreadable().forEach(console()::warn);
    var gates = new LinkedHashSet<Gate>();
    for (ListedRun run : listing.runs()) {
      if (!run.status().ended()) {
        try {
          gates.addAll(GateList.of(places().state().run(run.id())));
        } catch (JournalException | UnreadableState | UncheckedIOException e) {
          console().warn(run.id() + ": " + e.getMessage());
        }
      }
    }
    return List.copyOf(gates);
  }
}
