/** A script's own effect: a linter, with typed arguments, a reply, documentation and a handler. */
@Effect(value = 'Replies with the lines that are too long.', example = 'def lines = yield Lint(env: env, width: 80)')
List<String> Lint(
    @Param('the worktree to look at') WorktreeEnv env,
    @Param('which files, as git names them') String files = '*.md',
    @Param('the longest that a line may be') int width = 40) {
  def found = yield Exec(command: "git grep -nE '^.{${width + 1},}' -- '$files'", env: env)
  return found.output.readLines()
}

def env = yield CreateWorktree(name: 'lint')
yield WriteFile(env: env, path: 'long.md', content: 'short\n' + 'very ' * 10 + 'long\n')
yield Commit(env: env, message: 'Add a long line')

def before = yield Lint(env: env)
yield WriteFile(env: env, path: 'long.md', content: 'short\n')
def after = yield Lint(env)
return "${before.size()} line(s) too long, then ${after.size()}: ${before*.take(20)}"
