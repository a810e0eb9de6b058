package conductor.flow

/** Prompts that several workflows share. */
class Prompts {

  /** To work on an issue. */
  static String implement(issue) {
    """\
Implement this issue in the current directory, which is a git worktree of your own.

# ${issue.title}

${issue.body}

Keep to the style of the code around it. Do not push, and do not open a pull request: that is done for you.
"""
  }

  /** To write the tests of an issue that somebody else implements at the same time. */
  static String tests(issue) {
    """\
Write tests for this issue in the current directory, which is a git worktree of your own. Somebody else implements it
at the same time, in another worktree: change tests only.

# ${issue.title}

${issue.body}
"""
  }

  /** To look over the work of several agents after it was merged. */
  static String integrate(issue) {
    """\
Several agents worked on this issue, and their branches were merged in the current directory. Look the result over as
a whole and repair what does not fit together.

# ${issue.title}

${issue.body}
"""
  }

  /** To repair what a command found. */
  static String fix(command, ExecResult result, String dir = null) {
    """\
`$command` fails in ${dir ? "the directory $dir" : 'the current directory'} with exit code ${result.exitCode}. Repair the cause; do not weaken the tests.

The end of its output:

${result.output}
"""
  }

  /** To review a change. */
  static String review(issue, String diff) {
    """\
Review this change for the issue below; the current directory holds it. Change nothing. Approve it only when it does
what the issue asks, and is correct and tested; else list what must change, one objection each.

# ${issue.title}

${issue.body}

# The change

$diff
"""
  }

  /** To choose the best of several changes, which are numbered from 1. */
  static String choose(issue, List<String> diffs) {
    """\
Several attempts were made at the issue below; the tests pass on all of them. Compare them and choose the best: it does
what the issue asks, is correct and simple, and keeps to the style of the code around it. Change nothing.

# ${issue.title}

${issue.body}

${diffs.withIndex(1).collect { diff, n -> "# Attempt $n\n\n$diff" }.join('\n\n')}
"""
  }

  /** To decide on a change of which as many reviewers approve as object. */
  static String decide(issue, String diff, List<String> objections) {
    """\
Reviewers of this change for the issue below are divided: as many approve as object. The current directory holds the
change. Decide. Change nothing. Approve it only when no objection keeps it from doing what the issue asks, correctly and
tested; else list what must change, one objection each.

# ${issue.title}

${issue.body}

# Their objections

${objections.collect { "- $it" }.join('\n')}

# The change

$diff
"""
  }

  /** To deal with a review's objections. */
  static String revise(issue, List<String> objections) {
    """\
A review of your work on '${issue.title}' asks for these changes. Make them.

${objections.collect { '- ' + it }.join('\n')}
"""
  }

  /** To repair what the checks of a pull request found. */
  static String checks(Checks checks) {
    """\
Checks of your pull request '${checks.pr.title}' failed. Repair the cause in the current directory; do not weaken the
tests. Do not push: that is done for you.

${checks.failed.collect { "# $it.name: $it.conclusion\n\n$it.log" }.join('\n\n')}
"""
  }

  /** To deal with comments on a pull request, each of which wants an answer. */
  static String comments(PRReview review) {
    """\
Your pull request '${review.pr.title}' was reviewed. Deal with each comment in the current directory, then answer each by
its id: what you did, or why you did nothing. Do not push: that is done for you.

${review.comments.collect { "# $it.id by $it.author${it.file ? ", $it.file${it.line ? ":$it.line" : ''}" : ''}\n\n$it.body" }.join('\n\n')}
"""
  }

  /** The text of a pull request: the issue, and facts that were observed. */
  static String description(issue, List<?> facts = []) {
    def body = issue.body?.trim() ?: issue.title
    facts ? body + '\n\n' + facts.collect { '- ' + it }.join('\n') : body
  }
}
