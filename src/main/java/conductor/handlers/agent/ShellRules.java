package conductor.handlers.agent;

import conductor.handlers.agent.Rules.Verdict;
import conductor.handlers.agent.ShellCommands.Redirect;
import conductor.handlers.agent.ShellCommands.Simple;
import conductor.handlers.agent.protocol.Wildcard;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a shell line. The line is denied or asked when a {@code deny} or {@code ask}
 * pattern matches the line or any command that it runs. It is allowed when each of its commands
 * matches an {@code allow} pattern and each redirected file is allowed. If there is any {@code
 * deny} or {@code ask} pattern, a line that cannot be parsed is asked, or denied if that is the
 * default verdict, unless it is allowed literally; without such patterns it is allowed only
 * literally, by the pattern {@code *}, or by the default verdict. Immutable.
 *
 * @param otherwise the verdict where no pattern applies; null to ask
 * @param allow the patterns of commands that are allowed
 * @param ask the patterns of commands that are asked
 * @param deny the patterns of commands that are denied
 */
record ShellRules(
    @Nullable Verdict otherwise, List<String> allow, List<String> ask, List<String> deny) {

  private static final String ALL = "*";
  private static final Set<String> DEVICES =
      Set.of("/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty");
  private static final Set<String> MOVES = Set.of("cd", "pushd", "popd");

  /** Decides about a line, and by {@code file} about its redirections. */
  Verdict decide(String line, Function<Redirect, Verdict> file) {
    Optional<ShellCommands> read = ShellLine.read(line);
    InvokedCommands invoked =
        InvokedCommands.of(read.map(ShellCommands::commands).orElse(List.of()));
    if (deny.contains(ALL) || anyFits(deny, line, invoked)) {
      return Verdict.DENY;
    }
    List<Verdict> files = read.stream().flatMap(all -> judged(all, file)).toList();
    if (files.contains(Verdict.DENY)) {
      return Verdict.DENY;
    }
    if (ask.contains(ALL) || anyFits(ask, line, invoked)) {
      return Verdict.ASK;
    }
    if (allow.contains(line)) {
      return Verdict.ALLOW;
    }
    boolean unsure =
        read.isEmpty()
            ? !deny.isEmpty() || !ask.isEmpty()
            : anyMayFit(deny, invoked) || anyMayFit(ask, invoked);
    if (unsure) {
      return otherwise == Verdict.DENY ? Verdict.DENY : Verdict.ASK;
    }
    if (allow.contains(ALL)) {
      return Verdict.ALLOW;
    }
    boolean allowed =
        read.filter(all -> all.commands().stream().allMatch(this::allows)).isPresent();
    if (!allowed) {
      return otherwise == null ? Verdict.ASK : otherwise;
    }
    return files.contains(Verdict.ASK) ? Verdict.ASK : Verdict.ALLOW;
  }

  private static Stream<Verdict> judged(ShellCommands read, Function<Redirect, Verdict> file) {
    boolean moves =
        read.commands().stream().anyMatch(command -> MOVES.contains(command.words().getFirst()));
    return read.redirects().stream()
        .filter(redirect -> !DEVICES.contains(redirect.file()))
        .map(redirect -> {
          boolean elsewhere = moves && !redirect.file().startsWith("/");
          Verdict verdict = file.apply(redirect);
          return verdict == Verdict.ALLOW
                  && (elsewhere || redirect.file().indexOf(ShellLine.UNKNOWN) >= 0)
              ? Verdict.ASK
              : verdict;
        });
  }

  private boolean allows(Simple command) {
    // a space within a word must not match a space between words
    String text =
        String.join(
            " ", command.words().stream().map(word -> word.replaceAll("\\s", "\1")).toList());
    return fits(allow, text) || (fits(allow, command.source()) && isPlain(command));
  }

  /** Returns whether the program's name is written without quotes, so that the source shows it. */
  private static boolean isPlain(Simple command) {
    return command.source().startsWith(command.words().getFirst());
  }

  private static boolean anyFits(List<String> patterns, String line, InvokedCommands invoked) {
    return fits(patterns, line)
        || invoked.certain().stream().anyMatch(text -> fits(patterns, text));
  }

  private static boolean anyMayFit(List<String> patterns, InvokedCommands invoked) {
    return mayFit(patterns, invoked.certain()) || mayFit(patterns, invoked.possible());
  }

  private static boolean mayFit(List<String> patterns, Collection<String> texts) {
    return texts.stream().anyMatch(text -> fits(patterns, text, Wildcard::mayMatch));
  }

  private static boolean fits(List<String> patterns, String text) {
    return fits(patterns, text, Wildcard::matches);
  }

  private static boolean fits(
      List<String> patterns, String text, BiPredicate<Wildcard, String> how) {
    return patterns.stream().anyMatch(pattern -> how.test(Wildcard.of(pattern), text));
  }
}
