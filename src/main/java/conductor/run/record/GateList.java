package conductor.run.record;

import conductor.handlers.people.AgentQuestion;
import conductor.handlers.people.Shown;
import conductor.journal.JournalException;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Lists the open questions of a run as text, and answers them. */
public final class GateList {

  private GateList() {}

  /** Returns the open questions of a run and its child runs. */
  public static List<Gate> of(RunDirectory run) {
    return OpenGates.of(run).unansweredOfAll();
  }

  /** Returns the questions that wait for an answer: none of a run that has ended. */
  public static List<Gate> of(RunDirectory run, RunMeta meta) {
    return meta.status().ended() ? List.of() : of(run);
  }

  /**
   * The open questions of all runs.
   *
   * @param gates the questions, each with the name of the workflow that it is shown below
   * @param unreadable why those of other runs cannot be read, a line each
   */
  public record OfAll(Map<Gate, String> gates, List<String> unreadable) {}

  /** Returns the questions of all runs that have not ended, the newest run's first. */
  public static OfAll ofAll(StateDirectory state, RunStore store) {
    RunStore.Listing listing = store.list();
    Map<Gate, String> gates = new LinkedHashMap<>();
    var unreadable = new ArrayList<>(listing.unreadable());
    for (ListedRun run : listing.runs()) {
      if (!run.status().ended()) {
        try {
          of(state.run(run.id())).forEach(gate -> gates.putIfAbsent(gate, run.name()));
        } catch (JournalException | UnreadableState | UncheckedIOException e) {
          unreadable.add(run.id() + ": " + e.getMessage());
        }
      }
    }
    return new OfAll(gates, unreadable);
  }

  /** Returns a question as text for people: run, position, prompt and options. */
  public static String line(Gate gate) {
    return "%s %s  %s".formatted(gate.run(), gate.position(), question(gate).replace("\n", "\n  "));
  }

  private static String question(Gate gate) {
    String options = String.join(", ", gate.options());
    return gate.options().isEmpty() ? gate.prompt() : gate.prompt() + "  [" + options + "]";
  }

  /** Returns the oldest question on one line, and the number of further ones. */
  public static String brief(List<Gate> gates) {
    String first = Shown.of(question(gates.getFirst())).lines().findFirst().orElse("");
    String more = gates.size() == 1 ? "" : "  (and " + (gates.size() - 1) + " more)";
    return "? " + first + more;
  }

  /** Answers a question of a run or its child runs; returns why the answer is not accepted. */
  public static Optional<String> answer(RunDirectory run, Gate gate, String text) {
    return answer(run, gate, text, Optional.empty());
  }

  /** Answers as {@link #answer(RunDirectory, Gate, String)} does, with a note beside the answer. */
  public static Optional<String> answer(
      RunDirectory run, Gate gate, String text, Optional<Inbox.Remark> remark) {
    var asker = new RunDirectory(run.root().resolveSibling(gate.run()));
    if (!gate.accepts(text)) {
      return Optional.of(
          "'%s' is none of the answers: %s".formatted(text, String.join(", ", gate.options())));
    }
    var inbox = new Inbox(asker);
    Instant now = Instant.now();
    Optional<Inbox.Letter> first = inbox.answer(gate.position(), text, now, remark);
    if (first.isPresent()) {
      String given = Objects.toString(first.get().text(), "");
      return Optional.of(before(gate.run(), gate.position(), given));
    }
    OpenGates gates = OpenGates.of(asker);
    Optional<OpenGates.Answer> journaled = gates.journaled(gate.position());
    if (gates.isOpen(gate)) {
      return Optional.empty();
    }
    // only now: an agent's question may have been closed since the journal was read
    Optional<Instant> closed =
        journaled
            .map(OpenGates.Answer::at)
            .or(() -> AgentQuestion.closedAt(asker, gate.position()));
    if (closed.filter(at -> !at.isBefore(now)).isPresent()) {
      return Optional.empty();
    }
    inbox.answerTo(gate.position()).ifPresent(inbox::done);
    return Optional.of(
        journaled
            .map(answer -> before(gate.run(), gate.position(), answer.text()))
            .orElseGet(() -> "%s does not ask %s any more".formatted(gate.run(), gate.position())));
  }

  /** Returns the message for an answer that comes too late. */
  public static String before(String run, String position, String text) {
    return "%s %s was answered before: %s".formatted(run, position, text);
  }
}
