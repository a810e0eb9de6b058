package conductor.handlers.agent;

import conductor.handlers.agent.ShellCommands.Redirect;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Permission.Kind;
import conductor.handlers.agent.protocol.Wildcard;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The permission rules of an agent: what it may do, and what a person is asked. A rule is the name
 * of a tool or of a kind of tools ({@code read}, {@code edit}, {@code execute}, {@code fetch}),
 * optionally with a pattern in brackets: {@code Bash(git *)}, {@code edit(src/**)}. For {@code
 * allow} the pattern must match every command of a shell line or every path; for {@code deny} and
 * {@code ask} one command or path is enough. {@code deny} comes before {@code ask}, and {@code ask}
 * before {@code allow}. Immutable.
 *
 * @param otherwise the verdict where no rule applies; null for the usual one: reading and editing
 *     within the worktree is allowed, everything else is asked
 */
public record Rules(
    @Nullable Verdict otherwise, List<String> allow, List<String> ask, List<String> deny) {

  /** The rules that allow reading and editing within the worktree and ask for everything else. */
  public static final Rules USUAL = new Rules(null, List.of(), List.of(), List.of());

  private static final Path GIT = Path.of(".git");
  private static final Pattern RULE = Pattern.compile("(?s)([^()]++)(?:\\((.*)\\))?");

  /** The decision about a request. */
  public enum Verdict {
    ALLOW,
    ASK,
    DENY
  }

  public Rules {
    allow = List.copyOf(allow);
    ask = List.copyOf(ask);
    deny = List.copyOf(deny);
  }

  /** Decides about a request of an agent that works at a place. */
  Verdict decide(Permission asked, Workplace place) {
    return asked.kind() == Kind.EXECUTE
        ? new ShellRules(
                otherwise, patterns(allow, asked), patterns(ask, asked), patterns(deny, asked))
            .decide(asked.what(), redirect -> redirected(redirect, asked, place))
        : decide(place.named(asked), place.worktree());
  }

  private Verdict decide(Permission asked, Path worktree) {
    if (matches(deny, asked, worktree, false)) {
      return Verdict.DENY;
    }
    if (matches(ask, asked, worktree, false)) {
      return Verdict.ASK;
    }
    if (matches(allow, asked, worktree, true)) {
      return Verdict.ALLOW;
    }
    return otherwise == null ? usual(asked, worktree) : otherwise;
  }

  private Verdict redirected(Redirect redirect, Permission asked, Workplace place) {
    List<String> paths = List.of(redirect.file().replace(ShellLine.UNKNOWN, '*'));
    return decide(
        redirect.writes()
            ? new Permission(asked.request(), "Write", Kind.EDIT, paths.getFirst(), paths)
            : new Permission(asked.request(), "Read", Kind.READ, paths.getFirst(), paths),
        place);
  }

  /** Returns the patterns of the rules for a tool; {@code *} for a rule without one. */
  private static List<String> patterns(List<String> rules, Permission asked) {
    return rules.stream()
        .map(rule -> RULE.matcher(rule.strip()))
        .filter(parts -> parts.matches() && isFor(parts.group(1).strip(), asked))
        .map(parts -> Objects.requireNonNullElse(parts.group(2), "*"))
        .toList();
  }

  private static Verdict usual(Permission asked, Path worktree) {
    boolean harmless =
        asked.kind() == Kind.READ || (asked.kind() == Kind.EDIT && !asked.paths().isEmpty());
    boolean within = asked.paths().stream().allMatch(path -> isWithin(worktree, path));
    return harmless && within ? Verdict.ALLOW : Verdict.ASK;
  }

  private static boolean isWithin(Path worktree, String path) {
    Path file = real(worktree.resolve(path).normalize());
    Path root = real(worktree.normalize());
    return file.startsWith(root)
        && StreamSupport.stream(root.relativize(file).spliterator(), false).noneMatch(GIT::equals);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }

  private static boolean matches(
      List<String> rules, Permission asked, Path worktree, boolean everyPath) {
    return rules.stream().anyMatch(rule -> matches(rule, asked, worktree, everyPath));
  }

  private static boolean matches(String rule, Permission asked, Path worktree, boolean everyPath) {
    var parts = RULE.matcher(rule.strip());
    if (!parts.matches() || !isFor(parts.group(1).strip(), asked)) {
      return false;
    }
    String pattern = parts.group(2);
    return pattern == null || fits(pattern, asked, worktree, everyPath);
  }

  private static boolean isFor(String name, Permission asked) {
    return name.equalsIgnoreCase(asked.tool())
        || name.equalsIgnoreCase(asked.kind().name().toLowerCase(Locale.ROOT));
  }

  private static boolean fits(String pattern, Permission asked, Path worktree, boolean everyPath) {
    if (asked.paths().isEmpty() || pattern.equals(whole(asked))) {
      return Wildcard.of(pattern).matches(whole(asked));
    }
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Stream<Path> files = asked.paths().stream().map(path -> worktree.resolve(path).normalize());
    Predicate<Path> fits =
        file ->
            matcher.matches(file)
                || (file.startsWith(worktree) && matcher.matches(worktree.relativize(file)));
    return everyPath
        ? files.allMatch(file -> fits.test(file) && fits.test(inTree(file, worktree)))
        : files.anyMatch(file -> fits.test(file) || fits.test(inTree(file, worktree)));
  }

  /** Returns a file with links resolved, below the given worktree path if it lies in it. */
  private static Path inTree(Path file, Path worktree) {
    Path real = real(file);
    Path root = real(worktree.normalize());
    return real.startsWith(root) ? worktree.resolve(root.relativize(real)) : real;
  }

  /** Returns the rule that would allow exactly this request, as a suggestion to a person. */
  static String allowing(Permission asked) {
    return "%s(%s)".formatted(asked.tool(), whole(asked));
  }

  private static String whole(Permission asked) {
    return asked.kind() == Kind.EXECUTE || asked.paths().isEmpty()
        ? asked.what()
        : String.join(",", asked.paths());
  }
}
