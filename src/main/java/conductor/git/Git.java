package conductor.git;

import conductor.effect.GitFailure;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The git program in a directory. Asks nobody for passwords and speaks English. Immutable. */
public final class Git {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path directory;
  private final Map<String, String> environment;

  private final Credentials credentials;

  private Git(Path directory, Map<String, String> environment, Credentials credentials) {
    this.directory = directory;
    this.environment = environment;
    this.credentials = credentials;
  }

  /**
   * Git in a directory.
   *
   * @param host the host's environment; what it says of another repository is left out
   */
  public static Git in(Path directory, Map<String, String> host) {
    var environment = new TreeMap<>(host);
    environment
        .keySet()
        .removeIf(name ->
            List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
                .contains(name));
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_EDITOR", "true");
    environment.put("LC_ALL", "C");
    return new Git(directory, environment, Credentials.none());
  }

  /** The same elsewhere. */
  public Git at(Path other) {
    return new Git(other, environment, credentials);
  }

  /** The same with one more variable. */
  public Git with(String name, String value) {
    var more = new TreeMap<>(environment);
    more.put(name, value);
    return new Git(directory, more, credentials);
  }

  /** The same with logins for remotes. */
  public Git with(Credentials logins) {
    return new Git(directory, environment, logins);
  }

  Credentials credentials() {
    return credentials;
  }

  /** The same, for commits that keep something and are no work of the user's. */
  Git asConductor() {
    Git named = this;
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      named =
          named
              .with("GIT_" + role + "_NAME", "conductor")
              .with("GIT_" + role + "_EMAIL", "conductor@localhost");
    }
    return named;
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Runs a git command to its end, however it ends. */
  public Command.Ended run(String... arguments) throws InterruptedException {
    return run(LIMIT, arguments);
  }

  Command.Ended run(Duration limit, String... arguments) throws InterruptedException {
    var words = new ArrayList<String>();
    words.add("git");
    words.addAll(Arrays.asList(arguments));
    return new Command(words, directory, environment, "", limit).run();
  }

  /**
   * What a git command prints, without blanks around it.
   *
   * @throws GitFailure.GitError when it does not end well
   */
  public String must(String... arguments) throws InterruptedException {
    Command.Ended ended = run(arguments);
    if (!ended.ok()) {
      throw error(ended, arguments);
    }
    return ended.out().strip();
  }

  /** The same, as lines. */
  public List<String> lines(String... arguments) throws InterruptedException {
    return must(arguments).lines().toList();
  }

  /** Whether a git command ends well. */
  public boolean is(String... arguments) throws InterruptedException {
    return run(arguments).ok();
  }

  static GitFailure.GitError error(Command.Ended ended, String... arguments) {
    String said = ended.err().isBlank() ? ended.out() : ended.err();
    return new GitFailure.GitError("git " + String.join(" ", arguments), said.strip());
  }

  /** Whether a directory's files differ from its last commit, new ones included. */
  public boolean dirty() throws InterruptedException {
    return !must("status", "--porcelain").isEmpty();
  }
}
