package conductor.cli.command;

import conductor.cli.Target;
import conductor.cli.UsageError;
import conductor.handlers.agent.Conversations;
import conductor.handlers.agent.Outputs;
import conductor.handlers.agent.Outputs.Part;
import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.journal.Position;
import conductor.run.record.EffectOutputs;
import conductor.run.record.EffectView;
import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.FileStamp;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The output that {@code logs} shows, until nothing more is added to it. */
sealed interface LogSource {

  List<Part> parts();

  boolean over();

  /** Returns the name of who wrote a file. */
  String name(Path file);

  /**
   * Returns the output of a run, or of an agent or a step of it; an agent's name goes before a
   * position.
   */
  static LogSource of(RunStore store, RunDirectory run, Optional<String> place) {
    if (place.isEmpty()) {
      return new Printing(store, run, run.agents());
    }
    String given = place.get();
    boolean isPosition = !given.isEmpty() && Character.isDigit(given.charAt(0));
    if (isPosition && !Target.agents(run).contains(given)) {
      var position = new Position(given).effect();
      if (store.view(run).effect(position).isEmpty()) {
        throw new UsageError(
            "%1$s has no step '%2$s'; 'conductor show %1$s' shows its steps"
                .formatted(run.id(), position));
      }
      return new Step(store, run, position);
    }
    return new Printing(store, run, run.agent(Target.agent(run, given)));
  }

  /** The output of the agents below a directory; of all of them and the commands. */
  record Printing(RunStore store, RunDirectory run, Path agents) implements LogSource {

    @Override
    public List<Part> parts() {
      boolean all = agents.equals(run.agents());
      return Stream.concat(
              Outputs.of(agents).stream(), all ? Outputs.of(run.commands()).stream() : Stream.of())
          .map(Part::whole)
          .toList();
    }

    @Override
    public boolean over() {
      return store.isAtRest(store.meta(run));
    }

    @Override
    public String name(Path file) {
      return file.startsWith(run.agents())
          ? Conversations.name(run.agents().resolve(run.agents().relativize(file).getName(0)))
          : "exec";
    }
  }

  /** The output of one effect, or of all effects below a control. */
  final class Step implements LogSource {
    private final RunStore store;
    private final RunDirectory run;
    private final Position position;
    private FileStamp stamp = FileStamp.NONE;
    private List<Entry> entries = List.of();
    private boolean ended;

    Step(RunStore store, RunDirectory run, Position position) {
      this.store = store;
      this.run = run;
      this.position = position;
    }

    private void read() {
      FileStamp now = FileStamp.of(run.trace());
      if (!now.equals(stamp)) {
        stamp = now;
        entries = JournalFile.read(run.trace()).entries();
        ended = RunView.of(entries).effect(position).filter(EffectView::running).isEmpty();
      }
    }

    @Override
    public List<Part> parts() {
      read();
      return EffectOutputs.of(run, entries, position);
    }

    @Override
    public boolean over() {
      read();
      return ended || store.isAtRest(store.meta(run));
    }

    @Override
    public String name(Path file) {
      return position.text();
    }
  }
}
