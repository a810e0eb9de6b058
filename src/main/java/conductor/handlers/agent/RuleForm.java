package conductor.handlers.agent;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import java.nio.file.FileSystems;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the syntax of permission rules, because an invalid rule would silently match nothing. */
public final class RuleForm {

  private static final String FORM =
      "a rule is a tool or a kind of tools (read, edit, execute, fetch), and behind it a pattern in"
          + " brackets where it is for some only: edit, Bash(git *), edit(src/**)";

  private static final Pattern RULE =
      Pattern.compile("(?s)([^()\\s*\"'{}\\[\\],;]++)\\s*+(?:\\((.+)\\))?");

  /** Claude's syntax for all commands that begin with a word. */
  private static final Pattern PREFIX = Pattern.compile("[\\w./-]++:\\*");

  private static final Set<String> SHELLS = with(KnownAgents.union(KnownAgent::shells), "execute");

  private static final Set<String> OF_FILES =
      with(KnownAgents.union(KnownAgent::fileTools), "read", "edit");

  private RuleForm() {}

  private static Set<String> with(Set<String> tools, String... kinds) {
    return Stream.concat(tools.stream(), Stream.of(kinds)).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns what is wrong with a rule and how to write it; empty when the rule is valid. */
  public static Optional<String> fault(String rule) {
    var parts = RULE.matcher(rule.strip());
    if (!parts.matches()) {
      return Optional.of(FORM);
    }
    String tool = parts.group(1).toLowerCase(Locale.ROOT);
    String pattern = parts.group(2);
    if (pattern == null) {
      return Optional.empty();
    }
    if (SHELLS.contains(tool) && PREFIX.matcher(pattern).matches()) {
      return Optional.of(
          "* stands for any text: write %s(%s *)"
              .formatted(parts.group(1), pattern.substring(0, pattern.length() - 2)));
    }
    return OF_FILES.contains(tool) ? glob(pattern) : Optional.empty();
  }

  private static Optional<String> glob(String pattern) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("its pattern is no pattern of paths: " + e.getDescription());
    }
  }
}
