package conductor.process;

import conductor.error.Reason;
import conductor.error.Unchecked;
import conductor.state.AtomicFile;
import conductor.state.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that goes on without the process that started it, and that any later process can find
 * again. The program has a session and process group of its own behind a wrapper, which is a shell
 * script, and a directory of files:
 *
 * <ul>
 *   <li>{@code in} the standard input: written before the program starts, or a line at a time by a
 *       {@link LineWriter} while it runs
 *   <li>{@code out}, {@code err} what the program prints
 *   <li>{@code pid} process id, start time and boot of the wrapper, written once, by the one
 *       wrapper that wins: however often a job is started, its program runs once
 *   <li>{@code exit} the program's exit code, there only when it ended by itself
 *   <li>{@code ended} the reason for which conductor ended it
 * </ul>
 *
 * Needs {@code setsid} and {@code /proc}: Linux only.
 */
public record Job(Path directory) {

  private static final Duration GRACE = Duration.ofSeconds(3);

  /** Stands for the wrapper of a job whose {@code pid} is damaged: it was started, and is gone. */
  private static final ProcessIdentity NOBODY = new ProcessIdentity(0, 0, "unknown");

  private static final Pattern CODE = Pattern.compile("\\d{1,3}");
  private static final Pattern PID = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\S+)");

  /** The state of a job. */
  public sealed interface State {

    /** The state of a job that no wrapper has claimed. */
    record NotStarted() implements State {}

    /**
     * The state of a job that runs.
     *
     * @param pid process id of the wrapper
     */
    record Running(long pid) implements State {}

    /**
     * The state of a job that ended by itself.
     *
     * @param code the exit code; 128 plus the signal's number when a signal ended the program
     */
    record Ended(int code, Instant at) implements State {}

    /** The state of a job that conductor ended. */
    record Stopped(String reason) implements State {}

    /**
     * The state of a job that is gone and left no exit code: the machine or its whole group was
     * killed.
     */
    record Lost() implements State {}
  }

  public static Job in(Path directory) {
    return new Job(directory);
  }

  /**
   * Starts a job, unless one was started in the directory before.
   *
   * @param input the bytes on its standard input
   * @throws CannotRun when it cannot be started
   */
  public static Job start(Path directory, JobSpec spec, byte[] input) {
    var job = new Job(directory);
    if (job.state() instanceof State.NotStarted) {
      AtomicFile.write(directory.resolve("in"), input);
      new JobWrapper(job).start(spec, "whole", new byte[0]);
    }
    return job;
  }

  /**
   * Starts a job whose standard input goes through a pipe, so that no file holds it. Starts nothing
   * when a job was started in the directory before.
   *
   * @throws CannotRun when it cannot be started
   */
  public static Job piped(Path directory, JobSpec spec, byte[] input) {
    var job = new Job(directory);
    if (job.state() instanceof State.NotStarted) {
      Unchecked.run("make " + directory, () -> PrivateFiles.directories(directory));
      new JobWrapper(job).start(spec, "piped", input);
    }
    return job;
  }

  /**
   * Starts a job to which lines are written, and whose lines are read, while it runs: see {@link
   * LineWriter} and {@link LineReader}. Starts nothing when a job was started in the directory
   * before.
   *
   * @throws CannotRun when it cannot be started
   */
  public static Job converse(Path directory, JobSpec spec) {
    var job = new Job(directory);
    if (job.state() instanceof State.NotStarted) {
      Path in = directory.resolve("in"); // may hold lines
      Unchecked.run("write " + directory, () -> PrivateFiles.directories(directory));
      Unchecked.get(
          "write " + directory, () -> Files.write(in, new byte[0], StandardOpenOption.CREATE));
      new JobWrapper(job).start(spec, "lines", new byte[0]);
    }
    return job;
  }

  /** Runs code once the job's process is gone; at once when it is gone already. */
  public void whenGone(Runnable run) {
    if (state() instanceof State.Running(long pid)) {
      ProcessHandle.of(pid)
          .ifPresentOrElse(
              process ->
                  Thread.ofVirtual()
                      .start(() -> {
                        process.onExit().join();
                        run.run();
                      }),
              run);
    } else {
      run.run();
    }
  }

  /** Returns a name that is unique among the jobs of a machine. */
  String id() {
    return directory.toAbsolutePath().normalize().toString();
  }

  public State state() {
    Optional<ProcessIdentity> wrapper = wrapper();
    if (wrapper.isEmpty()) {
      return new State.NotStarted();
    }
    boolean alive = wrapper.get().alive();
    Optional<State> ended = ended();
    if (ended.isPresent()) {
      return ended.get();
    }
    return alive ? new State.Running(wrapper.get().pid()) : new State.Lost();
  }

  private Optional<State> ended() {
    Path exit = directory.resolve("exit");
    boolean gone = wrapper().map(wrapper -> !wrapper.alive()).orElse(true);
    Optional<String> reason =
        gone || Files.exists(exit) ? text("ended", StandardCharsets.UTF_8) : Optional.empty();
    return reason
        .<State>map(State.Stopped::new)
        .or(() ->
            text("exit", StandardCharsets.ISO_8859_1)
                .filter(code ->
                    CODE.matcher(code).matches()) // else the disk was full, or it is damaged
                .map(code -> new State.Ended(Integer.parseInt(code), changed(exit))));
  }

  private Optional<ProcessIdentity> wrapper() {
    return text("pid", StandardCharsets.ISO_8859_1)
        .map(PID::matcher)
        .map(fields ->
            fields.matches()
                ? new ProcessIdentity(
                    Long.parseLong(fields.group(1)),
                    Long.parseLong(fields.group(2)),
                    fields.group(3))
                : NOBODY);
  }

  private Optional<String> text(String name, Charset charset) {
    try {
      return Optional.of(Files.readString(directory.resolve(name), charset).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + Reason.of(e), e);
    }
  }

  private static Instant changed(Path file) {
    return Unchecked.get(
        "read " + file.getParent(), () -> Files.getLastModifiedTime(file).toInstant());
  }

  /**
   * Waits until the job does not run any more, and then kills what it left running.
   *
   * @param most the longest to wait
   * @return the state then; {@code Running} when the time was over before
   */
  public State await(Duration most) throws InterruptedException {
    if (state() instanceof State.Running(long pid)) {
      try {
        var handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
          handle.get().onExit().get(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS);
        }
      } catch (TimeoutException e) {
        return state();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    State state = state();
    if (!(state instanceof State.Running)) {
      Strays.kill(id());
    }
    return state;
  }

  /** Waits as {@link #await(Duration)} does, and records meanwhile when the job prints. */
  public State await(Duration most, FileChanges changes) throws InterruptedException {
    if (!Files.isDirectory(directory)) {
      return await(most);
    }
    try (var _ = OutputTimes.of(this, changes)) {
      return await(most);
    }
  }

  /** Returns when the job last printed something, or started; the epoch when it never started. */
  public Instant lastOutput() {
    return Stream.of("pid", "out", "err")
        .map(directory::resolve)
        .filter(Files::exists)
        .map(file ->
            Unchecked.get("read " + file, () -> Files.getLastModifiedTime(file).toInstant()))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /**
   * Ends the job with everything it started: TERM, three seconds, KILL. Of a job that has ended,
   * ends what it left running.
   */
  public void end(String reason) throws InterruptedException {
    if (state() instanceof State.Running(long pid)) {
      AtomicFile.write(directory.resolve("ended"), reason);
      signal("TERM", pid);
      if (await(GRACE) instanceof State.Running) {
        signal("KILL", pid);
        await(GRACE);
      }
    }
    Strays.kill(id());
  }

  /** Sends a signal to a process group; does nothing when the group is gone. */
  private static void signal(String name, long group) throws InterruptedException {
    try {
      new ProcessBuilder("sh", "-c", "kill -s " + name + " -- -" + group)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CannotRun("cannot send a signal: " + e.getMessage());
    }
  }

  public List<String> commandLines() {
    return state() instanceof State.Running(long pid)
        ? ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .flatMap(process -> process.info().commandLine().stream())
            .toList()
        : List.of();
  }

  /** Returns standard output, and standard error where that was merged. */
  public Output out() {
    return new Output(directory.resolve("out"));
  }

  /** Returns standard error; nothing where that was merged. */
  public Output err() {
    return new Output(directory.resolve("err"));
  }
}
