package conductor.flow

/** A command that could not be run at all: it, or what it calls, is missing or no program. No agent is paid to mend that. */
class CommandUnavailable extends RuntimeException {

  /** what was to be run */
  final String command

  /** 126 for what is no program, 127 for what is not found */
  final int exitCode

  CommandUnavailable(String command, ExecFailed failed) {
    super(told(command, failed), failed)
    this.command = command
    this.exitCode = failed.exitCode
  }

  private static String told(String command, ExecFailed failed) {
    def end = failed.output.readLines().takeRight(5).join('\n')
    "'$command' cannot be run: exit code ${failed.exitCode}; install it, or prepare worktrees with worktree.setup" +
        (end.isBlank() ? '' : ":\n$end")
  }
}
