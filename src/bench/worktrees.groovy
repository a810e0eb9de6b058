/** Makes worktrees, one after the other or all at once. */
@Param('how many') int count = 6
@Param('whether all at once') boolean together = false

if (together) {
  return (yield Gather((1..count).collect { CreateWorktree(name: 'bench-' + it) })).size()
}
def made = []
for (int n = 0; n < count; n++) {
  made << (yield CreateWorktree(name: 'bench')).path
}
return made.size()
