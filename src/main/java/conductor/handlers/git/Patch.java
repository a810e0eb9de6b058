package conductor.handlers.git;

import java.util.ArrayList;
import java.util.List;

/** Differences as patches that {@code git apply} takes, whatever a user or repository has set. */
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
   * Returns the words of the command that writes one.
   *
   * @param more what is compared, and options
   */
  public static String[] words(String... more) {
    var words = new ArrayList<>(PLAIN);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Returns the words of the command that names files and counts lines. */
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
