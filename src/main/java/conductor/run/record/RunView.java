package conductor.run.record;

import conductor.effect.Control;
import conductor.effect.RunEffect;
import conductor.engine.History;
import conductor.journal.Entry;
import conductor.journal.JournalException;
import conductor.journal.JournalFile;
import conductor.journal.Note;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a run in program order, each with its status, computed from the journal entry by
 * entry. For commands that show a run, live or later. Not safe for use by several threads.
 */
public final class RunView {

  private final Map<Position, Builder> effects = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private Optional<Entry.Ended> ended = Optional.empty();

  /** How many entries there were at the last retry or edit; 0 once {@link #forget} was there. */
  private int superseded;

  private StatusLine line = StatusLine.NONE;

  /** Returns the view of all that is recorded; until something is added, threads may share it. */
  public static RunView of(List<Entry> entries) {
    var view = new RunView();
    entries.forEach(view::add);
    view.forget();
    return view;
  }

  /**
   * Returns the view of a journal as it is now.
   *
   * @throws JournalException when it is damaged
   */
  public static RunView read(Path journal) {
    return of(JournalFile.read(journal).entries());
  }

  public void add(Entry entry) {
    entries.add(entry);
    show(entry);
    if (entry instanceof Entry.Retried || entry instanceof Entry.Edited) {
      superseded = entries.size();
    }
    if (entry instanceof Entry.Asked asked && asked.isOf(RunEffect.Status.class)) {
      line = StatusLine.of(asked);
    }
  }

  private void show(Entry entry) {
    position(entry).flatMap(this::of).ifPresent(view -> view.changed = entry.at());
    switch (entry) {
      case Entry.Asked asked when asked.position().isStep() ->
          of(asked.position()).ifPresent(view -> view.step(asked.position(), "running"));
      case Entry.Asked asked -> effects.put(asked.position(), new Builder(asked));
      case Entry.Branched branched -> effects.put(branched.position(), new Builder(branched));
      case Entry.Replied reply -> of(reply.position()).ifPresent(view -> view.take(reply));
      case Entry.Settled settled -> of(settled.position()).ifPresent(view -> view.end(settled));
      case Entry.Noted noted -> of(noted.position()).ifPresent(view -> view.note(noted.note()));
      case Entry.Parked parked -> of(parked.position()).ifPresent(view -> view.park(parked));
      case Entry.Ended end -> ended = Optional.of(end);
      case Entry.Retried _, Entry.Edited _ -> ended = Optional.empty();
      case Entry.Reattempted _,
          Entry.Opened _,
          Entry.Owned _,
          Entry.Stopped _,
          Entry.Expired _ -> {}
    }
  }

  private static Optional<Position> position(Entry entry) {
    return switch (entry) {
      case Entry.Asked e -> Optional.of(e.position());
      case Entry.Branched e -> Optional.of(e.position());
      case Entry.Replied e -> Optional.of(e.position());
      case Entry.Settled e -> Optional.of(e.position());
      case Entry.Noted e -> Optional.of(e.position());
      case Entry.Parked e -> Optional.of(e.position());
      case Entry.Reattempted e -> Optional.of(e.position());
      case Entry.Retried _,
          Entry.Edited _,
          Entry.Ended _,
          Entry.Opened _,
          Entry.Owned _,
          Entry.Stopped _,
          Entry.Expired _ ->
          Optional.empty();
    };
  }

  /** Drops what the last retry or edit superseded, once for all entries since. */
  private void forget() {
    if (superseded == 0) {
      return;
    }
    List<Entry> before = entries.subList(0, superseded);
    History history = History.of(before);
    effects.clear();
    before.stream().filter(history::stands).forEach(this::show);
    entries.subList(superseded, entries.size()).forEach(this::show);
    superseded = 0;
  }

  private Optional<Builder> of(Position position) {
    return Optional.ofNullable(effects.get(position.effect()));
  }

  /** Returns all effects and controls, in program order. */
  public List<EffectView> effects() {
    forget();
    return effects.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().view())
        .toList();
  }

  /** Returns one effect or control; empty when there is none at that position. */
  public Optional<EffectView> effect(Position position) {
    forget();
    return of(position).map(Builder::view);
  }

  /** Returns the journal's entries so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Returns how the run ended; empty while it has not. */
  public Optional<Entry.Ended> ended() {
    return ended;
  }

  /** Returns the last {@code Status} as a line; empty when there was none. */
  public String line() {
    return line.line();
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Value _ -> "done";
      case Outcome.Failed _ -> "error";
      case Outcome.Cancelled _ -> "cancelled";
    };
  }

  /** Collects what is known of one effect; puts it into words only when asked. */
  private static final class Builder {
    private final String position;
    private final String effect;
    private final Supplier<String> summary;
    private final Instant started;
    private final List<String> calls;
    private final List<String> branches;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> steps = new LinkedHashMap<>();
    private String status = "running";
    private @Nullable Instant ended;
    private Instant changed;
    private @Nullable Outcome outcome;

    Builder(Entry.Asked asked) {
      this.position = asked.position().text();
      this.effect = asked.effect();
      this.summary = () -> Summary.arguments(asked.arguments());
      this.started = asked.at();
      this.changed = started;
      this.calls = asked.calls();
      this.branches = List.of();
    }

    Builder(Entry.Branched branched) {
      this.position = branched.position().text();
      this.effect = branched.control();
      this.summary = () -> summary(branched);
      this.started = branched.at();
      this.changed = started;
      this.calls = branched.calls();
      this.branches = branched.isOf(Control.Wait.class) ? List.of() : branched.keys();
      if (branched.isOf(Control.Spawn.class) || branched.isOf(Control.Wait.class)) {
        status = "done";
        ended = started;
      }
    }

    private static String summary(Entry.Branched branched) {
      if (branched.arguments() != null) {
        return Summary.arguments(branched.arguments());
      }
      return branched.isOf(Control.Wait.class) ? "" : String.join(", ", branched.keys());
    }

    /**
     * Adds a note; what a person said of an answer is said again by a run that was killed there.
     */
    void note(Note note) {
      if (!(note instanceof Note.Answered) || !notes.contains(note.text())) {
        notes.add(note.text());
      }
    }

    void step(Position step, String status) {
      steps.put(step.text().substring(step.text().indexOf('/') + 1), status);
    }

    void take(Entry.Replied reply) {
      if (reply.position().isStep()) {
        step(reply.position(), status(reply.outcome()));
      } else {
        end(reply.at(), reply.outcome());
      }
    }

    void park(Entry.Parked parked) {
      status = "parked";
      outcome = new Outcome.Failed(parked.failure());
    }

    void end(Instant at, Outcome outcome) {
      status = status(outcome);
      ended = at;
      this.outcome = outcome;
    }

    void end(Entry.Settled settled) {
      boolean caught = effect.equals(Control.Try.class.getSimpleName());
      status = settled.how().equals("failed") && !caught ? "error" : "done";
      ended = settled.at();
    }

    EffectView view() {
      return new EffectView(
          position,
          effect,
          summary.get(),
          status,
          started,
          ended,
          changed,
          calls,
          outcome == null ? null : Summary.outcome(outcome),
          List.copyOf(notes),
          steps.entrySet().stream()
              .map(step -> new EffectView.Step(step.getKey(), step.getValue()))
              .toList(),
          branches);
    }
  }
}
