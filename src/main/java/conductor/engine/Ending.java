package conductor.engine;

import static java.util.Objects.requireNonNull;

import conductor.effect.Failure;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the last record of a run. */
final class Ending {

  private static final String RESULT = "the result";
  private static final String ERROR = "the error";

  private final Codec codec;
  private final Causes causes;

  Ending(Codec codec, Causes causes) {
    this.codec = codec;
    this.causes = causes;
  }

  /**
   * Returns a workflow's result in a form that can be journaled. Does not throw for values of other
   * types: finished work is never a failure.
   *
   * @param warn is told of values of which only the text is kept
   */
  RunResult.Done done(@Nullable Object result, Consumer<String> warn) {
    return new RunResult.Done(codec.plain(result, RESULT, warn));
  }

  Entry.Ended of(RunResult result, Instant at) {
    return switch (result) {
      case RunResult.Done done ->
          new Entry.Ended(
              at, "done", new Outcome.Value(codec.encode(done.value(), RESULT)), "", List.of());
      case RunResult.Failed failed ->
          new Entry.Ended(
              at,
              "error",
              new Outcome.Failed(encoded(failed.error())),
              codec.redact(failed.message()),
              causes.of(failed.error()));
      case RunResult.Aborted aborted ->
          new Entry.Ended(at, "aborted", new Outcome.Cancelled(), aborted.reason(), List.of());
      case RunResult.Suspended _ ->
          throw new IllegalStateException("a suspended run has not ended");
    };
  }

  private JsonNode encoded(Throwable error) {
    return error instanceof Failure failure
        ? codec.encodeFailure((Failure) requireNonNull(codec.plain(failure, ERROR, _ -> {})))
        : codec.encode(
            Map.of(
                "type",
                error.getClass().getSimpleName(),
                "message",
                String.valueOf(error.getMessage())),
            ERROR);
  }
}
