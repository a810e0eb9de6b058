package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pull requests. */
public sealed interface ForgeEffect<R extends @Nullable Object> extends Effect<R> {

  /** Proposes a worktree's branch. */
  @About(
      value =
          "Commits what is uncommitted, pushes what the remote lacks, and opens a pull request. No difference from the target is"
              + " NothingToPropose.",
      example = "def pr = yield CreatePR(env: env, title: issue.title)")
  record CreatePR(
      @About("the worktree") WorktreeEnv env,
      @About("the title; also the message of a commit it has to make") String title,
      @About("the text, in markdown") @Nullable String body,
      @About("the branch it is proposed for; default: the one the worktree came from")
          @Nullable String target,
      @About("open it as a draft; default: false") @Nullable Boolean draft,
      @About("labels to put on it") @Nullable List<String> labels)
      implements ForgeEffect<PRHandle> {}

  /** Merges a pull request. */
  @About(
      value = "Merges a pull request and replies with it as it then is.",
      example = "yield MergePR(pr, strategy: 'squash')")
  record MergePR(
      @About("the pull request") PRHandle pr,
      @About("merge (default), squash or rebase") @Nullable MergeStrategy strategy,
      @About("delete the branch after the merge; default: false") @Nullable Boolean deleteBranch)
      implements ForgeEffect<PRHandle> {}
}
