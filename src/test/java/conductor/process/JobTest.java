package conductor.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job runs once, goes on by itself, can be taken up by anyone, and leaves nothing behind. */
class JobTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  @TempDir private Path temp;

  private Job start(String name, String script) {
    return start(name, script, new byte[0]);
  }

  private Job start(String name, String script, byte[] input) {
    return Job.start(
        temp.resolve(name), new JobSpec(List.of("sh", "-c", script), temp, PATH, false), input);
  }

  @Test
  void aProgramSeesTheVariablesThatItWasGiven() throws Exception {
    var given = new TreeMap<>(PATH);
    List<String> names = List.of("job", "work", "err", "feed", "mask", "boot", "stat", "started");
    names.forEach(name -> given.put(name, "theirs"));
    String script = "echo $job $work $err $feed $mask $boot $stat $started";

    Job.start(
            temp.resolve("a"),
            new JobSpec(List.of("sh", "-c", script), temp, given, false),
            new byte[0])
        .await(LONG);

    assertThat(Files.readString(temp.resolve("a/out")))
        .isEqualTo("theirs ".repeat(names.size()).strip() + "\n");
  }

  /** A line has a time for who reads it before anybody has recorded one. */
  @Test
  void whatAJobPrintsHasATimeFromTheFirstLineOn() throws Exception {
    Job job = start("a", "echo out; echo err >&2");

    job.await(LONG);

    assertThat(OutputTimes.times(temp.resolve("a/out")).at(4)).isPresent();
    assertThat(OutputTimes.times(temp.resolve("a/err")).at(4)).isPresent();
    Files.writeString(temp.resolve("old"), "older than times\n");
    OutputTimes.begin(temp.resolve("old"));
    assertThat(OutputTimes.times(temp.resolve("old")).at(4)).isEmpty();
  }

  @Test
  void tellsExitCodeOutputAndErrors() throws Exception {
    Job job = start("a", "echo out; echo err >&2; exit 3");

    assertThat(job.await(LONG))
        .isInstanceOfSatisfying(
            Job.State.Ended.class, ended -> assertThat(ended.code()).isEqualTo(3));
    assertThat(job.out().tail(100)).isEqualTo("out\n");
    assertThat(job.err().tail(100)).isEqualTo("err\n");
  }

  /** F10: what a wrapper could not write on a full disk is no exit code. */
  @Test
  void anExitCodeOrPidThatIsDamagedIsALostJob() throws Exception {
    for (String name : List.of("exit", "pid")) {
      for (String content : List.of("", "x", "1 2", "99999999999999999999 1 x")) {
        Job job = start(name + content.length(), "exit 3");
        job.await(LONG);
        Files.writeString(job.directory().resolve(name), content);
        if (name.equals("pid")) {
          Files.delete(job.directory().resolve("exit"));
        }

        assertThat(job.state()).as(name + content).isInstanceOf(Job.State.Lost.class);
      }
    }
  }

  @Test
  void theInputArrivesByteForByte() throws Exception {
    var input = new byte[1 << 20];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) i;
    }
    Job job = start("a", "cat > copy", input);

    job.await(LONG);

    assertThat(temp.resolve("copy")).hasBinaryContent(input);
  }

  @Test
  void threeProgramsOfItsOwnAreStartedForAJob() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    for (String name : List.of("cat", "ln", "mv", "rm", "sed", "tail")) {
      String script = "#!/bin/sh\necho %s >> %s/started\nexec /bin/%s \"$@\"\n";
      Path program = Files.writeString(bin.resolve(name), script.formatted(name, temp, name));
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    var path = Map.of("PATH", bin + ":/usr/bin:/bin");

    Job.start(
            temp.resolve("a"),
            new JobSpec(List.of("/bin/echo", "x"), temp, path, false),
            new byte[0])
        .await(LONG);

    assertThat(Files.readAllLines(temp.resolve("started")))
        .containsExactlyInAnyOrder("ln", "rm", "mv");
  }

  @Test
  void isAdoptedByItsDirectory() throws Exception {
    start(
        "a",
        "read line; while [ ! -e go ]; do sleep 0.02; done; echo $line",
        "x\n".getBytes(StandardCharsets.UTF_8));
    Job adopted = Job.in(temp.resolve("a"));
    assertThat(adopted.state()).isInstanceOf(Job.State.Running.class);
    Files.createFile(temp.resolve("go"));

    assertThat(adopted.await(LONG)).isInstanceOf(Job.State.Ended.class);
    assertThat(adopted.out().tail(10)).isEqualTo("x\n");
  }

  @Test
  void oneThatNobodyStartedAndOneThatIsLostAreTold() throws Exception {
    assertThat(Job.in(temp.resolve("none")).state()).isEqualTo(new Job.State.NotStarted());
    Job job = start("a", "sleep 60");
    long pid = ((Job.State.Running) job.state()).pid();
    new ProcessBuilder("sh", "-c", "kill -s KILL -- -" + pid).start().waitFor();

    assertThat(job.await(LONG)).isEqualTo(new Job.State.Lost());
  }

  @Test
  void endsWithEverythingItStarted() throws Exception {
    Job job =
        start(
            "a",
            "trap '' TERM; (setsid sh -c 'trap \"\" TERM; echo $$ > far; sleep 60' &) ; sleep 61 & "
                + "while [ ! -s far ]; do sleep 0.02; done; echo $$ > near; wait");
    while (!Files.exists(temp.resolve("near"))) {
      Thread.onSpinWait();
    }

    job.end("cancelled");

    assertThat(job.state()).isEqualTo(new Job.State.Stopped("cancelled"));
    for (String name : List.of("near", "far")) {
      long pid = Long.parseLong(Files.readString(temp.resolve(name)).strip());
      assertThat(ProcessIdentity.of(pid).alive()).as(name).isFalse();
    }
  }

  @Test
  void ofTwoHundredJobsThatForkAndAreEndedNoProcessIsLeft() throws Exception {
    for (int n = 0; n < 200; n++) {
      Job job = start("job-" + n, "setsid sleep 1000 & sleep 1001 & echo up; wait");
      var out = new LineReader(job.out().file());
      while (n % 3 == 0 && out.lines().isEmpty()) {
        Thread.onSpinWait();
      }
      job.end("stopped");
    }

    assertThat(Strays.below(temp)).isEmpty();
  }

  @Test
  void childrenThatOutliveItsEndAreEnded() throws Exception {
    Job job =
        start(
            "a",
            "setsid sh -c 'echo $$ > far; sleep 60' & while [ ! -s far ]; do sleep 0.02; done");

    job.await(LONG);

    long pid = Long.parseLong(Files.readString(temp.resolve("far")).strip());
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    assertThat(ProcessIdentity.of(pid).alive()).isFalse();
  }

  @Test
  void ofStartersThatRaceOneWins() throws Exception {
    var ready = new CountDownLatch(1);
    var starters = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      starters.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  ready.await();
                } catch (InterruptedException e) {
                  return;
                }
                start("a", "echo once >> ledger");
              }));
    }
    ready.countDown();
    for (Thread starter : starters) {
      starter.join();
    }

    Job.in(temp.resolve("a")).await(LONG);

    assertThat(temp.resolve("ledger")).hasContent("once");
  }

  @Test
  void muchOutputWithoutANewlineIsReadInPart() throws Exception {
    Job job = start("a", "head -c 100000000 /dev/zero | tr '\\0' 'x'");

    job.await(LONG);

    assertThat(job.out().size()).isEqualTo(100_000_000);
    assertThat(job.out().tail(10)).isEqualTo("xxxxxxxxxx");
  }
}
