package conductor.journal;

import conductor.effect.Control;
import conductor.effect.Effect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One record of a journal. */
public sealed interface Entry {

  Instant at();

  /** The first record of a run. */
  record Opened(Instant at, String run, String workflow) implements Entry {}

  /**
   * The record that a process took the run.
   *
   * @param owner the number of this owner, counted from 1
   * @param host identifies a boot of a machine
   */
  record Owned(Instant at, int owner, long pid, String host) implements Entry {}

  /**
   * The intent of an effect or a step: the record that it was asked for.
   *
   * @param effect the effect's name
   * @param arguments those that were given
   * @param resolved all arguments with defaults filled in, where they differ from those given
   * @param hash of the arguments
   * @param calls the chain of calls in the scripts, innermost first, as {@code file:line in method}
   */
  record Asked(
      Instant at,
      Position position,
      String effect,
      JsonNode arguments,
      @Nullable JsonNode resolved,
      String hash,
      int epoch,
      List<String> calls)
      implements Entry {

    /** Returns whether this, or the effect of this step, is of a kind of effects. */
    public boolean isOf(Class<? extends Effect<?>> kind) {
      return effect.equals(kind.getSimpleName());
    }
  }

  /**
   * The reply to an effect or a step.
   *
   * @param late whether it came after its branch was cancelled; it is never delivered then
   */
  record Replied(Instant at, Position position, Outcome outcome, boolean late) implements Entry {}

  /**
   * The record that a control opened its branches, or that a handler of the script took up an
   * effect.
   *
   * @param control {@code Gather}, {@code Race}, {@code Spawn}, {@code Wait} or {@code Try}; the
   *     effect's name when a script handles it
   * @param keys of the branches, in order
   * @param arguments those of an effect that a script handles; null for a control
   * @param hash of the arguments; null for a control
   */
  record Branched(
      Instant at,
      Position position,
      String control,
      List<String> keys,
      @Nullable JsonNode arguments,
      @Nullable String hash,
      List<String> calls)
      implements Entry {

    /** Returns whether this is the record of a kind of controls. */
    public boolean isOf(Class<? extends Control<?>> kind) {
      return control.equals(kind.getSimpleName());
    }

    public Branched(
        Instant at, Position position, String control, List<String> keys, List<String> calls) {
      this(at, position, control, keys, null, null, calls);
    }
  }

  /**
   * The record that a control ended.
   *
   * @param how {@code all}, {@code won} or {@code failed}
   * @param decider the key of the branch that decided; null when none did
   * @param cancelled the keys of the branches that were cancelled
   * @param delivered how many replies and other deliveries had been handed out before; a replay may
   *     write the record long after them; -1 where the journal does not say
   */
  record Settled(
      Instant at,
      Position position,
      String how,
      @Nullable String decider,
      List<String> cancelled,
      int delivered)
      implements Entry {}

  record Stopped(Instant at, String reason) implements Entry {}

  /** The record that a cancelled branch was still cleaning up when its time was over. */
  record Expired(Instant at, BranchPath branch) implements Entry {}

  /**
   * The record that the uncaught failures of an ended run are performed again.
   *
   * @param epoch the new epoch
   * @param causes the positions of the failures that no script caught
   */
  record Retried(Instant at, int epoch, List<Position> causes) implements Entry {}

  /**
   * The record that an effect failed and that people decide what becomes of it.
   *
   * @param epoch of its intent
   * @param failure encoded as in a reply
   */
  record Parked(Instant at, Position position, int epoch, JsonNode failure) implements Entry {

    private static final String GATE = "failure-";

    /** Returns the name under which the question is answered; another one in each epoch. */
    public String gate() {
      return position.step(GATE + epoch).text();
    }

    /** Returns whether a name is that of a question about a failure. */
    public static boolean isGate(String name) {
      return name.contains("/" + GATE);
    }
  }

  /**
   * The record that a parked effect is performed again: what it did in vain is superseded.
   *
   * @param epoch the new epoch
   * @param resolved all its arguments, with what people changed
   */
  record Reattempted(Instant at, Position position, int epoch, JsonNode resolved)
      implements Entry {}

  /**
   * The record that the run goes on with an edited script.
   *
   * @param epoch the new epoch
   * @param differences the first position of each branch at which the edited script asks for
   *     something else
   */
  record Edited(Instant at, int epoch, List<Position> differences) implements Entry {}

  /** The record of what a handler had for the user. */
  record Noted(Instant at, Position position, Note note) implements Entry {}

  /**
   * The record that the run ended.
   *
   * @param status {@code done}, {@code error} or {@code aborted}
   * @param outcome its result or error
   * @param message the error as shown to the user; empty otherwise
   * @param causes the positions of the failures that no script caught
   */
  record Ended(Instant at, String status, Outcome outcome, String message, List<Position> causes)
      implements Entry {}
}
