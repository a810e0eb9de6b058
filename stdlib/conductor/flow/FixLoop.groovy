package conductor.flow

/** Runs a command until it passes; an agent repairs what it finds. */
class FixLoop {

  /** What a shell ends with when it can run nothing: what it found is no program, or it found none. */
  private static final List<Integer> CANNOT_RUN = [126, 127]

  /**
   * Tries a command in a worktree in which nobody has worked yet, so that one that cannot be run costs no agent. One
   * that fails is told of and no more: an agent may be there to repair just that.
   *
   * @throws CommandUnavailable when it cannot be run
   */
  static ExecResult tried(WorktreeEnv env, String command) {
    yield Status('testing before any change', command)
    def result = once(env, command)
    if (!result.passed) {
      yield Status("the tests fail before any change: exit code ${result.exitCode}", command)
    }
    return result
  }

  /**
   * Runs a command in a worktree; as long as it fails, an agent gets its output and the command is run again.
   *
   * @param rounds how often the agent may repair
   * @param agents who does what, see {@link Roles}: the writer repairs
   * @return the result of the run that passed
   * @throws CommandUnavailable when it cannot be run, which no agent is paid for
   * @throws ExecFailed when it still fails after the last repair
   */
  static ExecResult untilGreen(WorktreeEnv env, String command, int rounds, Map agents = [:]) {
    def writer = Roles.of(agents, 'writer')
    for (int round = 1; round <= rounds; round++) {
      yield Status("testing, round $round", command)
      def result = once(env, command)
      if (result.passed) {
        return result
      }
      yield Status("repairing, round $round of $rounds", "exit code ${result.exitCode}")
      yield RunAgent(
          env: env, type: writer.agent, profile: writer.profile, model: writer.model,
          prompt: Prompts.fix(command, result), name: "fix-$round")
    }
    yield Status('testing for the last time', command)
    return passed(env, command)
  }

  private static ExecResult once(WorktreeEnv env, String command) {
    def result = yield Exec(command: command, env: env)
    return result.exitCode in CANNOT_RUN ? again(env, command) : result
  }

  /** Runs once more what could not be run, as an effect that fails: a run is resumed at a failure, not at a result. */
  private static ExecResult again(WorktreeEnv env, String command) {
    try {
      return passed(env, command)
    } catch (ExecFailed e) {
      return new ExecResult(e.exitCode, e.output, e.logPath, false)
    }
  }

  private static ExecResult passed(WorktreeEnv env, String command) {
    try {
      return yield Exec(command: command, env: env, check: true)
    } catch (ExecFailed e) {
      throw e.exitCode in CANNOT_RUN ? new CommandUnavailable(command, e) : e
    }
  }
}
