package conductor.handlers.git;

import java.util.ArrayList;
import java.util.List;

/** Command lines for diffs whose output does not depend on settings of the user or repository. */
public final class Patch {

  private static final List<String> PLAIN =
      List.of(
          "-c",
          "diff.orderFile=/dev/null",
          "-c",
          "diff.suppressBlankEmpty=false",
          "diff",
          "--no-ext-diff",
          "--no-textconv",
          "--no-color",
          "--no-relative",
          "--src-prefix=a/",
          "--dst-prefix=b/",
          "--unified=3",
          "--inter-hunk-context=0",
          "--submodule=short",
          "--ignore-submodules=none",
          "--find-renames",
          "--binary");

  private Patch() {}

  /**
   * Returns the arguments of the git command that writes a patch for {@code git apply}.
   *
   * @param more further options, and the commits to compare
   */
  public static String[] words(String... more) {
    var words = new ArrayList<>(PLAIN);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Returns the arguments of the git command that lists changed files and counts changed lines. */
  public static String[] stat(String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "diff",
                "--no-ext-diff",
                "--no-textconv",
                "--no-color",
                "--no-relative",
                "--ignore-submodules=none",
                "--find-renames",
                "--stat"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }
}
