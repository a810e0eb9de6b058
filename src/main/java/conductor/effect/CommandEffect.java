package conductor.effect;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The effects that run commands on the host. */
public sealed interface CommandEffect<R extends @Nullable Object> extends Effect<R> {

  /** Runs a command. */
  @About(
      value =
          "Runs a command in a worktree, or where the run was started. A text goes to 'sh -c', a list is run as it is.",
      example = "def tests = yield Exec('mvn -q test', env: env)")
  record Exec(
      @About("the command: a text for the shell, or a list of words") Command command,
      @About("the worktree to run in") @Place(kept = true) @Nullable WorktreeEnv env,
      @About("the longest it may take; default: 1 h") @Nullable Duration timeout,
      @About("a non-zero exit code is ExecFailed; default: false") @Nullable Boolean check,
      @About(
              "what to do when the host died meanwhile and the command with it: rerun, fail (default) or ask")
          @Nullable OnCrash onCrash,
      @About(
              "the directory of the worktree, or of where the run was started, to run in; default: the top")
          @Nullable String dir)
      implements CommandEffect<ExecResult> {
    public Exec withEnv(WorktreeEnv env) {
      return new Exec(command, env, timeout, check, onCrash, dir);
    }

    public Exec withTimeout(Duration timeout) {
      return new Exec(command, env, timeout, check, onCrash, dir);
    }

    public Exec withTimeout(String timeout) {
      return withTimeout(Coercion.duration(timeout));
    }

    public Exec withCheck(Boolean check) {
      return new Exec(command, env, timeout, check, onCrash, dir);
    }

    public Exec withOnCrash(OnCrash onCrash) {
      return new Exec(command, env, timeout, check, onCrash, dir);
    }

    public Exec withDir(String dir) {
      return new Exec(command, env, timeout, check, onCrash, dir);
    }
  }

  /**
   * A command line.
   *
   * @param words the program and its arguments, each a text or a {@link Secret}
   */
  record Command(List<Object> words) {
    public Command {
      words =
          words.stream()
              .<Object>map(word -> word instanceof Secret ? word : word.toString())
              .toList();
    }

    /** Returns a command that has the shell run a line. */
    public static Command shell(String line) {
      return new Command(List.of("sh", "-c", line));
    }

    /** Returns the line given to the shell, or the words separated by blanks. */
    public String text() {
      return words.size() == 3 && words.get(0).equals("sh") && words.get(1).equals("-c")
          ? words.get(2).toString()
          : words.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
  }
}
