def envs = yield Gather([CreateWorktree(name: 'a'), CreateWorktree(name: 'b')])
for (env in envs) {
  yield WriteFile(env, 'x', env.branch)
  yield Commit(env, 'Write x')
}
try {
  return yield MergeBranches(envs)
} catch (MergeConflict conflict) {
  return [conflict.class.simpleName, conflict.message]
}
