def env = yield CreateWorktree(name: 'pr')
yield WriteFile(env, 'a.txt', 'a')
def pr = yield CreatePR(env: env, title: 'Add a', body: 'Because')
yield CommentPR(pr, 'Looks good')
def seen = yield GetPR(pr)
def open = yield ListPRs()
yield MergePR(pr)
return [seen.title, open.size()]
