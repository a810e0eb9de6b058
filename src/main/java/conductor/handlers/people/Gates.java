package conductor.handlers.people;

import conductor.engine.handler.WallClock;
import conductor.journal.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The open questions of a run and the answers to them. Safe for use by several threads. */
public final class Gates {

  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, Given> early = new LinkedHashMap<>();

  private record Open(List<String> options, CompletableFuture<Given> answer) {}

  /**
   * An answer.
   *
   * @param note what the person said of it
   */
  public record Given(String text, Optional<Note> note) {}

  /** The result of giving an answer. */
  public enum Taken {
    TAKEN,
    /** The answer is kept until the question is asked. */
    EARLY,
    /** The answer is not one of the options. */
    NO_OPTION,
    /** The question was answered before. */
    ANSWERED
  }

  /** Answers the question of a gate, possibly before it is asked. */
  public synchronized Taken answer(String position, Given given) {
    Open gate = open.get(position);
    if (gate == null) {
      return early.putIfAbsent(position, given) == null ? Taken.EARLY : Taken.ANSWERED;
    }
    if (!gate.options().isEmpty() && !gate.options().contains(given.text())) {
      return Taken.NO_OPTION;
    }
    return gate.answer().complete(given) ? Taken.TAKEN : Taken.ANSWERED;
  }

  /** Asks a question and waits for its answer; any text is one if there are no options. */
  public Given await(String position, List<String> options) throws InterruptedException {
    return awaitUntil(Instant.MAX, InstantSource.system(), position, options).orElseThrow();
  }

  /** Asks as {@link #await} does, until a moment; empty when there was no answer in time. */
  public Optional<Given> awaitUntil(
      Instant moment, InstantSource clock, String position, List<String> options)
      throws InterruptedException {
    CompletableFuture<Given> answer = opened(position, options);
    try {
      while (true) {
        Duration wait = WallClock.wait(moment, clock);
        if (answer.isDone() || !wait.isPositive()) {
          return Optional.ofNullable(answer.getNow(null));
        }
        answered(answer, wait);
      }
    } finally {
      closed(position);
    }
  }

  private static void answered(CompletableFuture<Given> answer, Duration most)
      throws InterruptedException {
    try {
      answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // the caller checks the clock again
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized CompletableFuture<Given> opened(String position, List<String> options) {
    var gate = new Open(List.copyOf(options), new CompletableFuture<>());
    open.put(position, gate);
    Given given = early.remove(position);
    if (given != null && (options.isEmpty() || options.contains(given.text()))) {
      gate.answer().complete(given);
    }
    return gate.answer();
  }

  private synchronized void closed(String position) {
    open.remove(position);
  }
}
