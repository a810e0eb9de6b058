package conductor.handlers.agent;

import conductor.handlers.agent.TurnEnd.How;
import conductor.process.FileChanges;
import conductor.process.Job;
import conductor.process.JobSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Runs a program once for each turn: the prompt is its standard input, its standard output is the
 * answer, exit code 0 is success. The turn's directory is the job's directory. A job that was
 * interrupted, or lost with the host, is run again in a directory below it, with a prompt that says
 * so.
 *
 * @param turns supplies the turns of the conversation
 * @param specs gives the job to run for a turn
 * @param activity detects changed files in the worktree
 * @param changes tells when the program prints
 */
record CommandDriver(
    Supplier<List<Turn>> turns,
    Function<Turn, JobSpec> specs,
    WorktreeActivity activity,
    FileChanges changes,
    InstantSource clock)
    implements Driver {

  private static final int MOST_LOST = 2;
  private static final int KILLED = 128 + 9;
  private static final String OFTEN = "its process was killed three times, ";
  private static final String MEMORY =
      "; the system does so when memory is short, and a reboot does";
  private static final int SHOWN = 2000;
  private static final int LONGEST_REPLY = 16 << 20;
  private static final String INTERRUPTED = "interrupted";
  private static final Pattern LINE_ENDS = Pattern.compile("(?<!\\v)\\v++\\z");

  @Override
  public TurnEnd run(Turn turn, Progress progress) throws InterruptedException {
    Job job = job(turn);
    boolean fresh = !(job.state() instanceof Job.State.Running);
    Instant begun = fresh ? clock.instant() : turn.request().askedAt();
    while (true) {
      if (job.state() instanceof Job.State.NotStarted) {
        boolean first = job.directory().equals(turn.directory());
        String prompt = first ? turn.prompt() : Prompts.CONTINUE + turn.prompt();
        Job.start(job.directory(), specs.apply(turn), prompt.getBytes(StandardCharsets.UTF_8));
      }
      if (job.state() instanceof Job.State.Running) {
        progress.works();
        progress.goesOn();
      }
      TurnEnd end = ended(turn, job, begun);
      Job next = job(turn);
      if (end.how() != How.LOST || next.directory().equals(job.directory())) {
        return end;
      }
      job = next;
    }
  }

  /**
   * Returns the job that runs the turn or ran it last; a new one if that was interrupted or killed,
   * but no new one after the third time it was killed.
   */
  private static Job job(Turn turn) {
    Job job = Job.in(turn.directory());
    int killed = 0;
    for (int n = 1; isInterrupted(job.state()) || isKilled(job.state()); n++) {
      killed += isKilled(job.state()) ? 1 : 0;
      if (killed > MOST_LOST) {
        break;
      }
      job = Job.in(turn.directory().resolve("again-" + n));
    }
    return job;
  }

  private static boolean isInterrupted(Job.State state) {
    return state instanceof Job.State.Stopped(String reason) && reason.equals(INTERRUPTED);
  }

  /** Returns whether a job was killed: it was lost with the host, or ended by SIGKILL. */
  private static boolean isKilled(Job.State state) {
    return state instanceof Job.State.Lost
        || (state instanceof Job.State.Ended(int code, Instant _) && code == KILLED);
  }

  private TurnEnd ended(Turn turn, Job job, Instant begun) throws InterruptedException {
    Turn.Request limits = turn.request();
    var time = new OwnTime(clock);
    var silence = new Silence(time, clock, activity);
    Instant output = job.lastOutput();
    silence.lastsSince(output);
    while (true) {
      Instant last = job.lastOutput();
      if (!last.equals(output)) {
        silence.broken();
        output = last;
      }
      boolean silent = silence.isOver(limits.idleTimeout());
      Duration wall = Duration.between(time.instant(), begun.plus(limits.timeout()));
      Duration quiet = silence.left(limits.idleTimeout());
      Duration most = Collections.min(List.of(wall, quiet));
      Job.State state = most.isPositive() ? job.await(most, changes) : job.state();
      if (!(state instanceof Job.State.Running)) {
        return end(limits, job, state, begun);
      }
      if (!wall.isPositive() || silent) {
        job.end(wall.isPositive() ? "idle_timeout" : "timeout");
      }
    }
  }

  private TurnEnd end(Turn.Request limits, Job job, Job.State state, Instant begun)
      throws InterruptedException {
    Instant now = clock.instant();
    TurnEnd end =
        switch (state) {
          case Job.State.Ended(int code, Instant at) when code == 0 -> answered(job, at);
          case Job.State.Ended(int code, Instant at) when code == KILLED ->
              TurnEnd.of(How.LOST, OFTEN + "by the signal KILL" + MEMORY, at).withExitCode(code);
          case Job.State.Ended(int code, Instant at) ->
              TurnEnd.of(How.EXITED, lastWords(job), at).withExitCode(code);
          case Job.State.Stopped(String reason) when reason.equals("timeout") ->
              TurnEnd.of(How.TIMEOUT, "", now).withLimit(limits.timeout());
          case Job.State.Stopped(String reason) when reason.equals("idle_timeout") ->
              TurnEnd.of(How.IDLE_TIMEOUT, "", now).withLimit(limits.idleTimeout());
          case Job.State.Stopped(String reason) when reason.equals(INTERRUPTED) ->
              throw new InterruptedException(reason);
          case Job.State.Stopped(String reason) -> TurnEnd.of(How.ABORTED, reason, now);
          case Job.State.Lost _, Job.State.NotStarted _, Job.State.Running _ ->
              TurnEnd.of(How.LOST, OFTEN + "and left no exit code" + MEMORY, now);
        };
    double took = Duration.between(begun, end.at()).toMillis() / 1000.0;
    return end.withCosts(Math.max(0, took), end.usage());
  }

  private static TurnEnd answered(Job job, Instant at) {
    long size = job.out().size();
    return size > LONGEST_REPLY
        ? TurnEnd.of(
            How.FAILED,
            "its answer has %d MiB, and %d MiB are the most; have it write what is long to files"
                .formatted(size >> 20, LONGEST_REPLY >> 20),
            at)
        : TurnEnd.of(
            How.ANSWERED, LINE_ENDS.matcher(job.out().head(LONGEST_REPLY)).replaceFirst(""), at);
  }

  private static String lastWords(Job job) {
    String errors = job.err().tail(SHOWN);
    return errors.isBlank() ? job.out().tail(SHOWN) : errors;
  }

  /** Returns false, because a program that reads its prompt once takes no further message. */
  @Override
  public boolean steer(Turn message) {
    return false;
  }

  @Override
  public void cancel() throws InterruptedException {
    end("cancelled");
  }

  @Override
  public void interrupt() throws InterruptedException {
    end(INTERRUPTED);
  }

  @Override
  public void end(String reason) throws InterruptedException {
    for (Turn turn : turns.get()) {
      if (!turn.over()) {
        job(turn).end(reason);
      }
    }
  }

  @Override
  public void closeIdle() {
    // the program of a turn ends by itself
  }

  @Override
  public void close() {
    // there is nothing to release
  }
}
