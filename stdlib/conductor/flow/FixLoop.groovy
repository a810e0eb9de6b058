package conductor.flow

/** Runs a command until it passes; an agent repairs what it finds. */
class FixLoop {

  /**
   * Runs a command in a worktree; as long as it fails, an agent gets its output and the command is run again.
   *
   * @param rounds how often the agent may repair
   * @return the result of the run that passed
   * @throws ExecFailed when it still fails after the last repair
   */
  static ExecResult untilGreen(WorktreeEnv env, String command, int rounds) {
    for (int round = 1; round <= rounds; round++) {
      yield Status("testing, round $round", command)
      def result = yield Exec(command: command, env: env)
      if (result.passed) {
        return result
      }
      yield Status("repairing, round $round of $rounds", "exit code ${result.exitCode}")
      yield RunAgent(env: env, prompt: Prompts.fix(command, result), name: "fix-$round")
    }
    yield Status('testing for the last time', command)
    return yield Exec(command: command, env: env, check: true)
  }
}
