/** Works on a worktree without an agent: files, a diff, a commit. */
def env = yield CreateWorktree(name: 'notes')
yield WriteFile(env: env, path: 'notes/today.md', content: '# Today\n')
def diff = yield Diff(env: env, stat: true)
yield Commit(env: env, message: 'Add notes')
def text = yield ReadFile(env: env, path: 'notes/today.md')
def log = yield Exec(command: 'git log -1 --format=%s', env: env)
yield DeleteWorktree(env: env, force: true)
return [text.trim(), diff.readLines().last().trim(), log.output.trim()].join('\n')
