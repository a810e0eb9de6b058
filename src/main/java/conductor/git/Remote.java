package conductor.git;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Git commands that speak to a remote. A login goes through a pipe to a credential helper that
 * lives as long as the call: it stands in no argument, variable, file or url, and git's own helpers
 * do not get to store it.
 */
final class Remote {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Pattern CUT = Pattern.compile("hung up unexpectedly|unexpected disconnect");

  /** Git with the pipe as its descriptor 3, and nothing to read. */
  private static final String PIPED = "exec 3<&0 </dev/null; exec git \"$@\"";

  private static final String HELPER = "!f() { test \"$1\" = get && cat <&3; }; f";

  private final Git git;
  private final String name;

  /**
   * @param name a remote that there is
   */
  Remote(Git git, String name) {
    this.git = git;
    this.name = name;
  }

  /** Where it pushes to, after the user's {@code insteadOf}. */
  private String url() throws InterruptedException {
    return git.must("remote", "get-url", "--push", name).lines().findFirst().orElse(name);
  }

  /** Runs a git command to its end, however it ends. */
  Command.Ended run(String... arguments) throws InterruptedException {
    return run(LIMIT, arguments);
  }

  /**
   * Runs a git command that may be run twice, and again as long as its connection is cut. What
   * kills git often comes for its caller next: nothing is concluded from it until a while after.
   */
  Command.Ended insist(String... arguments) throws InterruptedException {
    Command.Ended ended = run(arguments);
    for (int tries = 1; isCut(ended) && tries < TRIES; tries++) {
      Thread.sleep(PAUSE.multipliedBy(tries));
      ended = run(arguments);
    }
    return ended;
  }

  private static boolean isCut(Command.Ended ended) {
    return ended.code() > 128 || CUT.matcher(ended.err()).find();
  }

  Command.Ended run(Duration limit, String... arguments) throws InterruptedException {
    String url = url();
    Optional<Credentials.Login> login =
        url.matches("https?://[^@/]+(/.*)?") ? git.credentials().of(url) : Optional.empty();
    return login.isPresent() ? run(login.get(), url, limit, arguments) : git.run(limit, arguments);
  }

  private Command.Ended run(
      Credentials.Login login, String url, Duration limit, String... arguments)
      throws InterruptedException {
    URI uri = URI.create(url.replace(" ", "%20"));
    String host = uri.getScheme() + "://" + uri.getRawAuthority();
    var words = new ArrayList<String>(List.of("sh", "-c", PIPED, "git"));
    for (String key : List.of("credential.helper", "credential." + host + ".helper")) {
      words.addAll(List.of("-c", key + "="));
    }
    words.addAll(List.of("-c", "credential." + host + ".helper=" + HELPER));
    words.addAll(Arrays.asList(arguments));
    String answer = "username=%s\npassword=%s\n".formatted(login.user(), login.password());
    Command.Ended ended =
        new Command(words, git.directory(), git.environment(), answer, limit).run();
    return new Command.Ended(ended.code(), hidden(ended.out(), login), hidden(ended.err(), login));
  }

  private static String hidden(String text, Credentials.Login login) {
    return text.replace(login.password(), "***");
  }

  /** The commit that a branch is at there; empty when it is not there. */
  Optional<String> commit(String branch) throws InterruptedException {
    String[] words = {"ls-remote", name, "refs/heads/" + branch};
    Command.Ended listed = run(words);
    if (!listed.ok()) {
      throw new GitFailure.GitError("git " + String.join(" ", words), listed.err().strip());
    }
    return listed.out().lines().map(line -> line.split("\\s", 2)[0]).findFirst();
  }
}
