package conductor.journal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One record of a journal. */
public sealed interface Entry {

  /** Returns when it was written. */
  Instant at();

  /** The first record of a run. */
  record Opened(Instant at, String run, String workflow) implements Entry {}

  /**
   * A process took the run.
   *
   * @param owner counts the owners from 1
   * @param host a boot of a machine
   */
  record Owned(Instant at, int owner, long pid, String host) implements Entry {}

  /**
   * An effect or a step was asked for: its intent.
   *
   * @param effect the effect's name
   * @param arguments as given, without those left out
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
      implements Entry {}

  /**
   * An effect or a step came back.
   *
   * @param late it came after its branch was cancelled, and is never delivered
   */
  record Replied(Instant at, Position position, Outcome outcome, boolean late) implements Entry {}

  /**
   * A control opened its branches, or a handler of the script took an effect up.
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

    /** Returns a control. */
    public Branched(
        Instant at, Position position, String control, List<String> keys, List<String> calls) {
      this(at, position, control, keys, null, null, calls);
    }
  }

  /**
   * A control ended.
   *
   * @param how {@code all}, {@code won} or {@code failed}
   * @param decider the key of the branch that decided, where one did
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

  /** The run was told to stop. */
  record Stopped(Instant at, String reason) implements Entry {}

  /** A cancelled branch was not done with cleaning up when its time was over. */
  record Expired(Instant at, BranchPath branch) implements Entry {}

  /**
   * The uncaught failures of an ended run are performed again.
   *
   * @param epoch the new epoch
   * @param causes the positions of the failures that no script caught
   */
  record Retried(Instant at, int epoch, List<Position> causes) implements Entry {}

  /**
   * An effect failed, and people decide what becomes of it.
   *
   * @param epoch of its intent
   * @param failure as a reply would have it
   */
  record Parked(Instant at, Position position, int epoch, JsonNode failure) implements Entry {

    private static final String GATE = "failure-";

    /** Returns what the question is answered by: each time another name. */
    public String gate() {
      return position.step(GATE + epoch).text();
    }

    /** Returns whether a question's name is that of one about a failure. */
    public static boolean isGate(String name) {
      return name.contains("/" + GATE);
    }
  }

  /**
   * An effect that was parked is performed again: what it did in vain is superseded.
   *
   * @param epoch the new epoch
   * @param resolved all its arguments, with what people changed
   */
  record Again(Instant at, Position position, int epoch, JsonNode resolved) implements Entry {}

  /**
   * The run goes on with an edited script.
   *
   * @param epoch the new epoch
   * @param differences the first position of each branch at which the edited script asks for
   *     something else
   */
  record Edited(Instant at, int epoch, List<Position> differences) implements Entry {}

  /** A line that a handler had for the user. */
  record Noted(Instant at, Position position, String line) implements Entry {}

  /**
   * The run ended.
   *
   * @param status {@code done}, {@code error} or {@code aborted}
   * @param outcome its result or error
   * @param message the error as shown to the user; empty otherwise
   * @param causes the positions of the failures that no script caught
   */
  record Ended(Instant at, String status, Outcome outcome, String message, List<Position> causes)
      implements Entry {}
}
