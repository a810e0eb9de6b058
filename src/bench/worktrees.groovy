/** Makes worktrees, one after the other. */
@Param('how many') int count = 6

def made = []
for (int n = 0; n < count; n++) {
  made << (yield CreateWorktree(name: 'bench')).path
}
return made.size()
