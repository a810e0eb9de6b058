package conductor.handlers.forge.github;

import conductor.handlers.forge.Pace;
import java.time.Duration;

/**
 * The time limits and retries for requests to GitHub.
 *
 * @param answer the longest time that an answer may take
 * @param tries how often a request is sent that gets no answer or a server error
 * @param pause the pause after the first try; doubled after each further one
 * @param mergeability the longest time until GitHub must know whether a pull request can be merged
 * @param lag how long GitHub may show the state before an act
 * @param settling how long nothing must have changed before no further check is expected
 * @param pace the pace of polls for mergeability and for what GitHub shows late
 */
public record Limits(
    Duration answer,
    int tries,
    Duration pause,
    Duration mergeability,
    Duration lag,
    Duration settling,
    Pace pace) {

  /** Returns these limits with another time for checks to settle. */
  public Limits settling(Duration time) {
    return new Limits(answer, tries, pause, mergeability, lag, time, pace);
  }

  /** Returns the limits for normal use. */
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
