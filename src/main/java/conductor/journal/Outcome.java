package conductor.journal;

import tools.jackson.databind.JsonNode;

/** The end of an effect, a step or a run, in its encoded form. */
public sealed interface Outcome {

  record Value(JsonNode value) implements Outcome {}

  record Failed(JsonNode failure) implements Outcome {}

  /** The end of what was cancelled before it had a value or a failure. */
  record Cancelled() implements Outcome {}
}
