package conductor.cli;

import conductor.model.RealAgent;

/** The contract of agents, with the real Gemini. */
class GeminiIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.GEMINI;
  }

  /** It says nothing of a model that has no room, and tries again for ever. */
  @Override
  String failureOn(int status) {
    return status == 429 || status == 529 ? "AgentTimeout" : super.failureOn(status);
  }

  @Override
  boolean forksAnywhere() {
    return false;
  }

  /** It offers no copies. */
  @Override
  boolean forks() {
    return false;
  }
}
