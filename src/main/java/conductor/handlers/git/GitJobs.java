package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.engine.handler.Call;
import conductor.process.Command;
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
 * Commands of acts on git that run hooks: they go on when the process that started them is gone,
 * and are taken up by their act's key, so that no hook runs twice. Knows nothing of what a command
 * did: where one was lost with the host, the act looks for that.
 */
public final class GitJobs {

  private static final int MOST = 16 << 20;

  private final Path directory;

  /**
   * @param directory where the jobs' directories are made, one a command
   */
  public GitJobs(Path directory) {
    this.directory = directory;
  }

  /**
   * Something that is run as a job.
   *
   * @param input its standard input
   * @param secret whether the input must stand in no file; it is short then
   */
  public record Spec(
      List<String> words,
      Path directory,
      Map<String, String> environment,
      String input,
      boolean secret,
      Duration limit) {

    /** Returns a git command that reads a text. */
    public static Spec git(Git git, String input, String... arguments) {
      return program(git, git.words(arguments), input, false);
    }

    /** Returns a program that runs git. */
    static Spec program(Git git, List<String> program, String input, boolean secret) {
      // what git leaves running, such as a credential cache, is no stray of the job
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

  /** Returns whether a command was started for an act, by whatever process. */
  public boolean began(Call call, String name) {
    return started(call, name) > 0;
  }

  /** Runs a command, or takes up the one that an earlier process started for the same act. */
  public Command.Ended once(Call call, String name, Spec spec) throws InterruptedException {
    Optional<Command.Ended> before = adopted(call, name, spec.limit());
    return before.isPresent() ? before.get() : run(call, name, spec);
  }

  /**
   * Waits for what an earlier process started for the same act.
   *
   * @return how it ended; empty when nothing was started, or it was killed with the host
   */
  public Optional<Command.Ended> adopted(Call call, String name, Duration limit)
      throws InterruptedException {
    int started = started(call, name);
    if (started == 0) {
      return Optional.empty();
    }
    Job job = job(call, name, started - 1);
    if (job.state() instanceof Job.State.Running) {
      call.ongoing();
    }
    return ended(call, job, name, limit).filter(ended -> !Git.isKilled(ended));
  }

  /**
   * Starts a command and waits for its end.
   *
   * @throws GitFailure.GitError when it takes too long; a hook that still ran is named
   */
  public Command.Ended run(Call call, String name, Spec spec) throws InterruptedException {
    call.ongoing();
    Path place = job(call, name, started(call, name)).directory();
    var job = new JobSpec(spec.words(), spec.directory(), spec.environment(), false);
    byte[] input = spec.input().getBytes(StandardCharsets.UTF_8);
    Job begun = spec.secret() ? Job.piped(place, job, input) : Job.start(place, job, input);
    return ended(call, begun, name, spec.limit())
        .orElseGet(() -> new Command.Ended(137, "", name + " was killed"));
  }

  private static Optional<Command.Ended> ended(Call call, Job job, String name, Duration limit)
      throws InterruptedException {
    try {
      Job.State state = job.await(limit);
      if (state instanceof Job.State.Running) {
        List<String> running = job.commandLines();
        job.end("timeout");
        throw Git.overdue(limit, running, name);
      }
      return switch (state) {
        case Job.State.Ended(int code, var at) -> {
          call.happened(at);
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
