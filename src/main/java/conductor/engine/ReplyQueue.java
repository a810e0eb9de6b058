package conductor.engine;

import conductor.effect.Failure;
import conductor.effect.RunEffect;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queues what is delivered to branches, in the order of the journal, and hands each reply to the
 * branch that waits for it. Belongs to the loop's thread.
 */
final class ReplyQueue {

  private final History history;
  private final MismatchCheck mismatchCheck;
  private final Codec codec;
  private final RunState state;
  private final Causes causes;
  private final Branches branches;
  private final Dispatcher dispatcher;
  private final Map<Position, Pending> pending = new HashMap<>();
  private final Deque<Entry> queue;

  ReplyQueue(LoopParts parts, MismatchCheck mismatchCheck, Causes causes, Branches branches) {
    this.history = parts.history();
    this.mismatchCheck = mismatchCheck;
    this.codec = parts.codec();
    this.state = parts.state();
    this.causes = causes;
    this.branches = branches;
    this.dispatcher = parts.dispatcher();
    this.queue = new ArrayDeque<>(history.deliveries());
  }

  void park(Pending waits) {
    waits.branch.pending = waits;
    pending.put(waits.position, waits);
    dispatcher.await(waits);
  }

  void add(Entry entry) {
    queue.add(entry);
  }

  void addAll(Collection<? extends Entry> entries) {
    queue.addAll(entries);
  }

  @Nullable Entry next() {
    return queue.poll();
  }

  /** Hands a reply to the branch that waits for it; throws {@link Mismatch} when none does. */
  void deliver(Entry.Replied reply) {
    Pending waits = pending.remove(reply.position());
    if (waits == null) {
      throw mismatchCheck.unasked(reply.position());
    }
    dispatcher.answered(waits);
    waits.branch.pending = null;
    branches.reply(
        waits.branch,
        waits.abandoned ? Branches.cancellation(waits.branch) : decoded(reply, waits));
  }

  private Branch.Reply decoded(Entry.Replied reply, Pending waits) {
    return switch (reply.outcome()) {
      case Outcome.Value(var value) -> {
        remember(waits);
        yield new Branch.Reply.Value(codec.decode(value));
      }
      case Outcome.Failed(var encoded) -> {
        Failure failure = codec.decodeFailure(encoded);
        causes.raised(failure, reply.position());
        yield new Branch.Reply.Raise(failure);
      }
      case Outcome.Cancelled _ -> Branches.interruption(waits.branch);
    };
  }

  private void remember(Pending waits) {
    if (waits.request.effect() instanceof RunEffect.Put put) {
      state.put(put.key(), codec.decode(waits.request.arguments().path("value")));
    }
  }

  void deliver(Entry.Expired expired) {
    List.copyOf(branches.living()).stream()
        .filter(branch -> branch.path.equals(expired.branch()))
        .forEach(branches::expire);
  }

  /** Throws {@link Mismatch} when all was delivered and nobody asks for an open intent. */
  void refuseUnasked() {
    for (Entry.Asked open : history.open()) {
      if (!pending.containsKey(open.position())) {
        throw mismatchCheck.unasked(open.position());
      }
    }
  }

  /** Throws {@link Mismatch} when a workflow that ended asked not for all in the journal. */
  void refuseLeftovers() {
    for (Entry entry : queue) {
      if (entry instanceof Entry.Replied reply) {
        throw mismatchCheck.leftOver(reply.position());
      }
    }
    for (Entry.Asked open : history.open()) {
      throw mismatchCheck.leftOver(open.position());
    }
  }
}
