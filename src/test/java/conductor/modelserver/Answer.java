package conductor.modelserver;

import tools.jackson.databind.node.ObjectNode;

/** What the model answers. */
sealed interface Answer {

  /** A text, which ends the turn of the agent. */
  record Text(String text) implements Answer {}

  /** A tool that the agent is to call. */
  record Call(String tool, ObjectNode arguments) implements Answer {}
}
