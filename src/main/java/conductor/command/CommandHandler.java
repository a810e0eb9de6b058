package conductor.command;

import conductor.effect.CommandEffect;
import conductor.effect.CommandEffect.Exec;
import conductor.effect.CommandFailure;
import conductor.effect.ExecResult;
import conductor.effect.Indeterminate;
import conductor.effect.OnCrash;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.handler.Handler;
import conductor.process.Job;
import conductor.process.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands as detached jobs, so that they go on when the host dies and are adopted later. Each
 * has a directory named by its key.
 */
public final class CommandHandler implements Handler<CommandEffect<?>> {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final int TAIL = 64 * 1024;
  private static final int SHOWN = 2000;

  private final Path jobs;
  private final Path project;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param jobs where the jobs' directories are made
   * @param project where commands without a worktree run
   * @param environment what commands see
   */
  public CommandHandler(
      Path jobs, Path project, Map<String, String> environment, InstantSource clock) {
    this.jobs = jobs;
    this.project = project;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  @Override
  public CommandEffect<?> resolve(CommandEffect<?> effect) {
    return switch (effect) {
      case Exec exec ->
          new Exec(
              exec.command(),
              exec.env(),
              Objects.requireNonNullElse(exec.timeout(), LIMIT),
              Objects.requireNonNullElse(exec.check(), false),
              Objects.requireNonNullElse(exec.onCrash(), OnCrash.FAIL));
    };
  }

  @Override
  public Act<?> act(CommandEffect<?> effect) {
    return switch (effect) {
      case Exec exec ->
          Act.adoptable(
              call -> result(exec, call, started(exec, directory(call, ""))),
              call -> adopted(exec, call),
              call -> abandoned(call));
    };
  }

  private Path directory(Call call, String again) {
    return jobs.resolve(call.key().fileName() + again);
  }

  private Job started(Exec exec, Path directory) {
    Path where = exec.env() == null ? project : exec.env().path();
    if (!Files.isDirectory(where)) {
      throw new IllegalStateException("the directory " + where + " is gone");
    }
    return Job.start(
        directory, new JobSpec(exec.command().words(), where, environment, true), new byte[0]);
  }

  private ExecResult adopted(Exec exec, Call call) throws InterruptedException {
    Job again = Job.in(directory(call, ".again"));
    Job job = again.state() instanceof Job.State.NotStarted ? Job.in(directory(call, "")) : again;
    return switch (job.state()) {
      case Job.State.NotStarted _ -> result(exec, call, started(exec, directory(call, "")));
      case Job.State.Running _ -> {
        call.ongoing();
        yield result(exec, call, job);
      }
      case Job.State.Ended(int code, Instant at) -> {
        call.happened(at);
        yield ended(exec, job, code);
      }
      case Job.State.Stopped(String reason) -> throw stopped(exec, job, reason);
      case Job.State.Lost _ -> lost(exec, call);
    };
  }

  /** The machine went down with it, or its whole group was killed. */
  private ExecResult lost(Exec exec, Call call) throws InterruptedException {
    if (exec.onCrash() == OnCrash.RERUN) {
      call.say("the command was lost with the host and is run again");
      return result(exec, call, started(exec, directory(call, ".again")));
    }
    throw new Indeterminate(call.key().position(), exec.kind());
  }

  private @Nullable Void abandoned(Call call) throws InterruptedException {
    Job.in(directory(call, "")).end("cancelled");
    Job.in(directory(call, ".again")).end("cancelled");
    return null;
  }

  private ExecResult result(Exec exec, Call call, Job job) throws InterruptedException {
    try {
      Duration limit = Objects.requireNonNullElse(exec.timeout(), LIMIT);
      Duration left = Duration.between(clock.instant(), call.askedAt().plus(limit));
      return switch (job.await(left)) {
        case Job.State.Ended(int code, Instant at) -> {
          call.happened(at);
          yield ended(exec, job, code);
        }
        case Job.State.Running _, Job.State.NotStarted _ -> {
          job.end("timeout");
          throw stopped(exec, job, "timeout");
        }
        case Job.State.Stopped(String reason) -> throw stopped(exec, job, reason);
        case Job.State.Lost _ -> lost(exec, call);
      };
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        job.end("cancelled");
      }
      throw e;
    }
  }

  private static RuntimeException stopped(Exec exec, Job job, String reason)
      throws InterruptedException {
    if (reason.equals("timeout")) {
      return new CommandFailure.ExecTimeout(
          exec.command().text(),
          Objects.requireNonNullElse(exec.timeout(), LIMIT),
          job.out().file());
    }
    throw new InterruptedException(reason);
  }

  private static ExecResult ended(Exec exec, Job job, int code) {
    if (code != 0 && Boolean.TRUE.equals(exec.check())) {
      throw new CommandFailure.ExecFailed(
          exec.command().text(), code, job.out().tail(SHOWN), job.out().file());
    }
    return new ExecResult(code, job.out().tail(TAIL), job.out().file(), code == 0);
  }
}
