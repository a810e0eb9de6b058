package conductor.effect;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects on worktrees, the isolated environments that agents work in. */
public sealed interface WorktreeEffect<R extends @Nullable Object> extends Effect<R> {

  /** Makes a worktree on a branch of its own. */
  @About(
      value =
          "Creates a git worktree on a new branch. It stays until DeleteWorktree or 'conductor env cleanup'.",
      example = "def env = yield CreateWorktree(issue: issue)")
  record CreateWorktree(
      @About("the issue it is for; names the branch") @InJava(positional = true)
          @Nullable Issue issue,
      @About(
              "what to start from: a branch of any remote, a tag or a commit; `base` for short; default: the remote's default branch, fetched first, else the current branch")
          @Spelt(value = "base_branch", also = "base")
          @Nullable String baseBranch,
      @About("tells worktrees of one issue apart; part of the branch name") @Nullable String suffix,
      @About("names the branch when there is no issue; default: the workflow's name")
          @Nullable String name,
      @About("a directory of the repository; default: where the run was started")
          @Nullable Path repo,
      @About("the whole name of the new branch; default: prefix, name and run")
          @Nullable String branch,
      @About(
              "the directories to check out, with the files directly in those above them; default: all, or what a sparse checkout that it is made from has")
          @Nullable List<String> sparse)
      implements WorktreeEffect<WorktreeEnv> {
    public CreateWorktree {
      sparse = sparse == null ? null : directories(sparse);
    }

    /** Returns names without dots and doubled slashes, each once. */
    private static List<String> directories(List<String> given) {
      if (given.isEmpty()) {
        throw new IllegalArgumentException(
            "sparse names no directory; leave it out to check out all");
      }
      return given.stream().map(CreateWorktree::directory).distinct().toList();
    }

    private static String directory(String given) {
      Path path = Path.of(given).normalize();
      if (path.isAbsolute()
          || path.startsWith("..")
          || path.toString().isBlank()
          || given.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "sparse takes directories below the top of the repository, such as 'services/api', found '%s'"
                .formatted(given));
      }
      return path.toString();
    }

    public CreateWorktree withIssue(Issue issue) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withBaseBranch(String baseBranch) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withSuffix(String suffix) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withName(String name) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withRepo(Path repo) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withBranch(String branch) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }

    public CreateWorktree withSparse(List<String> sparse) {
      return new CreateWorktree(issue, baseBranch, suffix, name, repo, branch, sparse);
    }
  }

  /** Names the user's own checkout as a place for agents and commands. */
  @About(
      value =
          "Replies with your own checkout as an env: the one that the run was started in, or, outside of git, that directory. Agents,"
              + " commands and files work there, on what you have; conductor itself commits, pushes, merges and deletes nothing in"
              + " it.",
      example = "def env = yield Checkout()")
  record Checkout() implements WorktreeEffect<WorktreeEnv> {}

  /** Merges the work of several worktrees into a new one. */
  @About(
      value =
          "Merges the branches of several worktrees into a new worktree. A conflict is MergeConflict, and nothing is left half merged.",
      example = "def merged = yield MergeBranches([impl, tests])")
  @OfAgents
  record MergeBranches(
      @About("the worktrees, merged in this order; uncommitted work is committed first")
          @Place(kept = true)
          List<WorktreeEnv> envs,
      @About("merge (default), squash or rebase") @Nullable MergeStrategy strategy,
      @About("names the new branch; default: merged") @Nullable String name,
      @About("fail (default), or agent: an agent resolves conflicts in the merged worktree")
          @Nullable OnConflict onConflict,
      @About("the whole name of the new branch; default: prefix, name and run")
          @Nullable String branch,
      @About("who resolves conflicts, as RunAgent's agent; default: the default agent")
          @Nullable AgentChoice agent)
      implements WorktreeEffect<WorktreeEnv> {
    public MergeBranches {
      envs = List.copyOf(envs);
    }

    public MergeBranches withStrategy(MergeStrategy strategy) {
      return new MergeBranches(envs, strategy, name, onConflict, branch, agent);
    }

    public MergeBranches withName(String name) {
      return new MergeBranches(envs, strategy, name, onConflict, branch, agent);
    }

    public MergeBranches withOnConflict(OnConflict onConflict) {
      return new MergeBranches(envs, strategy, name, onConflict, branch, agent);
    }

    public MergeBranches withBranch(String branch) {
      return new MergeBranches(envs, strategy, name, onConflict, branch, agent);
    }

    public MergeBranches withAgent(AgentChoice agent) {
      return new MergeBranches(envs, strategy, name, onConflict, branch, agent);
    }

    public MergeBranches withAgent(String agent) {
      return withAgent(AgentChoice.named(agent));
    }
  }

  /** Removes a worktree and its branch. */
  @About(
      value =
          "Deletes a worktree and its branch. Uncommitted or unmerged work is refused unless forced; its commits stay reachable under"
              + " refs/conductor/trash/.",
      example = "yield DeleteWorktree(env)")
  record DeleteWorktree(
      @About("the worktree") @Place(kept = false) WorktreeEnv env,
      @About("delete even with uncommitted or unmerged work; default: false")
          @Nullable Boolean force)
      implements WorktreeEffect<Boolean> {
    public DeleteWorktree withForce(Boolean force) {
      return new DeleteWorktree(env, force);
    }
  }

  /** The behavior of a merge whose branches conflict. */
  enum OnConflict {
    FAIL,
    AGENT
  }
}
