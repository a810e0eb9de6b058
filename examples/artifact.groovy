/** Keeps a report that an agent or a command made, after its worktree is gone. */
def env = yield CreateWorktree(name: 'report')
yield Exec(command: 'git log --format=%s > report.txt', env: env, check: true)
def kept = yield SaveArtifact(env: env, path: 'report.txt', name: 'reports/log.txt')
yield DeleteWorktree(env: env, force: true)
return (yield Exec(command: ['cat', kept.toString()])).output
