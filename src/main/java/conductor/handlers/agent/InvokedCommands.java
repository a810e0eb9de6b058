package conductor.handlers.agent;

import conductor.handlers.agent.ShellCommands.Simple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commands that simple commands run, in all the forms that a rule may name: without
 * assignments, without the directory of the program, without git's global options, and with the
 * commands that programs such as {@code env}, {@code xargs} or {@code sh -c} run in turn.
 * Immutable.
 *
 * @param certain texts of commands that are run
 * @param possible texts of commands that may be run, with {@link ShellLine#UNKNOWN} for unknown
 *     parts
 */
record InvokedCommands(Set<String> certain, Set<String> possible) {

  private static final int MOST_WORDS = 200;
  private static final String ANY = String.valueOf(ShellLine.UNKNOWN);
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "busybox");
  private static final Set<String> RUNS =
      Set.of(
          """
          env command builtin exec nohup nice ionice time timeout sudo doas setsid stdbuf
          xargs watch chroot unshare flock script parallel find trap chrt taskset strace
          busybox\
          """
              .split("\\s+", -1));
  private static final Set<String> EXECUTES = Set.of("-exec", "-execdir", "-ok", "-okdir");
  private static final Set<String> WITH_VALUE =
      Set.of("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env");
  private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_]\\w*+\\+?=.*+");
  private static final Pattern SCRIPT = Pattern.compile("-[a-zA-Z]*c[a-zA-Z]*");
  private static final Pattern NO_PROGRAM = Pattern.compile("(?s)-.*+|[0-9.]++[smhd]?|\\w++=.*+");

  static InvokedCommands of(List<Simple> commands) {
    var all = new InvokedCommands(new LinkedHashSet<>(), new LinkedHashSet<>());
    commands.forEach(command -> all.add(command.words()));
    commands.forEach(command -> all.certain.add(command.source()));
    return all;
  }

  private void add(List<String> words) {
    if (words.isEmpty() || !certain.add(String.join(" ", words))) {
      return;
    }
    int first = 0;
    while (first < words.size() && ASSIGNMENT.matcher(words.get(first)).matches()) {
      first++;
    }
    if (first > 0) {
      add(words.subList(first, words.size()));
      return;
    }
    String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    List<String> arguments = words.subList(1, words.size());
    if (!program.equals(words.getFirst())) {
      var named = new ArrayList<String>(List.of(program));
      named.addAll(arguments);
      add(named);
    } else if (program.equals("git")) {
      git(words);
    } else if (program.equals("eval")) {
      script(String.join(" ", arguments));
    } else if (SHELLS.contains(program)) {
      shell(arguments);
    }
    if (RUNS.contains(program)) {
      runs(arguments, program.equals("find"));
    }
  }

  private void git(List<String> words) {
    int at = 1;
    while (at < words.size() && words.get(at).startsWith("-")) {
      at += WITH_VALUE.contains(words.get(at)) ? 2 : 1;
    }
    if (at > 1 && at < words.size()) {
      var plain = new ArrayList<String>(words.subList(0, 1));
      plain.addAll(words.subList(at, words.size()));
      add(plain);
    }
  }

  private void shell(List<String> arguments) {
    for (int at = 0; at < arguments.size(); at++) {
      if (!arguments.get(at).startsWith("-") && !arguments.get(at).startsWith("+")) {
        return; // a script file, which is judged like any program
      }
      if (SCRIPT.matcher(arguments.get(at)).matches() && at + 1 < arguments.size()) {
        script(arguments.get(at + 1));
        return;
      }
    }
    possible.add(ANY);
  }

  private void script(String text) {
    ShellLine.read(text)
        .ifPresentOrElse(
            read -> read.commands().forEach(command -> add(command.words())),
            () -> possible.add(ANY));
  }

  private void runs(List<String> arguments, boolean marked) {
    if (arguments.size() > MOST_WORDS) {
      possible.add(ANY);
      return;
    }
    boolean found = false;
    for (int at = 0; at < arguments.size(); at++) {
      List<String> rest = arguments.subList(at, arguments.size());
      boolean program =
          marked
              ? at > 0 && EXECUTES.contains(arguments.get(at - 1))
              : !found && !NO_PROGRAM.matcher(rest.getFirst()).matches();
      if (program) {
        found = true;
        add(rest);
      } else if (!marked) {
        possible.add(String.join(" ", rest));
      }
    }
  }
}
