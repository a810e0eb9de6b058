package conductor.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program named git that stands first on the PATH of conductor: it counts its calls and hands
 * them on to the real git, but for one of them, at which it does what a {@link CrashPoint} says.
 * What git itself and hooks call is not counted: git puts its own programs in front of the PATH.
 */
final class GitShim {

  /** Git's commands that write to a repository. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "(-c \\S+ |--\\S+ )*(worktree (?!list)|hook|fetch|push|commit|merge|add|reset|update-ref|"
              + "write-tree|commit-tree|read-tree|checkout|switch|branch|cherry-pick|submodule)\\b"
              + "(?!-).*");

  private static final String SCRIPT =
      """
      #!/bin/sh
      real='@REAL@' here='@HERE@'
      exec 8>> "$here/lock"
      flock 8
      read -r n < "$here/count"
      n=$((n + 1))
      echo "$n" > "$here/count.new"
      mv "$here/count.new" "$here/count" # whole, whenever this is ended
      line=$(printf '%s ' "$@" | tr '\\n\\t' '  ')
      printf '%s\\t%s\\n' "$n" "$line" >> "$here/calls"
      exec 8>&-
      read -r point mode moment < "$here/point"
      if [ "$n" != "$point" ] || [ -e "$here/hit" ]; then exec "$real" "$@"; fi
      printf '%s\\n' "$line" > "$here/hit"

      runner_dies() {
        read -r runner < "$here/runner"
        kill -9 "$runner" 2> /dev/null
        while kill -0 "$runner" 2> /dev/null; do sleep 0.005; done
      }
      runs() { read -r _ _ state _ < "/proc/$1/stat" && [ "$state" != Z ]; } 2> /dev/null
      locked() {
        for file in "$common"/*.lock "$common"/worktrees/*/*.lock "$common"/refs/heads/*/*.lock \\
          "$common"/refs/*/*/*/*.lock "$common"/refs/remotes/*/*.lock; do
          if [ -e "$file" ]; then return 0; fi
        done
        return 1
      }
      begin() {
        exec 9<&0
        "$real" "$@" <&9 9<&- &
        git=$!
      }
      cut() {
        kill -9 "$git" 2> /dev/null
        wait "$git"
        code=$?
        if [ "$code" -gt 128 ]; then kill -9 $$; fi
        echo '(git had ended by then)' >> "$here/hit"
        exit "$code"
      }

      case $mode in
        git-unstarted) kill -9 $$ ;;
        git-cut)
          begin "$@"
          sleep "$moment"
          cut
          ;;
        git-locked | both-locked)
          common=$("$real" rev-parse --path-format=absolute --git-common-dir)
          begin "$@"
          while runs "$git" && ! locked; do :; done
          if [ "$mode" = both-locked ]; then
            read -r runner < "$here/runner"
            kill -9 "$git" "$runner" 2> /dev/null
            runner_dies
          fi
          cut
          ;;
        runner-before)
          runner_dies
          kill -9 $$
          ;;
        git-outlives)
          echo $$ > "$here/outlives"
          echo "$n" > "$here/slow"
          runner_dies
          exec "$real" "$@"
          ;;
        runner-after)
          "$real" "$@"
          code=$?
          runner_dies
          exit "$code"
          ;;
      esac
      """;

  private final Path here;

  /** Writes it; it does nothing yet but count. */
  GitShim(Path here) throws IOException {
    this.here = Files.createDirectories(here);
    write(
        Files.createDirectories(bin()).resolve("git"),
        SCRIPT.replace("@REAL@", real().toString()).replace("@HERE@", here.toString()));
    Files.writeString(here.resolve("count"), "0\n");
    Files.writeString(here.resolve("calls"), "");
    Files.writeString(here.resolve("point"), "0 none 0\n");
  }

  private static Path real() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, "git"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  /** Writes a program. */
  static void write(Path file, String script) throws IOException {
    Files.writeString(file, script);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** What goes in front of the PATH. */
  Path bin() {
    return here.resolve("bin");
  }

  /** Where the process id of the runner is written, before it makes a call. */
  Path runner() {
    return here.resolve("runner");
  }

  /** Where its files are: a hook that moves {@code slow} away is the one that is to be slow. */
  Path here() {
    return here;
  }

  /** Has it disturb one call. */
  void at(CrashPoint point, long seed) throws IOException {
    String moment = String.format(Locale.ROOT, "%.3f", point.moment(seed) / 1000.0);
    Files.writeString(
        here.resolve("point"), "%d %s %s\n".formatted(point.call(), point.mode().word(), moment));
  }

  /** The arguments of all calls up to now. */
  List<String> calls() throws IOException {
    return Files.readAllLines(here.resolve("calls")).stream()
        .map(line -> line.split("\t", 2)[1].strip())
        .toList();
  }

  /** The arguments of the call that was disturbed; empty when there was none. */
  Optional<String> hit() throws IOException {
    Path hit = here.resolve("hit");
    return Files.exists(hit)
        ? Optional.of(String.join(" ", Files.readAllLines(hit)))
        : Optional.empty();
  }

  /** Waits until a git that outlived its runner has ended, and what holds its place. */
  void awaitOutliving() throws IOException {
    Path outlives = here.resolve("outlives");
    if (Files.exists(outlives)) {
      long pid = Long.parseLong(Files.readString(outlives).strip());
      ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }
  }

  /** Whether a call writes to a repository, by its arguments. */
  static boolean changes(String arguments) {
    return CHANGING.matcher(arguments).matches();
  }

  /** A call without ids and paths, and the command that comes after it. */
  static String kind(List<String> calls, int call) {
    String plain =
        calls
            .get(call - 1)
            .replaceAll("\\b[0-9a-f]{6,}\\b|/\\S+", "")
            .replaceAll("After \\S+|refs/conductor\\S*|tests|impl", "");
    return plain + " " + (call < calls.size() ? calls.get(call).split(" ", 2)[0] : "");
  }
}
