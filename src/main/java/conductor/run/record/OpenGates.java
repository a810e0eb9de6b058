package conductor.run.record;

import conductor.effect.CommandEffect;
import conductor.effect.PeopleEffect;
import conductor.effect.WorkflowEffect;
import conductor.engine.History;
import conductor.handlers.people.AgentQuestion;
import conductor.handlers.people.FailureQuestion;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Note;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds the open questions of a run, from its journal and the files of its agents. */
public final class OpenGates {

  private final RunDirectory run;
  private final List<Entry> entries;
  private final History history;
  private final List<Entry.Asked> open;
  private final Codec codec;
  private final Inbox inbox;
  private final Map<Position, Note> lastNotes = new HashMap<>();
  private final Map<Position, Entry.Replied> lastValues = new HashMap<>();
  private final Predicate<Inbox.Letter> isSpent;

  OpenGates(RunDirectory run, List<Entry> entries, History history) {
    this.run = run;
    this.entries = entries;
    this.history = history;
    this.open =
        history.open().stream().sorted(Comparator.comparing(Entry.Asked::position)).toList();
    this.codec = new Codec(new Blobs(run.blobs()), Redactor.none());
    this.inbox = new Inbox(run);
    this.isSpent = spent(entries);
    for (Entry entry : entries) {
      if (entry instanceof Entry.Noted noted) {
        lastNotes.put(noted.position(), noted.note());
      } else if (entry instanceof Entry.Replied reply && reply.outcome() instanceof Outcome.Value) {
        lastValues.put(reply.position(), reply);
      }
    }
  }

  /** Returns the open questions of a run as it is now. */
  public static OpenGates of(RunDirectory run) {
    List<Entry> entries = JournalFile.read(run.trace()).entries();
    return new OpenGates(run, entries, History.of(entries));
  }

  /** Returns the run's own questions that nobody has answered, the oldest first. */
  public List<Gate> unanswered() {
    return all().filter(gate -> !isAnswered(gate)).toList();
  }

  /** Returns the questions of the run and its child runs that nobody has answered. */
  public List<Gate> unansweredOfAll() {
    return Stream.concat(
            unanswered().stream(),
            children().stream()
                .flatMap(child -> readable(child).stream())
                .flatMap(child -> child.unansweredOfAll().stream()))
        .toList();
  }

  /** Returns the open questions of a child run; empty when it cannot be read. */
  private static Optional<OpenGates> readable(RunDirectory run) {
    try {
      return Optional.of(of(run));
    } catch (JournalException | UnreadableState | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a question of the run or a child has an answer that was not read yet. */
  public boolean anyAnswered() {
    return all().anyMatch(this::isAnswered)
        || children().stream()
            .flatMap(child -> readable(child).stream())
            .anyMatch(OpenGates::anyAnswered);
  }

  /**
   * Returns whether only child runs asked and all their questions have just been answered: the
   * child runs continue, and this run has not noticed yet.
   */
  public boolean onlyChildrenAsked() {
    return unansweredOfAll().isEmpty() && !children().isEmpty();
  }

  /** Returns whether an effect has no reply yet. */
  boolean anythingOpen() {
    return !open.isEmpty();
  }

  List<Entry.Asked> open() {
    return open;
  }

  /** Returns whether an effect waits only for the answer to a question of its own. */
  boolean asks(Entry.Asked asked, Instant now) {
    return ofEffect(asked).filter(gate -> !isAnswered(gate)).isPresent()
        && (history.parked(asked.position()).isPresent() || !isOver(asked, now));
  }

  /** Returns the child run that an effect started; empty for other effects. */
  Optional<RunDirectory> child(Entry.Asked asked) {
    return asked.isOf(WorkflowEffect.RunWorkflow.class)
        ? lastReply(asked.position().step("prepare"))
            .map(Answer::text)
            .map(id -> new RunDirectory(run.root().resolveSibling(id)))
        : Optional.empty();
  }

  private List<RunDirectory> children() {
    return open.stream().flatMap(asked -> child(asked).stream()).toList();
  }

  private Stream<Gate> all() {
    return Stream.concat(
        open.stream().flatMap(asked -> ofEffect(asked).stream()),
        AgentQuestion.ofRun(run).stream()
            .map(asked -> new Gate(run.id(), asked.gate(), asked.prompt(), asked.options())));
  }

  private Optional<Gate> ofEffect(Entry.Asked asked) {
    String position = asked.position().text();
    Optional<Entry.Parked> failed = history.parked(asked.position());
    if (failed.isPresent()) {
      return Optional.of(ofFailure(asked, failed.get()));
    }
    if (asked.isOf(PeopleEffect.Ask.class)) {
      String prompt = Objects.toString(codec.decode(asked.arguments().path("prompt")), "");
      return Optional.of(new Gate(run.id(), position, prompt, options(asked)));
    }
    if (asked.isOf(CommandEffect.Exec.class)
        && lastNotes.get(asked.position()) instanceof Note.LostCommand lost) {
      String question = lost.text() + " " + Summary.arguments(asked.arguments());
      return Optional.of(new Gate(run.id(), position, question, Note.LostCommand.ANSWERS));
    }
    return Optional.empty();
  }

  private Gate ofFailure(Entry.Asked asked, Entry.Parked parked) {
    String message = parked.failure().path("message").asString("");
    String question = "%s failed: %s".formatted(asked.effect(), message);
    JsonNode arguments = Objects.requireNonNullElse(asked.resolved(), asked.arguments());
    List<String> answers = FailureQuestion.answers(codec.decodeEffect(asked.effect(), arguments));
    return new Gate(run.id(), parked.gate(), question, answers);
  }

  private static List<String> options(Entry.Asked asked) {
    return asked
        .arguments()
        .path("options")
        .valueStream()
        .map(option -> option.asString(""))
        .toList();
  }

  /** Returns whether a question's timeout has passed. */
  private boolean isOver(Entry.Asked asked, Instant now) {
    return asked.arguments().hasNonNull("timeout")
        && codec.decode(asked.arguments().path("timeout")) instanceof Duration limit
        && !asked.at().plus(limit).isAfter(now);
  }

  /**
   * Returns whether the inbox has a valid answer to a question. An unreadable message is no answer;
   * the run's owner sets it aside.
   */
  private boolean isAnswered(Gate gate) {
    return inbox
        .readableAnswerTo(gate.position())
        .filter(letter -> !isSpent.test(letter))
        .filter(letter -> gate.accepts(Objects.toString(letter.text(), "")))
        .isPresent();
  }

  /**
   * Returns whether the journal already has the reply that a message gave; the message then has no
   * further effect.
   */
  public static Predicate<Inbox.Letter> spent(List<Entry> entries) {
    var latest = new HashMap<String, Instant>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Replied reply) {
        latest.merge(
            reply.position().text(), reply.at(), (one, two) -> one.isAfter(two) ? one : two);
      }
    }
    return letter -> {
      Instant replied = latest.get(Objects.toString(letter.to(), ""));
      return replied != null && !replied.isBefore(letter.at());
    };
  }

