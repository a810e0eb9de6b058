package conductor.process;

import conductor.error.Reason;
import conductor.state.AtomicFile;
import conductor.state.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
public final class Job {

  private static final Duration GRACE = Duration.ofSeconds(3);

  /** Stands for the wrapper of a job whose {@code pid} is damaged: it was started, and is gone. */
  private static final ProcessIdentity NOBODY = new ProcessIdentity(0, 0, "unknown");

  private static final Pattern CODE = Pattern.compile("\\d{1,3}");
  private static final Pattern PID = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\S+)");

  private final Path directory;

  private Job(Path directory) {
    this.directory = directory;
  }

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

  /** Returns the job of a directory, whoever started it. */
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
      try {
        PrivateFiles.directories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make " + directory + ": " + Reason.of(e), e);
      }
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
      try {
        PrivateFiles.directories(directory);
        Files.write(
            directory.resolve("in"), new byte[0], StandardOpenOption.CREATE); // may hold lines
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + directory + ": " + Reason.of(e), e);
      }
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

  /** Returns the job's directory. */
  public Path directory() {
    return directory;
  }

  /** Returns a name that is unique among the jobs of a machine. */
  String id() {
    return directory.toAbsolutePath().normalize().toString();
  }

  /** Returns the job's present state. */
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
    try {
      Path exit = directory.resolve("exit");
      Path reason = directory.resolve("ended");
      boolean gone = wrapper().map(wrapper -> !wrapper.alive()).orElse(true);
      if (Files.exists(reason) && (gone || Files.exists(exit))) {
        return Optional.of(new State.Stopped(Files.readString(reason).strip()));
      }
      if (!Files.exists(exit)) {
        return Optional.empty();
      }
      String code = Files.readString(exit, StandardCharsets.ISO_8859_1).strip();
      return CODE.matcher(code).matches()
          ? Optional.of(
              new State.Ended(Integer.parseInt(code), Files.getLastModifiedTime(exit).toInstant()))
          : Optional.empty(); // the disk was full, or the file is damaged
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + Reason.of(e), e);
    }
  }

  private Optional<ProcessIdentity> wrapper() {
    try {
      Path pid = directory.resolve("pid");
      Matcher fields = PID.matcher(Files.readString(pid, StandardCharsets.ISO_8859_1).strip());
      return Optional.of(
          fields.matches()
              ? new ProcessIdentity(
                  Long.parseLong(fields.group(1)), Long.parseLong(fields.group(2)), fields.group(3))
              : NOBODY);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + Reason.of(e), e);
    }
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

  /** Returns when the job last printed something, or started; the epoch when it never started. */
  public Instant lastOutput() {
    Instant last = Instant.EPOCH;
    for (String name : List.of("pid", "out", "err")) {
      Path file = directory.resolve(name);
      try {
        if (Files.exists(file)) {
          Instant at = Files.getLastModifiedTime(file).toInstant();
          last = at.isAfter(last) ? at : last;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file + ": " + Reason.of(e), e);
      }
    }
    return last;
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

  /** Returns the command lines of the job's processes that run now. */
  public List<String> commandLines() {
    return state() instanceof State.Running(long pid)
        ? ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .flatMap(process -> process.info().commandLine().stream())
            .toList()
        : List.of();
  }

  /**
   * Returns what the job printed on standard output, and on standard error where that was merged.
   */
  public Output out() {
    return new Output(directory.resolve("out"));
  }

  /** Returns what the job printed on standard error; nothing where that was merged. */
  public Output err() {
    return new Output(directory.resolve("err"));
  }
}
