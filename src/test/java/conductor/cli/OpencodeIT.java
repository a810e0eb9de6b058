package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.model.RealAgent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The contract of agents, with the real opencode. */
class OpencodeIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.OPENCODE;
  }

  /** It says nothing of a model that has no room, and tries again for ever. */
  @Override
  String failureOn(int status) {
    return status == 429 || status == 529 ? "AgentTimeout" : super.failureOn(status);
  }

  /** It ends its turn. */
  @Override
  String afterDenial() {
    return "AgentDenied";
  }

  /** It tells the tokens of the last model turn only, and the cost of all. */
  @Override
  @Test
  void usage() throws Exception {
    run("do [[write:a.txt|hello]] [[say:wrote it]]").ok();

    JsonNode usage = shown().path("usage");
    assertThat(usage.path("output_tokens").asLong()).isEqualTo(model.tokens().output() / 2);
    assertThat(usage.path("cost_usd").asDouble()).isPositive();
  }

  @Override
  boolean forksAnywhere() {
    return false;
  }
}
