package conductor.journal;

import tools.jackson.databind.JsonNode;

/** How an effect or a run ended, in its encoded form. */
public sealed interface Outcome {

  /** It came back with a value. */
  record Value(JsonNode value) implements Outcome {}

  /** It failed. */
  record Failed(JsonNode failure) implements Outcome {}

  /** It was ended before it came back. */
  record Cancelled() implements Outcome {}
}
