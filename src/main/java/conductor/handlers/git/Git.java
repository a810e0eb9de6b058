package conductor.handlers.git;

import conductor.effect.Durations;
import conductor.effect.GitFailure;
import conductor.engine.handler.DiskTrouble;
import conductor.process.Command;
import conductor.process.Overdue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the git program in a directory. No other class starts git.
 *
 * <p>The environment keeps the user's identity and configuration, but no variable that chooses a
 * repository. Settings that change git's output, or the behaviour of plumbing commands, are fixed.
 * Git asks nobody for a password, opens no editor and prints English. Immutable.
 */
public final class Git {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** The exit codes of signals; 129 is git's own for a bad option. */
  private static final int FIRST_SIGNAL = 130;

  private static final int LAST_SIGNAL = 128 + 64;

  /** Commands that are safe to repeat at once when a signal killed them, as on lack of memory. */
  private static final Set<String> AGAIN =
      Set.of(
          line(
              "cat-file check-ignore commit-tree config diff diff-tree for-each-ref log ls-files"
                  + " merge-base merge-tree rev-list rev-parse show-ref status symbolic-ref"
                  + " update-ref var write-tree"));

  private static final Pattern HOOK =
      Pattern.compile(
          "/((?:applypatch|commit|post|pre|prepare|push|reference|sendemail|fsmonitor|update)"
              + "-?[a-z-]*)(?: |$)");

  private final Path directory;
  private final Map<String, String> environment;
  private final Credentials credentials;
  private final List<String> settings;
  private final Duration limit;
  private final Function<Git, RepositoryReader> readers;

  private Git(
      Path directory,
      Map<String, String> environment,
      Credentials credentials,
      List<String> settings,
      Duration limit,
      Function<Git, RepositoryReader> readers) {
    this.directory = directory;
    this.environment = environment;
    this.credentials = credentials;
    this.settings = settings;
    this.limit = limit;
    this.readers = readers;
  }

  /** Returns git for a directory and a host's environment, limited to ten minutes a command. */
  public static Git in(Path directory, Map<String, String> host) {
    return new Git(
        directory,
        GitSettings.environment(host),
        Credentials.none(),
        GitSettings.of(host),
        LIMIT,
        GitProgramReader::new);
  }

  /** Returns a copy that runs in another directory. */
  public Git at(Path other) {
    return new Git(other, environment, credentials, settings, limit, readers);
  }

  /** Returns a copy with one more environment variable. */
  public Git with(String name, String value) {
    var more = new TreeMap<>(environment);
    more.put(name, value);
    return new Git(directory, more, credentials, settings, limit, readers);
  }

  /** Returns a copy with logins for remotes. */
  public Git with(Credentials logins) {
    return new Git(directory, environment, logins, settings, limit, readers);
  }

  /** Returns a copy with a setting that overrides those of the user and the repository. */
  public Git set(String name, String value) {
    var more = new ArrayList<>(settings);
    more.add(name + "=" + value);
    return new Git(directory, environment, credentials, List.copyOf(more), limit, readers);
  }

  /** Returns a copy with another limit on the time that one command may take. */
  public Git limited(Duration most) {
    return new Git(directory, environment, credentials, settings, most, readers);
  }

  /** Returns a copy with another choice of readers, see {@code RepositoryReaders}. */
  public Git readBy(Function<Git, RepositoryReader> others) {
    return new Git(directory, environment, credentials, settings, limit, others);
  }

  /** Returns a reader of the repository's objects and refs, to be used for one answer. */
  public RepositoryReader reader() {
    return readers.apply(this);
  }

  Credentials credentials() {
    return credentials;
  }

  /** Returns a copy that commits as conductor, for commits that only preserve files. */
  public Git asConductor() {
    return with("GIT_AUTHOR_NAME", "conductor")
        .with("GIT_AUTHOR_EMAIL", "conductor@localhost")
        .with("GIT_COMMITTER_NAME", "conductor")
        .with("GIT_COMMITTER_EMAIL", "conductor@localhost");
  }

  public Path directory() {
    return directory;
  }

  /** Returns the environment of git and of the commands that prepare worktrees. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns whether git-lfs is missing, so that its filters are disabled. */
  public boolean lacksLfs() {
    return settings.containsAll(GitSettings.WITHOUT_LFS);
  }

  public Duration limit() {
    return limit;
  }

