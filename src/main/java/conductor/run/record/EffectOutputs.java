package conductor.run.record;

import conductor.engine.handler.Key;
import conductor.error.Reason;
import conductor.handlers.agent.Outputs;
import conductor.handlers.agent.Outputs.Part;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> jobs = Files.list(directory)) {
      jobs.filter(job -> name.test(job.getFileName().toString()))
          .sorted()
          .flatMap(job -> Outputs.of(job).stream())
          .map(Part::whole)
          .forEach(parts::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }
}
