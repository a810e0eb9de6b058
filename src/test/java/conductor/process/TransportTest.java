package conductor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that is talked to; the invariants of {@link LineWriter}, by their names. */
@Order(1)
class TransportTest {

  private static final int KILLS = Integer.getInteger("kills", 60);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Map<String, String> PATH = Map.of("PATH", System.getenv("PATH"));

  @TempDir private Path temp;

  private Job echo() {
    return Job.converse(
        temp.resolve("job"), new JobSpec(List.of("sh", "-c", "cat"), temp, PATH, false));
  }

  /** What the job has printed, once it has ended. */
  private static List<String> heard(Job job) throws Exception {
    assertThat(job.await(LONG)).isInstanceOf(Job.State.Ended.class);
    return new LineReader(job.out().file()).lines();
  }

  @Test
  void theLinesThatAreSaidArriveInTheirOrder() throws Exception {
    Job job = echo();
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      List.of("one", "", "{\"two\": \"ä\\t\"}", "x".repeat(1 << 20)).forEach(writer::writeLine);
      writer.end();
    }

    assertThat(heard(job)).containsExactly("one", "", "{\"two\": \"ä\\t\"}", "x".repeat(1 << 20));
    assertThat(LineWriter.written(job)).containsExactlyElementsOf(heard(job));
  }

  @Test
  void whatWasSaidBeforeTheProgramStartedArrivesToo() throws Exception {
    Files.createDirectories(temp.resolve("job"));
    Files.writeString(temp.resolve("job/in"), "early\t\n");

    Job job = echo();
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      writer.end();
    }

    assertThat(heard(job)).containsExactly("early");
  }

  @Test
  void aTornLineNeverArrivesAndTheNextOneDoesWhole() throws Exception { // T2
    Job job = echo();
    Files.writeString(temp.resolve("job/in"), "{\"torn\":", StandardOpenOption.APPEND);
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      writer.writeLine("whole");
      writer.end();
    }

    assertThat(heard(job)).containsExactly("whole");
    assertThat(LineWriter.written(job)).containsExactly("whole");
  }

  @Test
  void thereIsOneWriterAtATime() throws Exception { // T3
    Job job = echo();
    LineWriter writer = LineWriter.open(job).orElseThrow();

    assertThat(LineWriter.open(job)).isEmpty();
    writer.end();
    writer.close();
    assertThat(LineWriter.open(job)).isPresent().get().satisfies(LineWriter::close);
    assertThat(heard(job)).isEmpty();
  }

  @Test
  void severalReadersReadTheSame() throws Exception {
    Job job = echo();
    var early = new LineReader(job.out().file());
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      writer.writeLine("one");
      writer.end();
    }

    assertThat(heard(job)).containsExactly("one");
    assertThat(early.lines()).containsExactly("one");
    assertThat(early.lines()).isEmpty();
  }

  @Test
  void linesThatAreTooLongAreLeftOutAndBrokenCharactersReplaced() throws Exception {
    Path file = temp.resolve("out");
    Files.write(file, "a\n".getBytes(StandardCharsets.UTF_8));
    Files.write(file, new byte[LineReader.LONGEST + 1], StandardOpenOption.APPEND);
    Files.write(file, new byte[] {'\n', 'b', (byte) 0xff, '\n', 'c'}, StandardOpenOption.APPEND);

    var reader = new LineReader(file);

    assertThat(reader.lines()).containsExactly("a", "b\ufffd");
    Files.writeString(file, "d\n", StandardOpenOption.APPEND);
    assertThat(reader.lines()).containsExactly("cd");
  }

  @Test
  void theEndOfTheProgramEndsThePump() throws Exception {
    Job job =
        Job.converse(
            temp.resolve("job"),
            new JobSpec(List.of("sh", "-c", "read line; echo $line"), temp, PATH, false));
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      writer.writeLine("one");
      assertThat(heard(job)).containsExactly("one");
    }

    long pump = Long.parseLong(Files.readString(temp.resolve("job/pump")).strip());
    ProcessHandle.of(pump).ifPresent(process -> process.onExit().join());
    assertThat(ProcessIdentity.of(pump).alive()).isFalse();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void writersThatAreKilledAtRandomLoseNothingAndDoubleNothing() throws Exception { // T1, T2, T4
    Job job = echo();
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int n = 0; n < KILLS; n++) {
      long before = Files.size(temp.resolve("job/in"));
      Process sayer = sayer();
      while (Files.size(temp.resolve("job/in")) <= before + 1) {
        assertThat(sayer.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
      }
      sayer.waitFor(random.nextInt(2000), TimeUnit.MICROSECONDS);
      sayer.destroyForcibly().waitFor();
    }
    try (LineWriter writer = LineWriter.open(job).orElseThrow()) {
      writer.end();
    }

    List<String> heard = heard(job);
    var expected = new ArrayList<String>();
    for (int n = 1; n <= heard.size(); n++) {
      expected.add(n + " " + "x".repeat(n * 37 % 500));
    }
    assertThat(heard).hasSizeGreaterThan(KILLS).isEqualTo(expected);
    assertThat(LineWriter.written(job)).isEqualTo(expected);
  }

  private Process sayer() throws Exception {
    var words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            LineSayer.class.getName(),
            temp.resolve("job").toString());
    return new ProcessBuilder(words).inheritIO().start();
  }
}
