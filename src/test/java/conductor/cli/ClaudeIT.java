package conductor.cli;

import conductor.model.RealAgent;

/** The contract of agents, with the real Claude Code. */
class ClaudeIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.CLAUDE;
  }
}
