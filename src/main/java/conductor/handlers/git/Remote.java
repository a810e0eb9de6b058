package conductor.handlers.git;

import conductor.effect.GitFailure;
import conductor.engine.handler.Call;
import conductor.journal.Redactor;
import conductor.process.Command;
import conductor.process.Overdue;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Runs git commands that connect to a remote. A login goes through a pipe to a credential helper
 * that lives as long as the call: it is in no argument, variable, file or url, and git's own
 * helpers cannot store it.
 */
public final class Remote {

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern REFUSED =
      Pattern.compile("Authentication failed|could not read (Username|Password)|error: 40[13]");
  private static final Pattern CUT = Pattern.compile("hung up unexpectedly|unexpected disconnect");

  /** Starts a command with the login's pipe as descriptor 3 and an empty standard input. */
  private static final String PIPED = "exec 3<&0 </dev/null; exec \"$@\"";

  private static final String HELPER = "!f() { test \"$1\" = get && cat <&3; }; f";

  private final Git git;
  private final String name;

  /** Runs commands at an existing remote. A relative url is relative to git's directory. */
  public Remote(Git git, String name) {
    // a mirror would push all refs; conductor pushes one
    this.git = git.set("remote." + name + ".mirror", "false");
    this.name = name;
  }

  /** Returns the url that is pushed to, after the user's {@code insteadOf}. */
  private String url() throws InterruptedException {
    return git.must("remote", "get-url", "--push", name).lines().findFirst().orElse(name);
  }

  /** Returns the full name of the ref that tracks a remote's branch. */
  public static String tracking(String remote, String branch) {
    return "refs/remotes/" + remote + "/" + branch;
  }

  /**
   * Runs a git command and returns how it ended, whatever its exit code is. Runs it once more with
   * a renewed login where the login is refused.
   *
   * @throws GitFailure.GitKilled when a signal ended it
   * @throws GitFailure.GitError when it takes too long
   */
  public Command.Ended run(String... arguments) throws InterruptedException {
    try {
      return letIn(access -> once(access, arguments));
    } catch (Overdue e) {
      throw Git.overdue(git.limit(), e.running(), arguments);
    }
  }

  /** Fetches one branch into its remote-tracking ref, and nothing else. */
  public Command.Ended fetch(String branch) throws InterruptedException {
    return run(fetching("refs/heads/" + branch, tracking(name, branch)));
  }

  /** Returns the words that fetch one ref of the remote into a ref here, and nothing else. */
  public String[] fetching(String ref, String into) {
    return Git.line(
        "fetch --quiet --no-tags --no-prune --no-recurse-submodules --no-write-fetch-head",
        name,
        "+" + ref + ":" + into);
  }

  /** Runs a git command that is safe to repeat; tries thrice at most when the connection is cut. */
  public Command.Ended insist(String... arguments) throws InterruptedException {
    return insist(() -> run(arguments));
  }

  /** Does so as a job of an act, which continues when this process is gone. */
  public Command.Ended insist(GitJobs jobs, Call call, String job, String... arguments)
      throws InterruptedException {
    return insist(() -> letIn(access -> once(access, jobs, call, job, arguments)));
  }

  private interface Attempt {
    Command.Ended run() throws InterruptedException;
  }

  private static Command.Ended insist(Attempt attempt) throws InterruptedException {
    Command.Ended ended = attempt.run();
    for (int tries = 1; CUT.matcher(ended.err()).find() && tries < TRIES; tries++) {
      Thread.sleep(PAUSE.multipliedBy(tries));
      ended = attempt.run();
    }
    return ended;
  }

  /**
   * How the remote is come to, found out once for an attempt.
   *
   * @param login what conductor knows of the url; empty where git logs in by itself
   */
  private record Access(String url, Optional<Credentials.Login> login) {}

  private interface Connection {
    Command.Ended by(Access access) throws InterruptedException;
  }

  /** Returns a redactor that also knows the remote's password, if there is a login. */
  public Redactor secrets(Redactor known) throws InterruptedException {
    return access()
        .login()
        .map(login -> known.with("the token for " + name, login.password()))
        .orElse(known);
  }

  /** Runs an attempt, and once more when the login is refused and can be renewed. */
  private Command.Ended letIn(Connection connection) throws InterruptedException {
    Access access = access();
    Command.Ended ended = connection.by(access);
    boolean refused = !ended.ok() && REFUSED.matcher(ended.err()).find();
    return refused
            && access.login().isPresent()
            && git.credentials().renewed(access.url(), access.login().get())
        ? connection.by(access())
        : ended;
  }

  private Access access() throws InterruptedException {
    String url = url();
    return new Access(
        url, url.matches("https?://[^@/]+(/.*)?") ? git.credentials().of(url) : Optional.empty());
  }

  private Command.Ended once(Access access, String... arguments) throws InterruptedException {
    if (access.login().isEmpty()) {
      return Git.alive(git.run(git.limit(), arguments), arguments);
    }
    Credentials.Login login = access.login().get();
    Command command =
        new Command(
            words(access.url(), arguments),
            git.directory(),
            git.environment(),
            answer(login),
            git.limit());
    return Git.alive(hidden(command.run(), login), arguments);
  }

  private Command.Ended once(
      Access access, GitJobs jobs, Call call, String job, String... arguments)
      throws InterruptedException {
    Optional<Credentials.Login> login = access.login();
    Command.Ended ended =
        jobs.run(
            call,
            job,
            login.isPresent()
                ? GitJobs.Spec.program(
                    git, words(access.url(), arguments), answer(login.get()), true)
                : GitJobs.Spec.git(git, "", arguments));
    return Git.alive(login.map(known -> hidden(ended, known)).orElse(ended), arguments);
  }

  /** Returns the command line of git that reads a login from its standard input. */
  private List<String> words(String url, String... arguments) {
    URI uri = URI.create(url.replace(" ", "%20"));
    String host = "credential." + uri.getScheme() + "://" + uri.getRawAuthority() + ".helper";
    var words = new ArrayList<String>(List.of("sh", "-c", PIPED, "git"));
    // www.github.com sends git on to github.com
    String bare = host.replaceFirst("://www\\.", "://");
    words.addAll(
        git.set("credential.helper", "")
            .set(host, "")
            .set(host, HELPER)
            .set(bare, "")
            .set(bare, HELPER)
            .words(arguments));
    return words;
  }

  private static String answer(Credentials.Login login) {
    return "username=%s\npassword=%s\n".formatted(login.user(), login.password());
  }

  private static Command.Ended hidden(Command.Ended ended, Credentials.Login login) {
    return new Command.Ended(ended.code(), hidden(ended.out(), login), hidden(ended.err(), login));
  }

  private static String hidden(String text, Credentials.Login login) {
    return text.replace(login.password(), "***");
  }

  /** Returns whether the branch is at a commit; false also when the remote does not answer. */
  public boolean isAt(String branch, String commit) throws InterruptedException {
    try {
      return commit(branch).equals(Optional.of(commit));
    } catch (GitFailure.GitError e) {
      return false;
    }
  }

  /**
   * Asks the remote for the commit of a branch; empty when the remote has no such branch.
   *
   * @throws GitFailure.GitError when the remote does not answer
   */
  public Optional<String> commit(String branch) throws InterruptedException {
    String[] words = {"ls-remote", name, "refs/heads/" + branch};
    Command.Ended listed = run(words);
    if (!listed.ok()) {
      throw Git.error(listed, words);
    }
    return listed
        .out()
        .lines()
        .filter(line -> line.endsWith("\trefs/heads/" + branch))
        .map(line -> line.split("\\s", 2)[0])
        .findFirst();
  }
}
