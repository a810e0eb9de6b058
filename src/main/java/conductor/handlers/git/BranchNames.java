package conductor.handlers.git;

import conductor.state.Digest;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes valid branch names from any text, and finds existing branches that prevent a name. */
public final class BranchNames {

  /** The most bytes of a name: a file of that name, and its lock file, must be possible. */
  private static final int LONGEST = 120;

  private static final String REFUSED = "[\\p{Cntrl}\\p{Z}~^:?*\\[\\]\\\\\"'`$&|;<>(){}!]+";

  private BranchNames() {}

  /**
   * Returns a text as a part of a branch's name: without characters that git refuses or a shell
   * interprets, and shortened where it is too long. Letters of every alphabet stay. Two texts may
   * give the same name. Returns {@code work} when nothing is left.
   */
  public static String cleaned(String text) {
    String name =
        text.replaceAll(REFUSED, "-")
            .replaceAll("\\.\\.+", ".")
            .replaceAll("-+", "-")
            .replaceAll("(^|/)[-.]+", "$1")
            .replaceAll("/+", "/")
            .replaceAll("(?<![-.])[-.]++(/|$)", "$1")
            .replaceAll("\\.lock(/|$)", "-lock$1")
            .replaceAll("^/|/$", "");
    return shortened(name.isEmpty() || name.equals("@") ? "work" : name);
  }

  private static String shortened(String name) {
    if (bytes(name) <= LONGEST) {
      return name;
    }
    String mark = "-" + Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 6);
    int end = name.length();
    while (bytes(name.substring(0, end)) > LONGEST - mark.length()) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end).replaceAll("(?<![-./])[-./]++$", "") + mark;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns a branch's name as the name of a directory, with {@code -} for each slash. */
  public static String directory(String branch) {
    return shortened(branch.replace('/', '-'));
  }

  /**
   * Returns the name of an existing branch that prevents a branch from being made: it has the same
   * name, is a leading part of its path ({@code a} for {@code a/b}), or lies below it; empty when
   * there is none.
   *
   * @param branches the names of the existing branches
   */
  public static Optional<String> inTheWay(NavigableSet<String> branches, String branch) {
    for (int end = branch.length(); end > 0; end = branch.lastIndexOf('/', end - 1)) {
      if (branches.contains(branch.substring(0, end))) {
        return Optional.of(branch.substring(0, end));
      }
    }
    String below = branch + "/";
    return Optional.ofNullable(branches.ceiling(below)).filter(name -> name.startsWith(below));
  }

  /** Returns the names of a repository's branches. */
  public static NavigableSet<String> all(Git git) throws InterruptedException {
    String heads = "refs/heads/";
    return git.reader().refs(heads).keySet().stream()
        .map(ref -> ref.substring(heads.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
