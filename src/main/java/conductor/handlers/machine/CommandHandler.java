package conductor.handlers.machine;

import conductor.effect.CommandEffect;
import conductor.effect.CommandEffect.Exec;
import conductor.effect.CommandFailure;
import conductor.effect.ExecResult;
import conductor.effect.Indeterminate;
import conductor.effect.OnCrash;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Secrets;
import conductor.engine.handler.WorktreePath;
import conductor.handlers.people.Gates;
import conductor.journal.Note;
import conductor.process.FileChanges;
import conductor.process.GitVariables;
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
 * Handles {@code Exec}: runs commands as detached jobs, which continue when the host dies and are
 * adopted later. Each job has a directory named by the key of its act.
 */
public final class CommandHandler implements Handler<CommandEffect<?>> {

  private static final Duration LIMIT = Duration.ofHours(1);
  private static final int TAIL = 64 * 1024;
  private static final int SHOWN = 2000;

  private final Path jobs;
  private final Path project;
  private final Map<String, String> environment;
  private final Secrets secrets;
  private final Gates gates;
  private final FileChanges changes;
  private final InstantSource clock;

  /**
   * @param project the directory in which commands without a worktree run
   * @param environment the environment of commands; variables that choose a git repository are left
   *     out
   * @param changes tells when commands print
   */
  public CommandHandler(
      Path jobs,
      Path project,
      Map<String, String> environment,
      Gates gates,
      FileChanges changes,
      InstantSource clock) {
    this.jobs = jobs;
    this.project = project;
    this.environment = GitVariables.withoutRepository(environment);
    this.secrets = new Secrets(environment);
    this.gates = gates;
    this.changes = changes;
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
              Objects.requireNonNullElse(exec.onCrash(), OnCrash.FAIL),
              exec.dir());
    };
  }

  /**
   * Returns the act that runs a command as a job. A full disk is not a reply of the command: the
   * run stops and can be resumed.
   */
  @Override
  public Act<?> act(CommandEffect<?> effect) {
    return switch (effect) {
      case Exec exec ->
          Act.adoptable(
              call -> begun(exec, call, 0), call -> adopted(exec, call), call -> abandoned(call));
    };
  }

  /** Returns the job after a number of earlier ones that were lost. */
  private Job job(Call call, int again) {
    String name = call.key().fileName() + (again == 0 ? "" : ".again-" + again);
    return Job.in(jobs.resolve(name));
  }

  private int started(Call call) {
    int n = 0;
    while (!(job(call, n).state() instanceof Job.State.NotStarted)) {
      n++;
    }
    return n;
  }

  private Job start(Exec exec, Path directory) {
    WorktreeEnv env = exec.env();
    Path top = env == null ? project : env.path();
    if (!Files.isDirectory(top)) {
      throw new IllegalStateException("the directory " + top + " is gone");
    }
    return Job.start(
        directory,
        new JobSpec(
            exec.command().words().stream().map(secrets::value).toList(),
            WorktreePath.directory(top, exec.dir()),
            env == null || env.ofUser() ? environment : GitVariables.inWorktree(environment, top),
            true),
        new byte[0]);
  }

  /**
   * Starts a job, possibly again after a crash, and waits for its result. The act is marked as
   * ongoing first, so that recorded replies of other effects do not wait for it.
   */
  private ExecResult begun(Exec exec, Call call, int again) throws InterruptedException {
    call.stillRunning();
    return result(exec, call, start(exec, job(call, again).directory()));
  }

  private ExecResult adopted(Exec exec, Call call) throws InterruptedException {
    Job job = job(call, Math.max(0, started(call) - 1));
    return switch (job.state()) {
      case Job.State.NotStarted _ -> begun(exec, call, 0);
      case Job.State.Running _ -> {
        call.stillRunning();
        yield result(exec, call, job);
      }
      case Job.State.Ended(int code, Instant at) -> {
        call.completedAt(at);
        yield ended(exec, job, code);
      }
      case Job.State.Stopped(String reason) -> throw stopped(exec, job, reason);
      case Job.State.Lost _ -> lost(exec, call);
    };
  }

  /**
   * Handles a job that was lost because the machine went down or its whole process group was
   * killed: runs it again or fails, as {@code on_crash} says.
   */
  private ExecResult lost(Exec exec, Call call) throws InterruptedException {
    boolean again =
        switch (Objects.requireNonNullElse(exec.onCrash(), OnCrash.FAIL)) {
          case RERUN -> true;
          case FAIL -> false;
          case ASK -> asked(call);
        };
    if (!again) {
      throw new Indeterminate(call.key().position(), exec.kind());
    }
    call.say("the command was lost with the host and is run again");
    return begun(exec, call, started(call));
  }

  private boolean asked(Call call) throws InterruptedException {
    var question = new Note.LostCommand();
    call.say(question);
    call.waitsForPerson(question.text());
    call.stillRunning();
    Gates.Given given = gates.await(call.key().position(), Note.LostCommand.ANSWERS);
    call.waitsForPerson("");
    given.note().ifPresent(call::say);
    return given.text().equals(Note.LostCommand.ANSWERS.getFirst());
  }

  private @Nullable Void abandoned(Call call) throws InterruptedException {
    for (int n = started(call) - 1; n >= 0; n--) {
      job(call, n).end("cancelled");
    }
    return null;
  }

  private ExecResult result(Exec exec, Call call, Job job) throws InterruptedException {
    try {
      Duration limit = Objects.requireNonNullElse(exec.timeout(), LIMIT);
      Duration left = Duration.between(clock.instant(), call.askedAt().plus(limit));
      return switch (job.await(left, changes)) {
        case Job.State.Ended(int code, Instant at) -> {
          call.completedAt(at);
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
