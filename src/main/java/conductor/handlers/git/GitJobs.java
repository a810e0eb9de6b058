package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.engine.handler.Call;
import conductor.process.Command;
import conductor.process.FileChanges;
import conductor.process.Job;
import conductor.process.JobSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs git commands that run hooks as detached jobs. Such a command continues when the process that
 * started it is gone, and is found again by the key of its act, so that no hook runs twice. This
 * class does not check what a command did: where a command was lost with the host, the act itself
 * looks for its result.
 */
public final class GitJobs {

  private static final int MOST = 16 << 20;

  private final Path directory;
  private final FileChanges changes;

  /**
   * Runs each command's job in a directory below the given one.
   *
   * @param changes tells when they print
   */
  public GitJobs(Path directory, FileChanges changes) {
    this.directory = directory;
    this.changes = changes;
  }

  /** Runs a command, possibly as a job that an earlier process started. */
  @FunctionalInterface
  public interface Runner {
    Command.Ended run(Spec spec) throws InterruptedException;
  }

  /**
   * A command to be run as a job.
   *
   * @param words the command line
   * @param input the text on its standard input
   * @param secret whether the input must not be written to a file; it has to be short then
   */
  public record Spec(
      List<String> words,
      Path directory,
      Map<String, String> environment,
      String input,
      boolean secret,
      Duration limit) {

    /** Returns a git command that reads a text from its standard input. */
    public static Spec git(Git git, String input, String... arguments) {
      return program(git, git.words(arguments), input, false);
    }

    /** Returns a program that runs git. */
    static Spec program(Git git, List<String> program, String input, boolean secret) {
      // processes that git leaves running, such as a credential cache, must not count as the job's
      var words = new ArrayList<String>(List.of("env", "-u", "CONDUCTOR_JOB"));
      words.addAll(program);
      return new Spec(words, git.directory(), git.environment(), input, secret, git.limit());
    }
  }

  private Job job(Call call, String name, int again) {
    return Job.in(directory.resolve(call.key().fileName() + "." + name + "." + again));
  }

  private int started(Call call, String name) {
    int n = 0;
    while (!(job(call, name, n).state() instanceof Job.State.NotStarted)) {
      n++;
    }
    return n;
  }

  /** Returns whether this or an earlier process started a command for an act. */
  public boolean began(Call call, String name) {
    return started(call, name) > 0;
  }

  /** Runs a command, or waits for the one that an earlier process started for the same act. */
  public Command.Ended once(Call call, String name, Spec spec) throws InterruptedException {
    Optional<Command.Ended> before = adopted(call, name, spec.limit());
    return before.isPresent() ? before.get() : run(call, name, spec);
  }

  /** Waits for what an earlier process started; empty for nothing, or what died with the host. */
  public Optional<Command.Ended> adopted(Call call, String name, Duration limit)
      throws InterruptedException {
    int started = started(call, name);
    if (started == 0) {
      return Optional.empty();
    }
    Job job = job(call, name, started - 1);
    if (job.state() instanceof Job.State.Running) {
      call.stillRunning();
    }
    return ended(call, job, name, limit).filter(ended -> !Git.isKilled(ended));
  }

  /**
   * Starts a command and waits for its end. An interrupt ends the job unless the run is suspending.
   *
   * @throws GitFailure.GitError when it takes too long; a hook that still ran is named
   */
  public Command.Ended run(Call call, String name, Spec spec) throws InterruptedException {
    call.stillRunning();
    Path place = job(call, name, started(call, name)).directory();
    var job = new JobSpec(spec.words(), spec.directory(), spec.environment(), false);
    byte[] input = spec.input().getBytes(StandardCharsets.UTF_8);
    Job begun = spec.secret() ? Job.piped(place, job, input) : Job.start(place, job, input);
    return ended(call, begun, name, spec.limit())
        .orElseGet(() -> new Command.Ended(137, "", name + " was killed"));
  }

  private Optional<Command.Ended> ended(Call call, Job job, String name, Duration limit)
      throws InterruptedException {
    try {
      Job.State state = job.await(limit, changes);
      if (state instanceof Job.State.Running) {
        List<String> running = job.commandLines();
        job.end("timeout");
        throw Git.overdue(limit, running, name);
      }
      return switch (state) {
        case Job.State.Ended(int code, var at) -> {
          call.completedAt(at);
          yield Optional.of(new Command.Ended(code, job.out().head(MOST), job.err().head(MOST)));
        }
        case Job.State.Stopped(String reason) when reason.equals("timeout") ->
            throw Git.overdue(limit, List.of(), name);
        case Job.State.Stopped(String reason) -> throw new InterruptedException(reason);
        case Job.State.Lost _, Job.State.NotStarted _, Job.State.Running _ -> Optional.empty();
      };
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        job.end("cancelled");
      }
      throw e;
    }
  }
}
