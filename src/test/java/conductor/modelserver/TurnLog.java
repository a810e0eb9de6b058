package conductor.modelserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was asked and what was answered, for those who wait for it. Safe for use by threads. */
final class TurnLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<ModelTurn> asked = new ArrayList<>();
  private final List<ModelTurn> answered = new ArrayList<>();

  ModelTurn ask(Asked question) {
    lock.lock();
    try {
      ModelTurn turn = ModelTurn.of(asked.size() + 1, question);
      asked.add(turn);
      changed.signalAll();
      return turn;
    } finally {
      lock.unlock();
    }
  }

  void answer(ModelTurn turn) {
    lock.lock();
    try {
      answered.add(turn);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<ModelTurn> asked() {
    return read(log -> List.copyOf(log.asked));
  }

  List<ModelTurn> answered() {
    return read(log -> List.copyOf(log.answered));
  }

  /** Waits until a turn of the kind was asked for, or was before. */
  ModelTurn awaitAsked(Predicate<ModelTurn> wanted, Duration most) throws InterruptedException {
    return await(asked, wanted, most);
  }

  ModelTurn awaitAnswered(Predicate<ModelTurn> wanted, Duration most) throws InterruptedException {
    return await(answered, wanted, most);
  }

  private ModelTurn await(List<ModelTurn> turns, Predicate<ModelTurn> wanted, Duration most)
      throws InterruptedException {
    long left = most.toNanos();
    lock.lock();
    try {
      while (true) {
        for (ModelTurn turn : turns) {
          if (wanted.test(turn)) {
            return turn;
          }
        }
        if (left <= 0) {
          throw new AssertionError("no such turn within " + most + " in " + turns);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Function<TurnLog, T> reader) {
    lock.lock();
    try {
      return reader.apply(this);
    } finally {
      lock.unlock();
    }
  }
}
