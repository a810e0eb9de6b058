package conductor.handlers.forge.github;

import conductor.handlers.forge.Pace;
import java.time.Duration;

/**
 * How patient conductor is with a GitHub.
 *
 * @param answer how long an answer may take
 * @param tries how often something is asked that gets no answer, or one that says to come back
 * @param pause the pause after the first try; doubled after each further one
 * @param mergeability how long it may take to find out whether a pull request can be merged
 * @param lag how long GitHub may show things as they were before an act
 * @param settling how long nothing may have changed before no further check is expected
 * @param pace how often mergeability, and what may lag, is looked at
 */
public record Limits(
    Duration answer,
    int tries,
    Duration pause,
    Duration mergeability,
    Duration lag,
    Duration settling,
    Pace pace) {

  /** The same with another time for checks to settle. */
  public Limits settling(Duration time) {
    return new Limits(answer, tries, pause, mergeability, lag, time, pace);
  }

  /** For work. */
  public static Limits usual() {
    return new Limits(
        Duration.ofSeconds(60),
        6,
        Duration.ofMillis(500),
        Duration.ofMinutes(2),
        Duration.ofSeconds(15),
        Duration.ofSeconds(20),
        new Pace(Duration.ofMillis(500), Duration.ofSeconds(5)));
  }
}
