package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the checks of a pull request's last commit.
 *
 * @param pr the pull request as it stood then
 * @param passed whether none failed; also when there are none
 * @param checks all of them, by name
 * @param failed those that failed
 */
public record Checks(PRHandle pr, boolean passed, List<Check> checks, List<Check> failed) {

  public Checks {
    checks = List.copyOf(checks);
    failed = List.copyOf(failed);
  }

  /** Returns the outcomes of these checks, which are all of a pull request's. */
  public static Checks of(PRHandle pr, List<Check> checks) {
    List<Check> failed = checks.stream().filter(check -> !check.passed()).toList();
    return new Checks(pr, failed.isEmpty(), checks, failed);
  }

  /**
   * The outcome of one check.
   *
   * @param passed whether it does not stand in the way of a merge: it succeeded, was skipped or is
   *     neutral
   * @param conclusion the forge's own word, such as {@code success}, {@code failure} or {@code
   *     timed_out}
   * @param url where it can be seen
   * @param log the last lines of what it printed, when it failed and the forge has them; else empty
   */
  public record Check(
      String name, boolean passed, String conclusion, @Nullable String url, String log) {}
}
