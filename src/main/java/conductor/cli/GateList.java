package conductor.cli;

import conductor.agent.Questions;
import conductor.command.CommandHandler;
import conductor.journal.Entry;
import conductor.journal.JournalFile;
import conductor.run.EffectView;
import conductor.run.Inbox;
import conductor.run.RunView;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The questions of a run that wait for an answer. */
final class GateList {

  private GateList() {}

  /**
   * A question.
   *
   * @param position what it is answered by: the question's, or {@code <agent>:<n>} for one of an
   *     agent
   * @param options empty when any text will do
   */
  record Gate(String run, String position, String prompt, List<String> options) {

    String line() {
      String choice = options.isEmpty() ? "" : "  [" + String.join(", ", options) + "]";
      return "%s %s  %s%s".formatted(run, position, prompt.replace("\n", "\n  "), choice);
    }
  }

  static List<Gate> of(RunDirectory run) {
    return Stream.of(ofScript(run).stream(), ofCommands(run), ofAgents(run))
        .flatMap(gates -> gates)
        .toList();
  }

  private static Stream<Gate> ofAgents(RunDirectory run) {
    return Questions.ofRun(run).stream()
        .map(open -> new Gate(run.id(), open.gate(), open.prompt(), open.options()));
  }

  /** Commands that were lost with the host, about which people are asked. */
  private static Stream<Gate> ofCommands(RunDirectory run) {
    return RunView.of(JournalFile.read(run.trace()).entries()).effects().stream()
        .filter(effect -> effect.effect().equals("Exec") && effect.running())
        .filter(effect -> !effect.notes().isEmpty())
        .filter(effect -> effect.notes().getLast().equals(CommandHandler.QUESTION))
        .map(effect ->
            new Gate(
                run.id(),
                effect.position(),
                CommandHandler.QUESTION + " " + effect.summary(),
                CommandHandler.ANSWERS));
  }

  private static List<Gate> ofScript(RunDirectory run) {
    List<Entry> entries = JournalFile.read(run.trace()).entries();
    List<String> open =
        RunView.of(entries).effects().stream()
            .filter(effect -> effect.effect().equals("Ask") && effect.running())
            .map(EffectView::position)
            .toList();
    return entries.stream()
        .filter(Entry.Asked.class::isInstance)
        .map(Entry.Asked.class::cast)
        .filter(asked -> open.contains(asked.position().text()))
        .map(asked ->
            new Gate(
                run.id(),
                asked.position().text(),
                asked.arguments().path("prompt").asString(""),
                asked
                    .arguments()
                    .path("options")
                    .valueStream()
                    .map(option -> option.asString(""))
                    .toList()))
        .distinct()
        .toList();
  }

  /** The answer that a question had; empty when there is no such question, or it is open. */
  static Optional<String> answered(RunDirectory run, String position) {
    return RunView.of(JournalFile.read(run.trace()).entries()).effects().stream()
        .filter(effect -> effect.effect().equals("Ask") && !effect.running())
        .filter(effect -> effect.position().equals(position))
        .map(effect -> Objects.requireNonNullElse(effect.reply(), ""))
        .findFirst()
        .or(() -> new Inbox(run).answerTo(position).map(letter -> String.valueOf(letter.text())));
  }
}
