package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Lines;
import tools.jackson.databind.JsonNode;

/** Determines how a turn ended, from the answer to its prompt and what was received before. */
record AcpEnds(AcpPrompts prompts, AcpQuestions questions) {

  End of(String prompt, AcpTurn turn, JsonNode answer) {
    if (answer.has("error")) {
      JsonNode error = answer.path("error");
      return failed(AcpErrors.trouble(error), AcpErrors.message(error));
    }
    JsonNode result = answer.path("result");
    String reason = Lines.text(result, "stopReason");
    return switch (reason) {
      case "end_turn" -> ended(prompt, turn, result);
      case "cancelled" -> isForDenial(prompt, turn) ? denied(prompt) : new End.Cancelled();
      case "refusal" -> failed(FailureKind.REFUSED, "the model refuses: " + turn.text());
      case "max_tokens" ->
          failed(FailureKind.CONTEXT_FULL, "the model has reached its most tokens");
      case "max_turn_requests" -> failed(FailureKind.OTHER, "the agent has made its most requests");
      default -> failed(FailureKind.OTHER, "the agent stopped for a reason unknown: " + reason);
    };
  }

  private End ended(String prompt, AcpTurn turn, JsonNode result) {
    if (turn.isBroken()) {
      String text = turn.text().strip();
      return failed(AcpErrors.trouble(text), text);
    }
    if (isForDenial(prompt, turn)) {
      return denied(prompt);
    }
    if (!turn.isHollow(result)) {
      return new End.Answered(turn.text(), null, questions.denied(prompt));
    }
    return prompts.isCancelled(prompt)
        ? new End.Cancelled()
        : failed(
            FailureKind.OTHER,
            "the agent ended its turn without a word and without use of a model, as it does when"
                + " it does not reach its model");
  }

  /** Returns whether a denial was the last thing that happened in a turn that nobody cancelled. */
  private boolean isForDenial(String prompt, AcpTurn turn) {
    return !prompts.isCancelled(prompt) && questions.isDenied(turn.lastWord());
  }

  private End denied(String prompt) {
    return failed(
        FailureKind.DENIED,
        "the agent ended its turn when it was denied: "
            + String.join("; ", questions.denied(prompt)));
  }

  private static End failed(FailureKind trouble, String message) {
    return new End.Failed(trouble, message, null);
  }
}
