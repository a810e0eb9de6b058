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
 * Git commands that speak to a remote. A login goes through a pipe to a credential helper that
 * lives as long as the call: it stands in no argument, variable, file or url, and git's own helpers
 * do not get to store it.
 */
public final class Remote {

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern REFUSED =
      Pattern.compile("Authentication failed|could not read (Username|Password)|error: 40[13]");
  private static final Pattern CUT = Pattern.compile("hung up unexpectedly|unexpected disconnect");

  /** Git with the pipe as its descriptor 3, and nothing to read. */
  private static final String PIPED = "exec 3<&0 </dev/null; exec \"$@\"";

  private static final String HELPER = "!f() { test \"$1\" = get && cat <&3; }; f";

  private final Git git;
  private final String name;

  /**
   * @param git in the main worktree: a relative url is relative to it
   * @param name a remote that there is
   */
  public Remote(Git git, String name) {
    // a mirror's pushes are of all refs or none; ours are of one
    this.git = git.set("remote." + name + ".mirror", "false");
    this.name = name;
  }

  /** Returns where it pushes to, after the user's {@code insteadOf}. */
  private String url() throws InterruptedException {
    return git.must("remote", "get-url", "--push", name).lines().findFirst().orElse(name);
  }

  /** Returns the full ref under which a remote's branch is known here. */
  public static String tracking(String remote, String branch) {
    return "refs/remotes/" + remote + "/" + branch;
  }

  /**
   * Runs a git command to its end, however it ends by itself.
   *
   * @throws GitFailure.GitKilled when a signal ended it
   * @throws GitFailure.GitError when it takes too long
   */
  public Command.Ended run(String... arguments) throws InterruptedException {
    try {
      return letIn(() -> run(git.limit(), arguments));
    } catch (Overdue e) {
      throw Git.overdue(git.limit(), e.running(), arguments);
    }
  }

  /**
   * Fetches one branch and nothing else.
   *
   * @throws GitFailure.GitError when that takes too long
   */
  public Command.Ended fetch(String branch) throws InterruptedException {
    return run(
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-prune",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        name,
        "+refs/heads/" + branch + ":" + tracking(name, branch));
  }

  /**
   * Runs a git command that may be run twice, and again as long as its connection is cut.
   *
   * @throws GitFailure.GitKilled when a signal ended it
   */
  public Command.Ended insist(String... arguments) throws InterruptedException {
    return insist(() -> run(arguments));
  }

  /** The same as a job of an act, which goes on without this process. */
  public Command.Ended insist(GitJobs jobs, Call call, String job, String... arguments)
      throws InterruptedException {
    return insist(() -> {
      Optional<Credentials.Login> login = login();
      Command.Ended ended =
          jobs.run(
              call,
              job,
              login.isPresent()
                  ? GitJobs.Spec.program(git, words(arguments), answer(login.get()), true)
                  : GitJobs.Spec.git(git, "", arguments));
      return Git.alive(login.map(known -> hidden(ended, known)).orElse(ended), arguments);
    });
  }

  private interface Attempt {
    Command.Ended run() throws InterruptedException;
  }

  private Command.Ended insist(Attempt attempt) throws InterruptedException {
    Command.Ended ended = letIn(attempt);
    for (int tries = 1; CUT.matcher(ended.err()).find() && tries < TRIES; tries++) {
      Thread.sleep(PAUSE.multipliedBy(tries));
      ended = attempt.run();
    }
    return ended;
  }

  /** Returns the secrets, and what it is logged in to with. */
  public Redactor secrets(Redactor known) throws InterruptedException {
    return login()
        .map(login -> known.with("the token for " + name, login.password()))
        .orElse(known);
  }

  /** Once more where the login is no longer accepted and there is another one. */
  private Command.Ended letIn(Attempt attempt) throws InterruptedException {
    Optional<Credentials.Login> login = login();
    Command.Ended ended = attempt.run();
    boolean refused = !ended.ok() && REFUSED.matcher(ended.err()).find();
    return refused && login.isPresent() && git.credentials().renewed(url(), login.get())
        ? attempt.run()
        : ended;
  }

  private Optional<Credentials.Login> login() throws InterruptedException {
    String url = url();
    return url.matches("https?://[^@/]+(/.*)?") ? git.credentials().of(url) : Optional.empty();
  }

  private Command.Ended run(Duration limit, String... arguments) throws InterruptedException {
    Optional<Credentials.Login> login = login();
    return Git.alive(
        login.isPresent() ? run(login.get(), limit, arguments) : git.run(limit, arguments),
        arguments);
  }

  private Command.Ended run(Credentials.Login login, Duration limit, String... arguments)
      throws InterruptedException {
    Command.Ended ended =
        new Command(words(arguments), git.directory(), git.environment(), answer(login), limit)
            .run();
    return hidden(ended, login);
  }

  /** Returns the words of a command that reads a login from its standard input. */
  private List<String> words(String... arguments) throws InterruptedException {
    URI uri = URI.create(url().replace(" ", "%20"));
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

  /** Returns whether a branch is at a commit there; false also when the remote does not answer. */
  public boolean isAt(String branch, String commit) throws InterruptedException {
    try {
      return commit(branch).equals(Optional.of(commit));
    } catch (GitFailure.GitError e) {
      return false;
    }
  }

  /**
   * Returns the commit that a branch is at there; empty when it is not there.
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
