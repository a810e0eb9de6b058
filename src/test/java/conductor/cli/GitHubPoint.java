package conductor.cli;

import conductor.handlers.forge.github.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A moment at which a run is disturbed: one of its requests to GitHub, and what happens there.
 *
 * @param request counts from 1 the requests that conductor and its git make in the run
 */
record GitHubPoint(Mode mode, int request) {

  /** How often each thing is still shown as it was before. */
  private static final int LATE_READS = 3;

  /** What happens at a request. */
  enum Mode implements CrashMode {
    /** The runner is killed before the request reaches GitHub, which it does not. */
    KILLED_BEFORE,
    /** The runner is killed after GitHub did it, before there is a reply. */
    KILLED_AFTER,
    /** GitHub does it, and the connection is cut before the reply. */
    LOST,
    /** GitHub shows all else as it was before for a while. */
    LATE,
    /** The runner is killed before the reply, and GitHub shows all as it was before. */
    KILLED_LATE,
    /** The connection is cut before the reply, and GitHub shows all as it was before. */
    LOST_LATE;

    boolean kills() {
      return switch (this) {
        case KILLED_BEFORE, KILLED_AFTER, KILLED_LATE -> true;
        case LOST, LATE, LOST_LATE -> false;
      };
    }

    /** Whether it differs from another mode only where the request changes something. */
    boolean needsChange() {
      return switch (this) {
        case LATE, KILLED_LATE, LOST_LATE -> true;
        case KILLED_BEFORE, KILLED_AFTER, LOST -> false;
      };
    }
  }

  /** A point that is written as {@code lost:17}. */
  static GitHubPoint of(String text) {
    List<String> parts = List.of(text.split(":", -1));
    if (parts.size() != 2) {
      throw new IllegalArgumentException("'%s' is no point; write it as lost:17".formatted(text));
    }
    return new GitHubPoint(
        CrashMode.of(Mode.values(), parts.get(0)), Integer.parseInt(parts.get(1)));
  }

  /** Whether a request, as method, blank and path, changes something at GitHub. */
  static boolean changes(String request) {
    return !request.startsWith("GET ") && !request.matches(".*(/git-upload-pack|/graphql)");
  }

  /**
   * What the double of GitHub does.
   *
   * @param reached counted down when the runner is to be killed
   * @param killed waited for then
   */
  Fault fault(CountDownLatch reached, CountDownLatch killed) {
    var cut = new Fault.Cut(mode != Mode.KILLED_BEFORE, reached, killed);
    return switch (mode) {
      case KILLED_BEFORE, KILLED_AFTER -> cut;
      case LOST -> new Fault.Lost();
      case LATE -> new Fault.Late(LATE_READS, new Fault.Slow(Duration.ZERO));
      case KILLED_LATE -> new Fault.Late(LATE_READS, cut);
      case LOST_LATE -> new Fault.Late(LATE_READS, new Fault.Lost());
    };
  }

  @Override
  public String toString() {
    return mode.word() + ":" + request;
  }
}
