package conductor.engine;

import conductor.effect.Program;
import conductor.engine.handler.Handlers;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Journal;
import conductor.journal.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an edited script makes of a journal: where it first asks for something else in each branch,
 * and what of the records is dropped by that.
 *
 * @param differences in the order in which they were found
 * @param entries the journal's, and behind them the record of the edit
 */
public record Edit(List<Mismatch> differences, List<Entry> entries) {

  public Edit {
    differences = List.copyOf(differences);
    entries = List.copyOf(entries);
  }

  /**
   * Rehearses a program against entries until nothing of what still stands contradicts it. Performs
   * nothing and writes nothing.
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
        new Run("rehearsal", new Rehearsed(edited), codec, Handlers.none(), listener, clock)
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

  /** Returns the record that makes the edit hold. */
  public Entry.Edited record() {
    return (Entry.Edited) entries.getLast();
  }

  /**
   * Returns the effects that had not come back and are dropped: what goes on of them is to be
   * ended.
   */
  public List<Entry.Asked> abandoned() {
    History after = History.of(entries);
    return History.of(entries.subList(0, entries.size() - 1)).open().stream()
        .filter(open -> !after.stands(open))
        .toList();
  }

  /** A journal that is only read. */
  private record Rehearsed(List<Entry> entries) implements Journal {

    @Override
    public void append(Entry entry) {}

    @Override
    public void sync() {}

    @Override
    public void close() {}
  }
}
