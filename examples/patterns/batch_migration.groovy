/** hundreds of files -> an agent each, some at a time -> one pull request; a file that fails stays as it was */
import conductor.flow.Window

@Param('which files, as git names them') String files
@Param('what is to be done with each') String instruction
@Param('a command that must pass for each; gets the file as $1') String check = 'true'
@Param('how many at once') int width = 4

def paths = (yield Exec(command: ['git', 'ls-files', '-z', files], check: true)).output.split('\0').findAll()

// As many worktrees as agents at once: each works on one file after the other.
def free = new ArrayDeque(yield Gather((1..width).collect { CreateWorktree(name: 'migration', suffix: it as String) }))
def envs = free.toList()
def failed = [:]
Window.map(paths, width) { path ->
  def env = free.poll()
  def done = yield Try {
    yield RunAgent(env: env, name: "file-${paths.indexOf(path) + 1}", prompt: "$instruction\n\nChange this file only: $path\n")
    yield Exec(command: ['sh', '-c', check, 'check', path], env: env, check: true)
  }
  if (!done.ok()) {
    failed[path] = done.failure.message
    yield Exec(command: ['git', 'checkout', '--quiet', 'HEAD', '--', path], env: env, check: true, on_crash: 'rerun')
  }
  free << env
}
if (failed.size() == paths.size()) {
  return [migrated: 0, failed: failed]
}
def merged = yield MergeBranches(envs, strategy: 'squash', name: 'migration')
def pr = yield CreatePR(env: merged, title: "Migrate $files", body: "$instruction\n\n${paths.size() - failed.size()} of ${paths.size()} files.")
return [migrated: paths.size() - failed.size(), failed: failed, pr: pr.url]
