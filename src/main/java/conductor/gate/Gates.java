package conductor.gate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The questions of a run that wait for an answer. Safe for use by several threads. */
public final class Gates {

  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, String> early = new LinkedHashMap<>();

  private record Open(List<String> options, CompletableFuture<String> answer) {}

  /** What became of an answer. */
  public enum Taken {
    /** It is the answer. */
    TAKEN,
    /** It is kept until the question is asked. */
    EARLY,
    /** It is none of the options. */
    NO_OPTION,
    /** There was another answer before. */
    ANSWERED
  }

  /** Answers the question at a position. */
  public synchronized Taken answer(String position, String text) {
    Open gate = open.get(position);
    if (gate == null) {
      return early.putIfAbsent(position, text) == null ? Taken.EARLY : Taken.ANSWERED;
    }
    if (!gate.options().isEmpty() && !gate.options().contains(text)) {
      return Taken.NO_OPTION;
    }
    return gate.answer().complete(text) ? Taken.TAKEN : Taken.ANSWERED;
  }

  /**
   * Waits for the answer to a question.
   *
   * @param options empty when any text will do
   * @return empty when the time is over
   */
  public Optional<String> await(String position, List<String> options, Optional<Duration> most)
      throws InterruptedException {
    CompletableFuture<String> answer = opened(position, options);
    try {
      return Optional.of(
          most.isPresent()
              ? answer.get(Math.max(0, most.get().toMillis()), TimeUnit.MILLISECONDS)
              : answer.get());
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      closed(position);
    }
  }

  private synchronized CompletableFuture<String> opened(String position, List<String> options) {
    var gate = new Open(List.copyOf(options), new CompletableFuture<>());
    open.put(position, gate);
    String text = early.remove(position);
    if (text != null && (options.isEmpty() || options.contains(text))) {
      gate.answer().complete(text);
    }
    return gate.answer();
  }

  private synchronized void closed(String position) {
    open.remove(position);
  }
}
