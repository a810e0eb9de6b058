package conductor.agent;

import conductor.effect.AgentFailure;
import conductor.process.Job;
import conductor.process.JobSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One prompt and its answer: a directory with the prompt, the key of who asked, and the jobs that
 * worked on it. More than one when the first was lost with the host.
 */
final class Turn {

  private static final int SHOWN = 2000;
  private static final int LONGEST_REPLY = 16 << 20;
  private static final String CONTINUE =
      """
      You were interrupted while working on the task below, and nobody can say how far you came. Look at what is
      there, then go on with it; do not do anything twice.

      """;

  private final String agent;
  private final int number;
  private final Path directory;
  private final InstantSource clock;

  Turn(String agent, int number, Path directory, InstantSource clock) {
    this.agent = agent;
    this.number = number;
    this.directory = directory;
    this.clock = clock;
  }

  /** Its place in the conversation, counted from 1. */
  int number() {
    return number;
  }

  Path directory() {
    return directory;
  }

  String prompt() {
    return read("prompt");
  }

  String key() {
    return read("key");
  }

  private String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The job that works on it now, or did last. */
  Job job() {
    Job job = Job.in(directory);
    for (int n = 1; job.state() instanceof Job.State.Lost; n++) {
      Job again = Job.in(directory.resolve("again-" + n));
      if (again.state() instanceof Job.State.NotStarted) {
        return job;
      }
      job = again;
    }
    return job;
  }

  /** Starts it, or starts it again when it was lost; does nothing when it runs or has ended. */
  void start(JobSpec spec) {
    Job job = job();
    switch (job.state()) {
      case Job.State.NotStarted _ -> Job.start(directory, spec, bytes(prompt()));
      case Job.State.Lost _ -> Job.start(next(), spec, bytes(CONTINUE + prompt()));
      case Job.State.Running _, Job.State.Ended _, Job.State.Stopped _ -> {}
    }
  }

  private Path next() {
    int n = 1;
    while (!(Job.in(directory.resolve("again-" + n)).state() instanceof Job.State.NotStarted)) {
      n++;
    }
    return directory.resolve("again-" + n);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it was begun and is over. */
  boolean over() {
    return switch (job().state()) {
      case Job.State.Ended _, Job.State.Stopped _ -> true;
      case Job.State.NotStarted _, Job.State.Running _, Job.State.Lost _ -> false;
    };
  }

  boolean running() {
    return job().state() instanceof Job.State.Running;
  }

  /** When it ended, if it ended by itself. */
  Optional<Instant> ended() {
    return job().state() instanceof Job.State.Ended(int _, Instant at)
        ? Optional.of(at)
        : Optional.empty();
  }

  /**
   * Waits for its end and returns the answer.
   *
   * @param askedAt when the time for the turn began
   * @throws AgentFailure when it ended badly or took too long; it is ended then
   */
  String answer(Instant askedAt, Duration timeout, Duration idle) throws InterruptedException {
    Job job = job();
    while (true) {
      Instant now = clock.instant();
      Duration wall = Duration.between(now, askedAt.plus(timeout));
      Duration silence = Duration.between(now, job.lastOutput().plus(idle));
      Duration most = wall.compareTo(silence) < 0 ? wall : silence;
      Job.State state = most.isPositive() ? job.await(most) : job.state();
      if (!(state instanceof Job.State.Running)) {
        return reply(job, state, timeout, idle);
      }
      if (!most.isPositive()) {
        job.end(wall.compareTo(silence) < 0 ? "timeout" : "idle_timeout");
      }
    }
  }

  /** Its end, without waiting. */
  String reply(Job job, Job.State state, Duration timeout, Duration idle) {
    Path log = job.out().file();
    return switch (state) {
      case Job.State.Ended(int code, Instant _) when code == 0 ->
          job.out().head(LONGEST_REPLY).replaceFirst("\\R+\\z", "");
      case Job.State.Ended(int code, Instant _) -> {
        String errors = job.err().tail(SHOWN);
        String shown = errors.isBlank() ? job.out().tail(SHOWN) : errors;
        throw new AgentFailure.AgentFailed(agent, code, shown, log);
      }
      case Job.State.Stopped(String reason) when reason.equals("timeout") ->
          throw new AgentFailure.AgentTimeout(agent, reason, timeout, log);
      case Job.State.Stopped(String reason) when reason.equals("idle_timeout") ->
          throw new AgentFailure.AgentTimeout(agent, reason, idle, log);
      case Job.State.Stopped(String reason) ->
          throw new AgentFailure.AgentEnded(agent, "aborted", reason);
      case Job.State.Lost _, Job.State.NotStarted _, Job.State.Running _ ->
          throw new AgentFailure.AgentEnded(
              agent, "error", "its process is gone and left no exit code");
    };
  }
}
