package conductor.engine.handler;

import org.jspecify.annotations.Nullable;

/**
 * One operation outside of the engine, such as on files, git or an agent, and what to do about it
 * when the host died in the middle.
 *
 * @param <T> the reply; a value that can be journaled
 */
public sealed interface Act<T extends @Nullable Object> {

  Work<T> work();

  /**
   * An act that may happen any number of times: looking, sleeping, or a sequence of {@linkplain
   * Call#step steps} that are acts of their own. Its intent need not be on disk first.
   */
  record Repeatable<T extends @Nullable Object>(Work<T> work) implements Act<T> {}

  /**
   * An answer that is only made up: it takes no time and touches nothing. It is made on the thread
   * of the run's loop, so that answers come in the order in which they were asked for, whatever the
   * threads do.
   */
  record Immediate<T extends @Nullable Object>(Work<T> work) implements Act<T> {}

  /**
   * An act that can find what it did by its {@linkplain Call#key() key}.
   *
   * @param adopt called instead of {@code work} when the intent was on disk but no reply: finds
   *     what was done and returns its reply, waits for what still goes on, or does it when it was
   *     not done
   * @param abandon ends what an execution that is gone left running, when the branch was cancelled
   *     meanwhile
   */
  record Adoptable<T extends @Nullable Object>(
      Work<T> work, Work<T> adopt, Work<@Nullable Void> abandon) implements Act<T> {}

  /**
   * An act of which nobody can tell after a crash whether it happened: {@link
   * conductor.effect.Indeterminate} is its reply then.
   */
  record Indeterminate<T extends @Nullable Object>(Work<T> work) implements Act<T> {}

  /** Returns an act that looks, sleeps, or is a sequence of steps. */
  static <T extends @Nullable Object> Act<T> repeatable(Work<T> work) {
    return new Repeatable<>(work);
  }

  /** Returns an act that only makes up its answer. */
  static <T extends @Nullable Object> Act<T> immediate(Work<T> work) {
    return new Immediate<>(work);
  }

  /** Returns an act whose work itself finds what it did before. */
  static <T extends @Nullable Object> Act<T> adoptable(Work<T> work) {
    return adoptable(work, work);
  }

  /** Returns an act of which nothing goes on when the host is gone. */
  static <T extends @Nullable Object> Act<T> adoptable(Work<T> work, Work<T> adopt) {
    return new Adoptable<>(work, adopt, call -> null);
  }

  /** Returns an act that goes on without the host. */
  static <T extends @Nullable Object> Act<T> adoptable(
      Work<T> work, Work<T> adopt, Work<@Nullable Void> abandon) {
    return new Adoptable<>(work, adopt, abandon);
  }

  /** Returns an act that leaves nothing to find it by. */
  static <T extends @Nullable Object> Act<T> indeterminate(Work<T> work) {
    return new Indeterminate<>(work);
  }

  @FunctionalInterface
  interface Work<T extends @Nullable Object> {

    /**
     * Performs the act and returns its reply.
     *
     * @throws conductor.effect.Failure a typed failure; journaled as the reply
     * @throws InterruptedException when the act is to end early: see {@link Call#suspending()}
     */
    T run(Call call) throws InterruptedException;
  }
}
