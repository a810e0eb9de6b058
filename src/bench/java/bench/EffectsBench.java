package bench;

import conductor.effect.Performer;
import conductor.effect.RunEffect;
import conductor.effect.Site;
import conductor.journal.Entry;
import conductor.journal.FileJournal;
import conductor.journal.Journal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Durable effects a second: a run of trivial effects through the engine and a journal in a file,
 * beside loops that write as many bytes to a file of the same file system and force them once and
 * twice per effect. Rounds are interleaved; a first one of a tenth of the effects is not counted.
 *
 * <p>Usage: {@code EffectsBench DIRECTORY [EFFECTS [ROUNDS]]}
 */
final class EffectsBench {

  /** One measurement: what it is and how many nanoseconds each round took. */
  private record Subject(String title, Work work, List<Long> rounds) {

    Subject(String title, Work work) {
      this(title, work, new ArrayList<>());
    }

    long median() {
      List<Long> sorted = rounds.stream().sorted().toList();
      return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
  }

  @FunctionalInterface
  private interface Work {
    void run(Path file, int effects) throws Exception;
  }

  /** Counts what it passes on. */
  private static final class Counted implements Journal {

    private final FileJournal journal;
    private int syncs;

    Counted(FileJournal journal) {
      this.journal = journal;
    }

    @Override
    public List<Entry> entries() {
      return journal.entries();
    }

    @Override
    public void append(Entry entry) {
      journal.append(entry);
    }

    @Override
    public void sync() {
      syncs++;
      journal.sync();
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  private final Path directory;
  private final int effects;
  private final int rounds;
  private final byte[] line;
  private final int bytes;
  private int syncs;

  private EffectsBench(Path directory, int effects, int rounds) throws Exception {
    this.directory = directory;
    this.effects = effects;
    this.rounds = rounds;
    Path file = fresh();
    deeds(file, effects);
    this.bytes = (int) (Files.size(file) / effects);
    this.line = "x".repeat(bytes / 2).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  public static void main(String[] arguments) throws Exception {
    new EffectsBench(
            Path.of(arguments[0]),
            arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000,
            arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5)
        .measure();
  }

  private void measure() throws Exception {
    var twice = new Subject("raw: 2 appends, 2 forces", (file, n) -> raw(file, n, 2));
    var once = new Subject("raw: 2 appends, 1 force", (file, n) -> raw(file, n, 1));
    var never = new Subject("raw: 2 appends, no force", (file, n) -> raw(file, n, 0));
    var deeds = new Subject("engine: an act that can be adopted", this::deeds);
    var puts = new Subject("engine: `Put`", this::puts);
    var memory = new Subject("engine: the act, journal not forced", this::unforced);
    var subjects = List.of(twice, once, never, deeds, puts, memory);
    for (Subject subject : subjects) {
      subject.work().run(fresh(), Math.max(1, effects / 10));
    }
    for (int round = 0; round < rounds; round++) {
      for (Subject subject : subjects) {
        Path file = fresh();
        long from = System.nanoTime();
        subject.work().run(file, effects);
        subject.rounds().add(System.nanoTime() - from);
      }
    }
    print(subjects, twice);
  }

  private void print(List<Subject> subjects, Subject measure) throws Exception {
    deeds(fresh(), effects);
    System.out.printf(
        Locale.ROOT,
        "%d effects, %d rounds, %d bytes an effect, %.2f forces an effect by the engine%n%n",
        effects,
        rounds,
        bytes,
        syncs / (double) effects);
    System.out.println("| per effect | median µs | effects/s | time to raw, 2 forces |");
    System.out.println("|---|---:|---:|---:|");
    for (Subject subject : subjects) {
      double micros = subject.median() / 1e3 / effects;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %.0f | %.2f |%n",
          subject.title(),
          micros,
          1e6 / micros,
          (double) subject.median() / measure.median());
    }
  }

  private void raw(Path file, int effects, int forces) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = 0; n < effects; n++) {
        for (int half = 1; half <= 2; half++) {
          channel.write(ByteBuffer.wrap(line));
          if (half > 2 - forces) {
            channel.force(false);
          }
        }
      }
    }
  }

  private void deeds(Path file, int effects) throws Exception {
    try (var journal = new Counted(FileJournal.open(file))) {
      execute(journal, Runs.row(effects));
      syncs = journal.syncs;
    }
  }

  private void puts(Path file, int effects) throws Exception {
    try (var journal = FileJournal.open(file)) {
      execute(
          journal,
          performer -> {
            for (int n = 0; n < effects; n++) {
              performer.perform(new RunEffect.Put("n", n), Site.HOST);
            }
          });
    }
  }

  /** Leaves out the syncs: what is left is the engine's own time. */
  private void unforced(Path file, int effects) throws Exception {
    try (var journal = new Runs.Unforced(FileJournal.open(file))) {
      execute(journal, Runs.row(effects));
    }
  }

  private void execute(Journal journal, Consumer<Performer> script) throws InterruptedException {
    Runs.execute(journal, directory, Runs.atOnce(), script);
  }

  private Path fresh() {
    return directory.resolve("journal-%08x.jsonl".formatted(ThreadLocalRandom.current().nextInt()));
  }
}
