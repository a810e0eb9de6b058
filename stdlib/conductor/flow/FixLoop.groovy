package conductor.flow

/** Runs a command until it passes; an agent repairs what it finds. */
class FixLoop {

  /** What a shell ends with when it can run nothing: what it found is no program, or it found none. */
  private static final List<Integer> CANNOT_RUN = [126, 127]

  /**
   * Tries a command in a worktree in which nobody has worked yet, so that one that cannot be run costs no agent. One
   * that fails is told of and no more: an agent may be there to repair just that.
   *
   * @param tests a command, or those of directories, see {@link Tests}: of these the usual one is tried
   * @return null where there is none to try
   * @throws CommandUnavailable when it cannot be run
   */
  static ExecResult tried(WorktreeEnv env, tests) {
    def command = Tests.usual(tests)
    if (!command) {
      return null
    }
    yield Status('testing before any change', command)
    def result = once(env, [command: command])
    if (!result.passed) {
      yield Status("the tests fail before any change: exit code ${result.exitCode}", command)
    }
    return result
  }

  /**
   * Runs a command in a worktree; as long as it fails, an agent gets its output and the command is run again. Of several
   * commands those are run that are due, and the first that fails is repaired.
   *
   * @param tests a command, or those of directories, see {@link Tests}
   * @param rounds how often the agent may repair
   * @param agents who does what, see {@link Roles}: the writer repairs
   * @return the result of the run that passed, of several the last; null when none was due
   * @throws CommandUnavailable when it cannot be run, which no agent is paid for
   * @throws ExecFailed when it still fails after the last repair
   */
  static ExecResult untilGreen(WorktreeEnv env, tests, int rounds, Map agents = [:]) {
    def writer = Roles.of(agents, 'writer')
    for (int round = 1; round <= rounds; round++) {
      yield Status("testing, round $round", Tests.told(tests))
      def (test, result) = firstFailed(env, tests)
      if (!result || result.passed) {
        return result
      }
      yield Status("repairing, round $round of $rounds", "exit code ${result.exitCode}")
      yield RunAgent(env: env, agent: writer, prompt: Prompts.fix(test.command, result, test.dir), name: "fix-$round")
    }
    yield Status('testing for the last time', Tests.told(tests))
    def last = null
    for (test in Tests.due(env, tests)) {
      last = passed(env, test) ?: last
    }
    return last
  }

  /** Returns the test that failed with its result, else the last one. */
  private static List firstFailed(WorktreeEnv env, tests) {
    def ran = [null, null]
    for (test in Tests.due(env, tests)) {
      def result = once(env, test)
      ran = result ? [test, result] : ran
      if (result && !result.passed) {
        return ran
      }
    }
    return ran
  }

  private static ExecResult once(WorktreeEnv env, Map test) {
    try {
      def result = yield Exec(command: test.command, env: env, dir: test.dir)
      return result.exitCode in CANNOT_RUN ? again(env, test) : result
    } catch (DirectoryNotFound e) {
      return none(e)
    }
  }

  /** The work may remove a directory with all that was tested there. */
  private static ExecResult none(DirectoryNotFound gone) {
    yield Status("nothing is tested in $gone.path, which is gone", gone.found)
    return null
  }

  /** Runs once more what could not be run, as an effect that fails: a run is resumed at a failure, not at a result. */
  private static ExecResult again(WorktreeEnv env, Map test) {
    try {
      return passed(env, test)
    } catch (ExecFailed e) {
      return new ExecResult(e.exitCode, e.output, e.logPath, false)
    }
  }

  private static ExecResult passed(WorktreeEnv env, Map test) {
    try {
      return yield Exec(command: test.command, env: env, dir: test.dir, check: true)
    } catch (DirectoryNotFound e) {
      return none(e)
    } catch (ExecFailed e) {
      throw e.exitCode in CANNOT_RUN ? new CommandUnavailable(test.command as String, e) : e
    }
  }
}
