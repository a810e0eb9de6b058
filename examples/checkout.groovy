/** Has an agent work on your own checkout, beside what you have not committed, and tells what changed. */
def env = yield Checkout()
def before = (yield Diff(env: env, names: true)).readLines()
yield RunAgent(env: env, prompt: 'Why does the last test fail? Mend it.', name: 'mender')
yield Exec(command: 'test -s mender.txt', env: env, check: true)
def changed = (yield Diff(env: env, names: true)).readLines() - before
// conductor itself commits nothing here: what an agent did is yours to look at
def refused = yield Try { yield Commit(env: env, message: 'Mend the test') }
return [env.branch, changed.join(', '), refused.failure.class.simpleName].join('\n')
