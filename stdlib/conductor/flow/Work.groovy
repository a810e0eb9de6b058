package conductor.flow

/** Work that an agent says is done. */
class Work {

  /** What a pull request can show of the work. */
  static final List<String> EVIDENCE = ['facts', 'report']

  /**
   * Refuses what no pull request can show, before an agent is paid.
   *
   * @param evidence one of {@link #EVIDENCE}
   */
  static void canShow(String evidence) {
    if (!(evidence in EVIDENCE)) {
      throw new IllegalArgumentException("evidence must be ${EVIDENCE.join(' or ')}, found '$evidence'")
    }
  }

  /**
   * Comments what the run did until now on a pull request that it opened, where its report is asked for. A comment
   * leaves the text of the pull request to people.
   */
  static void show(PRHandle pr, String evidence) {
    if (evidence == 'report') {
      yield CommentPR(pr, yield(Report()))
    }
  }

  /** Commits what is left uncommitted in a worktree, if anything is. */
  static void commit(WorktreeEnv env, String message) {
    def seen = yield Verify(env)
    if (!seen.clean) {
      yield Commit(env: env, message: message)
    }
  }

  /**
   * Commits what an agent left, and makes sure that there is something to show for its work.
   *
   * @return what the host observed, a line each
   * @throws NotVerified when there is no commit that the base has not
   */
  static List<String> done(WorktreeEnv env, String message) {
    commit(env, message)
    def evidence = yield Verify(env: env, clean: true, ahead: true)
    return evidence.facts
  }
}
