package conductor.cli;

import conductor.model.RealAgent;

/** The contract of agents, with the real Gemini. */
class GeminiIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.GEMINI;
  }
}
