def env = yield CreateWorktree(name: 'files')
yield WriteFile(env, 'notes/\u00e4 b.md', 'line\n' * 3)
def read = yield ReadFile(env, 'notes/\u00e4 b.md')
def gone = yield Try(ReadFile(env, 'none'))
return [read, gone.failure().class.simpleName]
