def made = yield CreateIssue(title: 'A title', body: 'Some text', labels: ['one', 'two'])
def read = yield GetIssue(made.id)
yield ResolveIssue(issue: made, result: 'done')
def all = yield ListIssues()
def missing = yield Try(GetIssue('ISSUE-999'))
return [read.title, all*.id, missing.failure().class.simpleName]
