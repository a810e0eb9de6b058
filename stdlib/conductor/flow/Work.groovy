package conductor.flow

/** Work that an agent says is done. */
class Work {

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
