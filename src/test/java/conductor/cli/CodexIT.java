package conductor.cli;

import conductor.realagents.RealAgent;

/** The contract of agents, with the real Codex. */
class CodexIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.CODEX;
  }
}
