/** A handler that performs each command once and answers the next time from the run's state. */
def cached = { effect, perform ->
  def key = 'cache: ' + effect.command.text()
  def known = yield Get(key)
  if (known == null) {
    known = perform(effect)
    yield Put(key, known)
  }
  return known
}

def count = "wc -l < calls.txt"
def env = yield CreateWorktree(name: 'cache')
handling(Exec: cached) {
  3.times { yield Exec(command: 'echo called >> calls.txt', env: env) }
}
return 'called ' + (yield Exec(command: count, env: env)).output.trim() + ' time(s)'
