package conductor.run.record;

import conductor.effect.Control;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.engine.History;
import conductor.handlers.people.AgentQuestion;
import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides whether a run that no process executes can continue only after a person answers. */
final class BlockedCheck {

  /** Made only where it is asked: reading what effects say of themselves takes a while. */
  private static final class OfAgents {

    /** Effects in which an agent may ask people something. */
    static final Set<String> NAMES =
        Vocabulary.standard().signatures().stream()
            .filter(Signature::isOfAgents)
            .map(Signature::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static final Set<String> AT_WORK = Set.of("pending", "booting", "running");

  private final RunDirectory run;
  private final List<Entry> entries;
  private final History history;
  private final OpenGates gates;

  BlockedCheck(RunDirectory run, List<Entry> entries, History history) {
    this.run = run;
    this.entries = entries;
    this.history = history;
    this.gates = new OpenGates(run, entries, history);
  }

  /**
   * Returns whether every live branch waits for a question that nobody has answered.
   *
   * @param wasBlocked whether its owner last stored it as blocked: the journal does not tell
   *     whether a branch has ended or was still computing
   * @param isBlocked whether a child run is blocked
   */
  boolean isBlocked(boolean wasBlocked, Instant now, Predicate<RunDirectory> isBlocked) {
    return gates.anythingOpen()
        && !history.stopped()
        && doOthersAsk(
            gates.open().stream()
                .filter(asked ->
                    !gates.asks(asked, now) && gates.child(asked).filter(isBlocked).isEmpty())
                .toList())
        && (wasBlocked || isEveryBranchSeen());
  }

  private boolean doOthersAsk(List<Entry.Asked> others) {
    return others.isEmpty()
        || (others.stream().allMatch(asked -> OfAgents.NAMES.contains(asked.effect()))
            && doAgentsAsk());
  }

  /** Returns whether no agent works, and the waiting ones have asked questions that are open. */
  private boolean doAgentsAsk() {
    List<Map<String, Object>> blocked =
        AgentRecords.of(run).stream().filter(agent -> !AgentRecords.isOver(agent)).toList();
    List<String> asking = AgentQuestion.ofRun(run).stream().map(AgentQuestion::gate).toList();
    List<String> unanswered = gates.unanswered().stream().map(Gate::position).toList();
    return !blocked.isEmpty()
        && unanswered.containsAll(asking)
        && blocked.stream()
            .allMatch(agent ->
                !AT_WORK.contains(String.valueOf(agent.get("status")))
                    && asking.stream().anyMatch(gate -> gate.startsWith(agent.get("name") + ":")));
  }

  /** Returns whether every branch that may continue waits for an effect. */
  private boolean isEveryBranchSeen() {
    Set<BranchPath> waiting = new HashSet<>();
    Set<BranchPath> opened = new HashSet<>(Set.of(BranchPath.ROOT));
    gates.open().forEach(asked -> waiting.add(asked.position().branch()));
    Set<Position> settled = new HashSet<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Settled end && history.stands(end)) {
        settled.add(end.position());
      }
    }
    for (Entry entry : entries) {
      if (entry instanceof Entry.Branched control
          && history.stands(control)
          && !settled.contains(control.position())) {
        waiting.add(control.position().branch());
        if (!control.isOf(Control.Wait.class)) {
          control.keys().forEach(key -> opened.add(control.position().branch(key)));
        }
      }
    }
    return waiting.containsAll(opened);
  }
}
