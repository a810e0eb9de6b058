package conductor.engine;

import conductor.effect.Program;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.MemoryJournal;
import conductor.journal.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The differences between an edited script and a journal: where the script first asks for something
 * else in each branch, and which records this drops.
 *
 * @param differences in the order in which they were found
 * @param entries those of the journal, and behind them the record of the edit
 */
public record Edit(List<Mismatch> differences, List<Entry> entries) {

  public Edit {
    differences = List.copyOf(differences);
    entries = List.copyOf(entries);
  }

  /**
   * Replays a program against entries, and drops what differs, until it contradicts no entry that
   * is left. Performs nothing and writes nothing.
   *
   * @param program makes the edited program anew for each rehearsal
   * @throws Mismatch when dropping what differs does not help
   */
  public static Edit of(
      List<Entry> entries,
      Codec codec,
      RunListener listener,
      InstantSource clock,
      Supplier<Program> program)
      throws InterruptedException {
    var differences = new ArrayList<Mismatch>();
    int epoch = History.of(entries).epoch() + 1;
    while (true) {
      var edited = new ArrayList<>(entries);
      edited.add(record(clock.instant(), epoch, differences));
      try {
        new Run(
                "rehearsal",
                new MemoryJournal(edited),
                codec,
                Handlers.none(),
                Parking.never(),
                listener,
                clock)
            .rehearse(program.get());
        return new Edit(differences, edited);
      } catch (Mismatch found) {
        if (positions(differences).contains(found.position)) {
          throw found;
        }
        differences.add(found);
      }
    }
  }

  private static Entry.Edited record(Instant at, int epoch, List<Mismatch> differences) {
    return new Entry.Edited(at, epoch, positions(differences));
  }

  private static List<Position> positions(List<Mismatch> differences) {
    return differences.stream().map(difference -> difference.position).toList();
  }

  /** Returns the record of the edit, which takes effect once the journal has it. */
  public Entry.Edited record() {
    return (Entry.Edited) entries.getLast();
  }

  /**
   * Returns the effects without a reply that are dropped; what goes on of them is to be ended, by
   * {@link Abandonment}.
   */
  public List<Entry.Asked> abandoned() {
    History after = History.of(entries);
    return History.of(entries.subList(0, entries.size() - 1)).open().stream()
        .filter(open -> !after.stands(open))
        .toList();
  }
}
