package conductor.engine;

import conductor.effect.Attempt;
import conductor.effect.Control;
import conductor.effect.Failure;
import conductor.effect.GatherFailed;
import conductor.effect.ScriptFailed;
import conductor.journal.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A control in progress, which waits for its branches. The first deciding outcome, in the order of
 * delivery, settles it; its reply goes to the branch that asked once all branches are over.
 */
final class Join {

  /** {@link Settlement#how} of a control whose deciding branch failed. */
  static final String FAILED = "failed";

  final Position position;
  final Branch asker;
  final Control<?> control;

  /** Whether the asking branch was cancelled meanwhile. */
  boolean abandoned;

  private final Map<String, Branch> branches = new LinkedHashMap<>();
  private int left;
  private Optional<Settlement> settlement = Optional.empty();
  private Branch.@Nullable Reply reply;

  /**
   * The end of a control.
   *
   * @param how {@code all}, {@code won} or {@code failed}
   * @param decider key of the branch that decided; null when none did
   * @param cancelled keys of the branches that are cancelled
   */
  record Settlement(String how, @Nullable String decider, List<String> cancelled) {}

  Join(Position position, Branch asker, Control<?> control) {
    this.position = position;
    this.asker = asker;
    this.control = control;
  }

  void opened(String key, Branch branch) {
    branches.put(key, branch);
    left++;
  }

  List<Branch> branches() {
    return List.copyOf(branches.values());
  }

  boolean over() {
    return left == 0;
  }

  Optional<Settlement> settlement() {
    return settlement;
  }

  /** Returns the reply to the asking branch, once all branches are over. */
  Branch.Reply reply() {
    return reply == null ? collected() : reply;
  }

  /** Notes that a branch is over, and returns the branches to cancel because of it. */
  List<Branch> ended(Branch branch) {
    left--;
    if (settlement.isPresent()) {
      return List.of();
    }
    if (decides(branch)) {
      return settle(branch);
    }
    if (over()) {
      settlement = Optional.of(new Settlement("all", null, List.of()));
    }
    return List.of();
  }

  private boolean decides(Branch branch) {
    return switch (control) {
      case Control.Gather gather ->
          branch.thrown != null && (gather.failFast() || !ScriptFailed.isHeld(branch.thrown));
      case Control.Race _, Control.Try _, Control.Handled _ -> true;
      case Control.Spawn _, Control.Wait _ ->
          throw new IllegalStateException(control.kind() + " does not fork");
    };
  }

  private List<Branch> settle(Branch branch) {
    List<Branch> losers = branches.values().stream().filter(other -> !other.over()).toList();
    boolean failed = branch.thrown != null;
    settlement =
        Optional.of(
            new Settlement(
                failed ? FAILED : "won", keyOf(branch), losers.stream().map(this::keyOf).toList()));
    reply =
        switch (control) {
          case Control.Try _ -> attempted(branch);
          default ->
              branch.thrown != null
                  ? new Branch.Reply.Raise(branch.thrown)
                  : new Branch.Reply.Value(branch.value);
        };
    return losers;
  }

  private static Branch.Reply attempted(Branch branch) {
    return switch (branch.thrown) {
      case null -> new Branch.Reply.Value(new Attempt.Ok(branch.value));
      case Throwable held when ScriptFailed.isHeld(held) ->
          new Branch.Reply.Value(new Attempt.Err(ScriptFailed.of(held)));
      case Throwable other -> new Branch.Reply.Raise(other);
    };
  }

  private Branch.Reply collected() {
    boolean named = control instanceof Control.Gather gather && gather.named();
    var replies = new LinkedHashMap<String, @Nullable Object>();
    var failures = new LinkedHashMap<String, Failure>();
    branches.forEach((key, branch) -> {
      if (branch.thrown == null) {
        replies.put(key, branch.value);
      } else {
        failures.put(key, ScriptFailed.of(branch.thrown));
      }
    });
    if (!failures.isEmpty()) {
      return new Branch.Reply.Raise(new GatherFailed(replies, failures));
    }
    return new Branch.Reply.Value(named ? replies : new ArrayList<>(replies.values()));
  }

  private String keyOf(Branch branch) {
    return branches.entrySet().stream()
        .filter(entry -> entry.getValue() == branch)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
