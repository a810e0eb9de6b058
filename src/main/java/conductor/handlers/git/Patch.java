package conductor.handlers.git;

/** Diffs by the git program that do not depend on settings of the user or repository. */
public final class Patch {

  private static final String PLAIN =
      "diff --no-ext-diff --no-textconv --no-color --no-relative --ignore-submodules=none"
          + " --find-renames";

  private static final String SETTINGS =
      "-c diff.orderFile=/dev/null -c diff.suppressBlankEmpty=false ";

  private static final String FORM =
      " --src-prefix=a/ --dst-prefix=b/ --unified=3 --inter-hunk-context=0 --submodule=short";

  private Patch() {}

  /** Returns the arguments of the command that writes a patch for {@code git apply}. */
  public static String[] words(String... more) {
    return Git.line(SETTINGS + PLAIN + FORM + " --binary", more);
  }

  /** Returns the arguments of the command that writes a patch to read, without binary content. */
  public static String[] text(String... more) {
    return Git.line(SETTINGS + PLAIN + FORM, more);
  }

  /**
   * Returns the arguments of the git command that lists changed files, a moved one by both names.
   */
  public static String[] names(String... more) {
    return Git.line(PLAIN + " --no-renames --name-only", more);
  }

  /** Returns the arguments of the git command that lists changed files and counts changed lines. */
  public static String[] stat(String... more) {
    return Git.line(PLAIN + " --stat", more);
  }

  /**
   * Runs a git command that writes a patch, see {@link #text}, and reads that, however long it is.
   *
   * @throws conductor.effect.GitFailure.GitError when the command fails
   */
  public static Diff read(Git git, String... words) throws InterruptedException {
    var bytes = new PatchBytes();
    git.stream(bytes, words);
    return PatchReader.read(bytes);
  }
}
