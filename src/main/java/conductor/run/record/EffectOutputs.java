package conductor.run.record;

import conductor.engine.handler.Key;
import conductor.handlers.agent.Outputs;
import conductor.handlers.agent.Outputs.Part;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds what effects printed: their commands, the set-up and the hooks of git's commands, and the
 * turns of agents. What superseded attempts printed comes first.
 */
public final class EffectOutputs {

  private EffectOutputs() {}

  /** Returns the output of an effect, or of all effects below a control, in the order asked for. */
  public static List<Part> of(RunDirectory run, List<Entry> entries, Position position) {
    List<Key> keys =
        entries.stream()
            .filter(Entry.Asked.class::isInstance)
            .map(Entry.Asked.class::cast)
            .filter(asked -> isOf(position, asked.position()))
            .map(asked -> Key.of(run.id(), asked))
            .toList();
    var parts = new ArrayList<Part>();
    for (Key key : keys) {
      String name = key.fileName();
      jobs(run.commands(), job -> job.equals(name) || job.startsWith(name + ".again-"), parts);
      jobs(run.git(), job -> job.startsWith(name + "."), parts);
    }
    parts.addAll(
        Outputs.ofTurns(
            run.agents(), keys.stream().map(Key::toString).collect(Collectors.toSet())));
    return parts;
  }

  private static boolean isOf(Position wanted, Position asked) {
    return asked.effect().equals(wanted) || asked.text().startsWith(wanted + ".");
  }

  private static void jobs(Path directory, Predicate<String> name, List<Part> parts) {
    FileTree.in(directory).stream()
        .filter(job -> name.test(job.getFileName().toString()))
        .flatMap(job -> Outputs.of(job).stream())
        .map(Part::whole)
        .forEach(parts::add);
  }
}
