package conductor.cli;

import conductor.model.RealAgent;

/** The contract of agents, with the real Opencode. */
class OpencodeIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.OPENCODE;
  }
}
