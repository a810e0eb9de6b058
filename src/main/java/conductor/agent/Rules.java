package conductor.agent;

import conductor.protocol.Permission;
import conductor.protocol.Permission.Kind;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may do, and what a person is asked. A rule is a tool's name, or a kind of tools
 * ({@code read}, {@code edit}, {@code execute}, {@code fetch}), or either with a pattern in
 * brackets that a command or every path must match: {@code Bash(git *)}, {@code edit(src/**)}.
 * {@code deny} comes before {@code ask}, and {@code ask} before {@code allow}. Immutable.
 *
 * @param otherwise what holds where no rule does; null: reading and editing within the worktree is
 *     allowed, everything else is asked
 */
public record Rules(
    @Nullable Verdict otherwise, List<String> allow, List<String> ask, List<String> deny) {

  /** Reading and editing within the worktree; everything else is asked. */
  public static final Rules USUAL = new Rules(null, List.of(), List.of(), List.of());

  private static final Pattern RULE = Pattern.compile("([^()]+?)(?:\\((.*)\\))?");

  /** What is decided. */
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

  /**
   * Decides.
   *
   * @param worktree where the agent works
   */
  Verdict decide(Permission asked, Path worktree) {
    if (matches(deny, asked, worktree)) {
      return Verdict.DENY;
    }
    if (matches(ask, asked, worktree)) {
      return Verdict.ASK;
    }
    if (matches(allow, asked, worktree)) {
      return Verdict.ALLOW;
    }
    return otherwise == null ? usual(asked, worktree) : otherwise;
  }

  private static Verdict usual(Permission asked, Path worktree) {
    boolean harmless =
        asked.kind() == Kind.READ || (asked.kind() == Kind.EDIT && !asked.paths().isEmpty());
    boolean within = asked.paths().stream().allMatch(path -> isWithin(worktree, path));
    return harmless && within ? Verdict.ALLOW : Verdict.ASK;
  }

  private static boolean isWithin(Path worktree, String path) {
    Path file = worktree.resolve(path).normalize();
    return file.startsWith(worktree.normalize()) && !file.startsWith(worktree.resolve(".git"));
  }

  private static boolean matches(List<String> rules, Permission asked, Path worktree) {
    return rules.stream().anyMatch(rule -> matches(rule, asked, worktree));
  }

  private static boolean matches(String rule, Permission asked, Path worktree) {
    var parts = RULE.matcher(rule.strip());
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1).strip();
    boolean tool =
        name.equalsIgnoreCase(asked.tool())
            || name.equalsIgnoreCase(asked.kind().name().toLowerCase(Locale.ROOT));
    String pattern = parts.group(2);
    return tool && (pattern == null || fits(pattern, asked, worktree));
  }

  private static boolean fits(String pattern, Permission asked, Path worktree) {
    if (asked.paths().isEmpty() || asked.kind() == Kind.EXECUTE) {
      String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
      return Pattern.compile(regex, Pattern.DOTALL).matcher(asked.what()).matches();
    }
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return asked.paths().stream()
        .map(path -> worktree.resolve(path).normalize())
        .allMatch(file ->
            matcher.matches(file)
                || (file.startsWith(worktree) && matcher.matches(worktree.relativize(file))));
  }

  /** A rule that would allow just this, for a person to take over. */
  static String allowing(Permission asked) {
    return asked.kind() == Kind.EXECUTE || asked.paths().isEmpty()
        ? "%s(%s)".formatted(asked.tool(), asked.what())
        : "%s(%s)".formatted(asked.tool(), String.join(",", asked.paths()));
  }
}