  /**
   * Returns the arguments of a git command: those of a text, which blanks separate, then further
   * ones as they are.
   */
  public static String[] line(String options, String... more) {
    return Stream.concat(Stream.of(options.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  /** Returns the arguments of a git command as {@link #line(String, String...)} does. */
  public static String[] line(String options, Collection<String> more) {
    return line(options, more.toArray(String[]::new));
  }

  /** Returns a whole command line: {@code git}, the fixed settings, then the arguments. */
  List<String> words(String... arguments) {
    var words = new ArrayList<String>();
    words.add("git");
    for (String setting : settings) {
      words.addAll(List.of("-c", setting));
    }
    words.addAll(Arrays.asList(arguments));
    return words;
  }

  /**
   * Runs a git command and returns how it ended, whatever its exit code is.
   *
   * @throws GitFailure.GitKilled when a signal ended it
   * @throws GitFailure.GitError when it takes too long; a hook that still ran is named
   */
  public Command.Ended run(String... arguments) throws InterruptedException {
    return feed("", arguments);
  }

  /** Runs another program in git's directory, with git's environment and limit. */
  public Command.Ended program(String... words) throws InterruptedException {
    return new Command(List.of(words), directory, environment, "", limit).run();
  }

  /**
   * Runs a shell script with git's environment and limit.
   *
   * @param script what {@code "$@"} in it stands for is git with its settings, after the arguments
   *     are shifted away
   */
  public Command.Ended script(String script, String... arguments) throws InterruptedException {
    var words = new ArrayList<String>(List.of("sh", "-c", script, "git"));
    words.addAll(List.of(arguments));
    words.addAll(words());
    try {
      return new Command(words, directory, environment, "", limit).run();
    } catch (Overdue e) {
      throw overdue(limit, e.running(), "in a script");
    }
  }

  /** Runs a git command that reads a text from its standard input. */
  public Command.Ended feed(String input, String... arguments) throws InterruptedException {
    try {
      Command command = new Command(words(arguments), directory, environment, input, limit);
      Command.Ended ended = command.run();
      return alive(
          isKilled(ended) && Stream.of(arguments).anyMatch(AGAIN::contains) ? command.run() : ended,
          arguments);
    } catch (Overdue e) {
      throw overdue(limit, e.running(), arguments);
    }
  }

  /** Runs a git command that must end well and hands its output on, which may not fit in memory. */
  public void stream(Command.Printed printed, String... arguments) throws InterruptedException {
    try {
      Command command = new Command(words(arguments), directory, environment, "", limit);
      Command.Ended ended = alive(command.run(printed), arguments);
      if (!ended.ok()) {
        throw error(ended, arguments);
      }
    } catch (Overdue e) {
      throw overdue(limit, e.running(), arguments);
    }
  }

  /** Runs a git command once, without a check for signals; throws {@link Overdue}. */
  public Command.Ended run(Duration most, String... arguments) throws InterruptedException {
    return new Command(words(arguments), directory, environment, "", most).run();
  }

  /** Returns an end; {@code GitKilled} when that was a signal, as the output is incomplete. */
  public static Command.Ended alive(Command.Ended ended, String... arguments) {
    if (isKilled(ended)) {
      throw new GitFailure.GitKilled("git " + String.join(" ", arguments), ended.code());
    }
    return ended;
  }

  /** Returns whether a signal ended a command or the shell that it ran in. */
  static boolean isKilled(Command.Ended ended) {
    return ended.code() >= FIRST_SIGNAL && ended.code() <= LAST_SIGNAL;
  }

  static GitFailure.GitError overdue(Duration limit, List<String> running, String... arguments) {
    String reason =
        hook(running)
            .map(hook -> "its hook '" + hook + "' still ran after " + Durations.brief(limit))
            .orElse("it did not end within " + Durations.brief(limit));
    return new GitFailure.GitError(
        "git " + String.join(" ", arguments),
        reason + "; 'git.timeout' in the configuration sets the limit");
  }

  private static Optional<String> hook(List<String> commandLines) {
    return commandLines.stream()
        .map(HOOK::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  /**
   * Returns what a git command prints, without blanks around it.
   *
   * @throws GitFailure.GitError when its exit code is not 0
   */
  public String must(String... arguments) throws InterruptedException {
    return text(arguments).strip();
  }

  /** Returns what a git command prints as {@link #must} does, but unchanged. */
  public String text(String... arguments) throws InterruptedException {
    return textFed("", arguments);
  }

  /** Returns the unchanged output of a git command that reads a text from its standard input. */
  public String textFed(String input, String... arguments) throws InterruptedException {
    Command.Ended ended = feed(input, arguments);
    if (!ended.ok()) {
      throw error(ended, arguments);
    }
    return ended.out();
  }

  /** Returns what a git command prints, as lines. */
  public List<String> lines(String... arguments) throws InterruptedException {
    return must(arguments).lines().toList();
  }

  /** Returns the items that a git command prints with {@code -z}. */
  public List<String> items(String... arguments) throws InterruptedException {
    return split(text(arguments));
  }

  /** Splits the output of a git command with {@code -z}; empty items are left out. */
  public static List<String> split(String text) {
    return Stream.of(text.split("\0", -1)).filter(item -> !item.isEmpty()).toList();
  }

  /** Returns whether a git command ends with exit code 0. */
  public boolean is(String... arguments) throws InterruptedException {
    return run(arguments).ok();
  }

  /** Returns the git directory that all worktrees of the repository share. */
  public Path commonDirectory() throws InterruptedException {
    Optional<GitDirectories> found = GitDirectories.readable(directory);
    return found.isPresent()
        ? found.get().common()
        : Path.of(must("rev-parse", "--path-format=absolute", "--git-common-dir"));
  }

  /** Returns how many commits {@code rev-list} lists for some revisions. */
  public int count(String... revisions) throws InterruptedException {
    return Integer.parseInt(must(line("rev-list --count", revisions)));
  }

  /** Returns a setting of the user or the repository; empty when it is not set. */
  public Optional<String> setting(String name) throws InterruptedException {
    Command.Ended found = run("config", "--get", name);
    return found.ok() ? Optional.of(found.out().strip()) : Optional.empty();
  }

  /**
   * Returns the failure for a command whose exit code was not 0.
   *
   * @throws java.io.UncheckedIOException when its output names the disk as the cause
   */
  public static GitFailure.GitError error(Command.Ended ended, String... arguments) {
    String command = "git " + String.join(" ", arguments);
    DiskTrouble.stopIfSaid(command, ended.err());
    String said = ended.err().isBlank() ? ended.out() : ended.err();
    return new GitFailure.GitError(command, said.strip());
  }
}
