package conductor.run.record;

import conductor.effect.PeopleEffect;
import conductor.handlers.people.AgentQuestion;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Note;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A question of a run that is over.
 *
 * @param position as it was answered
 * @param answer empty where nothing keeps it, as of an agent's question
 * @param note what the person said who answered: who, when and why; empty for nothing
 * @param at when the answer was recorded
 */
public record AnsweredGate(String position, String prompt, String answer, String note, Instant at) {

  /** Returns the answered questions of a run and of its agents, the oldest answer first. */
  public static List<AnsweredGate> of(RunDirectory run, List<Entry> entries) {
    var reader = new Reader(new Codec(new Blobs(run.blobs()), Redactor.none()));
    entries.forEach(reader::read);
    for (AgentQuestion.Closed closed : AgentQuestion.closed(run)) {
      AgentQuestion question = closed.question();
      String note = Objects.requireNonNullElse(question.note(), "");
      reader.answered.add(
          new AnsweredGate(question.gate(), question.prompt(), "", note, closed.at()));
    }
    reader.answered.sort(Comparator.comparing(AnsweredGate::at));
    return List.copyOf(reader.answered);
  }

  /** Reads a journal from its beginning on. */
  private static final class Reader {
    private final Codec codec;
    private final Map<Position, Entry.Asked> open = new HashMap<>();
    private final Map<Position, Entry.Parked> parked = new HashMap<>();
    private final Map<Position, String> notes = new HashMap<>();
    private final List<AnsweredGate> answered = new ArrayList<>();

    Reader(Codec codec) {
      this.codec = codec;
    }

    void read(Entry entry) {
      switch (entry) {
        case Entry.Asked asked when asked.isOf(PeopleEffect.Ask.class) ->
            open.put(asked.position(), asked);
        case Entry.Parked failed -> parked.put(failed.position(), failed);
        case Entry.Noted noted when noted.note() instanceof Note.Answered(var text) ->
            notes.put(noted.position(), text);
        case Entry.Reattempted again -> decided(again.position(), "retry", again.at());
        case Entry.Replied reply -> replied(reply);
        case Entry.Asked _,
            Entry.Noted _,
            Entry.Branched _,
            Entry.Settled _,
            Entry.Retried _,
            Entry.Edited _,
            Entry.Ended _,
            Entry.Opened _,
            Entry.Owned _,
            Entry.Stopped _,
            Entry.Expired _ -> {}
      }
    }

    private void replied(Entry.Replied reply) {
      Optional<String> value =
          reply.outcome() instanceof Outcome.Value(var given)
              ? Optional.of(Objects.toString(codec.decode(given), ""))
              : Optional.empty();
      Entry.Asked asked = open.remove(reply.position());
      if (parked.containsKey(reply.position())) {
        decided(reply.position(), value.map(text -> "answer " + text).orElse("fail"), reply.at());
      } else if (asked != null && value.isPresent()) {
        String prompt = Objects.toString(codec.decode(asked.arguments().path("prompt")), "");
        add(reply.position(), reply.position().text(), prompt, value.get(), reply.at());
      }
    }

    private void decided(Position position, String answer, Instant at) {
      Entry.Parked failed = parked.remove(position);
      if (failed != null) {
        String message = "It failed: " + failed.failure().path("message").asString("");
        add(position, failed.gate(), message, answer, at);
      }
    }

    private void add(Position effect, String gate, String prompt, String answer, Instant at) {
      String note = Objects.requireNonNullElse(notes.remove(effect), "");
      answered.add(new AnsweredGate(gate, prompt, answer, note, at));
    }
  }
}
