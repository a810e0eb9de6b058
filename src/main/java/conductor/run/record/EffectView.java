package conductor.run.record;

import conductor.effect.CommandEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An effect or control of a run, as it is shown.
 *
 * @param position its position
 * @param effect its name
 * @param summary its arguments in a few words
 * @param status {@code running}, {@code parked} when it failed and a person must decide, {@code
 *     done}, {@code error} or {@code cancelled}
 * @param started when it was asked for
 * @param ended when it ended; null while it has not
 * @param changed when something of it was last recorded: that it was asked for, a step, a note, its
 *     end
 * @param calls the chain of calls in the scripts, innermost first
 * @param reply the reply in a few words, or the failure's message; null while there is none
 * @param notes lines that its handler wrote for the user
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
    Instant changed,
    List<String> calls,
    @Nullable String reply,
    List<String> notes,
    List<Step> steps,
    List<String> branches) {

  /** Effects and controls that tell people little. */
  private static final Set<String> MINOR =
      Set.of("Get", "Put", "Now", "Random", "Uuid", "Env", "Wait", "Spawn", "Try");

  /** Returns whether an effect or control of a name tells people little. */
  public static boolean isMinor(String effect) {
    return MINOR.contains(effect);
  }

  /** One of several acts of an effect. */
  public record Step(String name, String status) {}

  /** Returns the position of its branch; empty at the script's top level. */
  public String branch() {
    int dot = position.lastIndexOf('.');
    return dot < 0 ? "" : position.substring(0, dot);
  }

  /** Returns how many controls its branch is in. */
  public int depth() {
    return (int) position.chars().filter(c -> c == '.').count() / 2;
  }

  /** Returns the key by which the innermost control knows its branch; empty at the top level. */
  public String key() {
    return branch().substring(branch().lastIndexOf('.') + 1);
  }

  /** Returns how long it took, or how long it has been running. */
  public Duration elapsed(Instant now) {
    return Duration.between(started, ended == null ? now : ended);
  }

  /**
   * Returns whether it is a command with an exit code other than 0, which is no failure of the
   * effect.
   */
  public boolean complains() {
    return effect.equals(CommandEffect.Exec.class.getSimpleName())
        && status.equals("done")
        && reply != null
        && !reply.startsWith("exit code 0");
  }

  /** Returns whether it has no reply yet. */
  public boolean running() {
    return status.equals("running") || status.equals("parked");
  }
}
