package conductor.run.execution;

import conductor.engine.handler.Key;
import conductor.handlers.agent.Conversations;
import conductor.handlers.people.Gates;
import conductor.journal.Entry;
import conductor.journal.Note;
import conductor.run.record.Inbox;
import conductor.run.record.OpenGates;
import conductor.state.RunDirectory;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries out what other processes ask of a run through its inbox. */
final class InboxHandler {

  private final RunDirectory run;
  private final Inbox inbox;
  private final int epoch;
  private final Consumer<String> stop;
  private final Gates gates;
  private final Conversations conversations;

  /** Creates the reader of a run; its epoch is part of the keys of messages to agents. */
  InboxHandler(
      RunDirectory run,
      int epoch,
      Consumer<String> stop,
      Gates gates,
      Conversations conversations) {
    this.run = run;
    this.inbox = new Inbox(run);
    this.epoch = epoch;
    this.stop = stop;
    this.gates = gates;
    this.conversations = conversations;
  }

  /**
   * Deletes the answers that are already journaled, so that they do not answer a question asked
   * again at the same position.
   */
  static void dropSpent(RunDirectory run, List<Entry> entries) {
    var inbox = new Inbox(run);
    inbox.letters().stream()
        .filter(letter -> letter.kind().equals("answer"))
        .filter(OpenGates.spent(entries))
        .forEach(inbox::done);
  }

  /** Deletes all messages; the run has ended. */
  void drop() {
    inbox.letters().forEach(inbox::done);
  }

  void told(Inbox.Letter letter) {
    String text = letter.text() == null ? "" : letter.text();
    String to = letter.to() == null ? "" : letter.to();
    switch (letter.kind()) {
      case "stop" -> stop.accept(text);
      case "answer" -> {
        if (gates.answer(to, new Gates.Given(text, note(letter))) == Gates.Taken.NO_OPTION) {
          inbox.done(letter);
        }
      }
      case "send" -> {
        conversations.deliver(to, text, new Key(run.id(), epoch, Key.INBOX, letter.id()));
        inbox.done(letter);
      }
      case "stop-agent" -> {
        toldAgent(() -> conversations.stop(to));
        inbox.done(letter);
      }
      case "cancel-agent" -> {
        toldAgent(() -> conversations.cancel(to));
        inbox.done(letter);
      }
      default -> {}
    }
  }

  private static Optional<Note> note(Inbox.Letter letter) {
    return letter.by() == null || letter.note() == null
        ? Optional.empty()
        : Optional.of(Note.Answered.of(letter.by(), letter.at(), letter.note()));
  }

  private interface Telling {
    void tell() throws InterruptedException;
  }

  private static void toldAgent(Telling telling) {
    try {
      telling.tell();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
