package conductor.run.record;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One effect, or one control, of a run as readers see it.
 *
 * @param position its place in the run
 * @param effect its name
 * @param summary its arguments in a few words
 * @param status {@code running}, {@code parked} where it failed and people decide, {@code done},
 *     {@code error} or {@code cancelled}
 * @param calls the chain of calls in the scripts, innermost first
 * @param reply what came back, in a few words; the failure's message when it failed
 * @param notes lines that its handler had for the user
 * @param steps the acts it consists of
 * @param branches the keys of a control's branches; empty for an effect
 */
public record EffectView(
    String position,
    String effect,
    String summary,
    String status,
    Instant started,
    @Nullable Instant ended,
    List<String> calls,
    @Nullable String reply,
    List<String> notes,
    List<Step> steps,
    List<String> branches) {

  /** One of several acts of an effect. */
  public record Step(String name, String status) {}

  /** Returns how long it took, or takes by now. */
  public Duration elapsed(Instant now) {
    return Duration.between(started, ended == null ? now : ended);
  }

  /** Returns whether a command came back with another exit code than 0, which fails no effect. */
  public boolean complains() {
    return effect.equals("Exec")
        && status.equals("done")
        && reply != null
        && !reply.startsWith("exit code 0");
  }

  /** Returns whether it has not come back. */
  public boolean running() {
    return status.equals("running") || status.equals("parked");
  }
}