  /**
   * An answer that was given.
   *
   * @param position the question's
   * @param at when it was journaled, or given
   */
  public record Answer(String position, String text, Instant at) {}

  /** Returns whether a question is still open, whether or not it has an answer. */
  public boolean isOpen(Gate gate) {
    return all().anyMatch(gate::equals);
  }

  /** Returns the journaled answer to a question; empty when there is none. */
  public Optional<Answer> journaled(String position) {
    return Entry.Parked.isGate(position)
        ? lastDecision(position)
        : lastReply(new Position(position));
  }

  /**
   * Returns the first decision about a failed effect since the question about it was asked; empty
   * when there is none.
   */
  private Optional<Answer> lastDecision(String gate) {
    Position effect = new Position(gate).effect();
    Optional<Answer> last = Optional.empty();
    boolean asked = false;
    for (Entry entry : entries) {
      asked |= entry instanceof Entry.Parked parked && parked.gate().equals(gate);
      boolean decides =
          switch (entry) {
            case Entry.Reattempted again -> again.position().equals(effect);
            case Entry.Replied reply -> reply.position().equals(effect);
            default -> false;
          };
      if (asked && decides && last.isEmpty()) {
        last = Optional.of(new Answer(gate, "", entry.at()));
      }
    }
    return last;
  }

  /** Returns the last answer to a question, from the journal or else the inbox. */
  public Optional<Answer> answer(String position) {
    return lastReply(new Position(position)).or(() -> inbox.answerTo(position).map(OpenGates::of));
  }

  /** Returns the last answer that anybody gave to the run; empty when there is none. */
  public Optional<Answer> lastAnswer() {
    var answers = new ArrayList<Answer>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Asked asked && asked.isOf(PeopleEffect.Ask.class)) {
        lastReply(asked.position()).ifPresent(answers::add);
      }
    }
    inbox.letters().stream()
        .filter(letter -> letter.kind().equals("answer"))
        .map(OpenGates::of)
        .forEach(answers::add);
    return answers.stream().max(Comparator.comparing(Answer::at));
  }

  private static Answer of(Inbox.Letter letter) {
    return new Answer(
        Objects.toString(letter.to(), ""), Objects.toString(letter.text(), ""), letter.at());
  }

  private Optional<Answer> lastReply(Position position) {
    return Optional.ofNullable(lastValues.get(position)).map(this::answered);
  }

  private Answer answered(Entry.Replied reply) {
    Object value = codec.decode(((Outcome.Value) reply.outcome()).value());
    return new Answer(reply.position().text(), Objects.toString(value, ""), reply.at());
  }
}
