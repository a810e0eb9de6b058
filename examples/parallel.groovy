/** Runs commands side by side; the replies come back by name. */
def found = yield Gather(
    files: Exec(command: 'git ls-files | wc -l'),
    commits: Exec(command: 'git rev-list --count HEAD'),
    branch: { -> (yield Exec(command: 'git branch --show-current')).output.trim() },
)
return "${found.files.output.trim()} file(s), ${found.commits.output.trim()} commit(s) on ${found.branch}"
