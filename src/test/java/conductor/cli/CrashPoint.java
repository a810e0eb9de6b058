package conductor.cli;

import java.util.List;
import java.util.Random;

/**
 * A moment at which a run is disturbed: one of its calls of git, and what happens there.
 *
 * @param call counts from 1 the calls of git that conductor makes in the run
 */
record CrashPoint(String template, Mode mode, int call) {

  /** What happens at a call of git. */
  enum Mode implements CrashMode {
    /** Git is killed before it has done anything. */
    GIT_UNSTARTED,
    /** Git is killed after some milliseconds. */
    GIT_CUT,
    /** Git is killed when it holds its first lock. */
    GIT_LOCKED,
    /** The runner is killed, and git does not run. */
    RUNNER_BEFORE,
    /** The runner is killed, and then git runs to its end; the first hook of it is slow. */
    GIT_OUTLIVES,
    /** Git runs to its end, and then the runner is killed. */
    RUNNER_AFTER,
    /** The runner and git are killed together when git holds its first lock. */
    BOTH_LOCKED;

    /** Whether the runner is killed, not git alone. */
    boolean killsRunner() {
      return switch (this) {
        case GIT_UNSTARTED, GIT_CUT, GIT_LOCKED -> false;
        case RUNNER_BEFORE, GIT_OUTLIVES, RUNNER_AFTER, BOTH_LOCKED -> true;
      };
    }

    /** Whether it waits for a lock, which a git that only reads does not take. */
    boolean needsLock() {
      return this == GIT_LOCKED || this == BOTH_LOCKED;
    }

    /** Whether git is killed when it may have run a hook: it runs again, as a person would say. */
    boolean cutsGit() {
      return switch (this) {
        case GIT_CUT, GIT_LOCKED, BOTH_LOCKED -> true;
        case GIT_UNSTARTED, RUNNER_BEFORE, GIT_OUTLIVES, RUNNER_AFTER -> false;
      };
    }
  }

  /** A point that is written as {@code basic_pr:git-cut:17}. */
  static CrashPoint of(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() != 3) {
      throw new IllegalArgumentException(
          "'%s' is no point; write it as basic_pr:git-cut:17".formatted(text));
    }
    return new CrashPoint(
        parts.get(0), CrashMode.of(Mode.values(), parts.get(1)), Integer.parseInt(parts.get(2)));
  }

  /** Milliseconds after which git is cut; the same for a seed. */
  int moment(long seed) {
    return 1 + new Random(seed * 31 + toString().hashCode()).nextInt(25);
  }

  @Override
  public String toString() {
    return template + ":" + mode.word() + ":" + call;
  }
}
