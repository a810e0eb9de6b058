package conductor.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import conductor.engine.History;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import conductor.state.RunDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reading a run that is twice as long is twice as much work. Work is counted, not timed: in bytes
 * that are allocated, and in entries that are looked at.
 */
class LongRunsTest {

  private static final double MOST = 2.6;
  private static final Instant AT = Instant.parse("2026-11-29T12:00:00Z");
  private static final JsonNode NONE = JsonNodeFactory.instance.objectNode();
  private static final Outcome VALUE = new Outcome.Value(JsonNodeFactory.instance.stringNode("v"));
  private static final Outcome FAILURE = new Outcome.Failed(NONE);

  @TempDir private Path temp;

  @Test
  void aRunOfTwiceAsManyEffectsIsTwiceTheWork() {
    assertThat(growth(retried(10_000, 10), retried(20_000, 10), LongRunsTest::view))
        .isLessThan(MOST);
  }

  @Test
  void aRunThatIsRetriedTwiceAsOftenIsTwiceTheWork() {
    assertThat(growth(retried(5_000, 10), retried(5_000, 20), LongRunsTest::view)).isLessThan(MOST);
  }

  @Test
  void aRetryOfTwiceAsManyFailuresIsTwiceTheWork() {
    assertThat(growth(gathered(2_000), gathered(4_000), LongRunsTest::view)).isLessThan(MOST);
  }

  @Test
  void aRunOfTwiceAsManyQuestionsIsTwiceTheWork() {
    long once = lookedAt(asked(1_000));
    assertThat((double) lookedAt(asked(2_000)) / once).isLessThan(MOST);
  }

  private static void view(List<Entry> entries) {
    assertThat(RunView.of(entries).effects()).isNotEmpty();
  }

  private static double growth(List<Entry> one, List<Entry> two, Consumer<List<Entry>> work) {
    allocated(two, work); // what is compiled allocates less
    return (double) allocated(two, work) / allocated(one, work);
  }

  private static long allocated(List<Entry> entries, Consumer<List<Entry>> work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.accept(entries);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private long lookedAt(List<Entry> entries) {
    var counted = new Counted(entries);
    var gates = new OpenGates(new RunDirectory(temp), counted, History.of(entries));
    assertThat(gates.lastAnswer()).isPresent();
    return counted.count;
  }

  /** A run of effects in a row whose last one fails, again and again. */
  private static List<Entry> retried(int effects, int retries) {
    var entries = new ArrayList<Entry>(List.of(new Entry.Opened(AT, "wf-000001", "long")));
    IntStream.rangeClosed(1, effects)
        .mapToObj(n -> new Position("" + n))
        .forEach(position -> add(entries, position, "Exec", 0, VALUE));
    var last = new Position("" + (effects + 1));
    for (int epoch = 0; epoch <= retries; epoch++) {
      add(entries, last, "Exec", epoch, FAILURE);
      end(entries, epoch, List.of(last));
    }
    return entries;
  }

  /** A run whose branches all failed by themselves, retried. */
  private static List<Entry> gathered(int branches) {
    var gather = new Position("1");
    List<String> keys = IntStream.range(0, branches).mapToObj(n -> "" + n).toList();
    List<Position> effects = keys.stream().map(key -> gather.branch(key).position(1)).toList();
    var entries = new ArrayList<Entry>();
    entries.add(new Entry.Branched(AT, gather, "Gather", keys, List.of()));
    effects.forEach(position -> add(entries, position, "Exec", 0, FAILURE));
    entries.add(new Entry.Settled(AT, gather, "all", null, List.of(), branches));
    end(entries, 0, effects);
    return entries;
  }

  private static List<Entry> asked(int questions) {
    var entries = new ArrayList<Entry>();
    IntStream.rangeClosed(1, questions)
        .mapToObj(n -> new Position("" + n))
        .forEach(position -> add(entries, position, "Ask", 0, VALUE));
    return entries;
  }

  private static void add(
      List<Entry> entries, Position position, String effect, int epoch, Outcome outcome) {
    Instant at = AT.plusSeconds(entries.size());
    entries.add(new Entry.Asked(at, position, effect, NONE, null, "h", epoch, List.of()));
    entries.add(new Entry.Replied(at, position, outcome, false));
  }

  private static void end(List<Entry> entries, int epoch, List<Position> causes) {
    Instant at = AT.plusSeconds(entries.size());
    entries.add(new Entry.Ended(at, "error", FAILURE, "m", causes));
    entries.add(new Entry.Retried(at, epoch + 1, causes));
  }

  private static final class Counted extends AbstractList<Entry> {

    private final List<Entry> entries;
    private long count;

    Counted(List<Entry> entries) {
      this.entries = entries;
    }

    @Override
    public Entry get(int index) {
      count++;
      return entries.get(index);
    }

    @Override
    public int size() {
      return entries.size();
    }
  }
}
