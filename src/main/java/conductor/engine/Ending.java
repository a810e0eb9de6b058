package conductor.engine;

import conductor.effect.Failure;
import conductor.effect.NotJournalable;
import conductor.journal.Codec;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the last record of a run. */
final class Ending {

  private static final String RESULT = "the result";

  private final Codec codec;
  private final Causes causes;

  Ending(Codec codec, Causes causes) {
    this.codec = codec;
    this.causes = causes;
  }

  /** Why a workflow's result cannot be its result; null when it can. */
  @Nullable NotJournalable refusal(@Nullable Object result) {
    try {
      codec.encode(result, RESULT);
      return null;
    } catch (NotJournalable e) {
      return e;
    }
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
        ? codec.encodeFailure(failure)
        : codec.encode(
            Map.of(
                "type",
                error.getClass().getSimpleName(),
                "message",
                String.valueOf(error.getMessage())),
            "the error");
  }
}
