package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Moves commits to the worktree's branch that an agent made in the worktree, but on a branch of its
 * own, on none, or after it renamed the branch. They are moved only if nobody else can have made
 * them: they descend from the branch, are on no branch or on one that is newer than the worktree,
 * and are on no other.
 */
final class StrayCommits {

  private StrayCommits() {}

  /** Moves the branch, and HEAD, to what is checked out; refuses what others may have made. */
  static void take(Git git, WorktreeState state, Set<String> before, Consumer<String> say)
      throws InterruptedException {
    WorktreeEnv env = state.env();
    String ours = "refs/heads/" + env.branch();
    Optional<String> tip = git.reader().commit(ours);
    String start = tip.orElse(env.baseCommit());
    String place =
        state.branch().map(name -> "the branch '" + name + "'").orElse("no branch, it is detached");
    if (!git.reader().isAncestor(start, state.head())
        || !(state.branch().isEmpty() || isNew(git, state.branch().get(), before))
        || !isOnlyHere(git, start, state)) {
      throw new GitFailure.WorktreeNotReady(
          env.id(),
          List.of(
              "%s is checked out instead of '%s'%s"
                  .formatted(place, env.branch(), tip.isEmpty() ? ", which is gone" : "")),
          "move what belongs to this work to '%s' and check it out".formatted(env.branch()));
    }
    String why = "conductor: take what was committed beside the branch";
    git.must("update-ref", "-m", why, ours, state.head(), tip.orElse(""));
    git.must("symbolic-ref", "HEAD", ours);
    say.accept("what was committed is on %s: '%s' is moved there".formatted(place, env.branch()));
  }

  /** Returns whether a branch existed neither before the worktree nor at a remote. */
  private static boolean isNew(Git git, String branch, Set<String> before)
      throws InterruptedException {
    return !before.contains(branch)
        && git.reader().refs("refs/remotes/").keySet().stream()
            .noneMatch(ref -> ref.matches("refs/remotes/[^/]+/" + Pattern.quote(branch)));
  }

  /** Returns whether no other branch or tag, here or at a remote, contains one of the commits. */
  private static boolean isOnlyHere(Git git, String start, WorktreeState state)
      throws InterruptedException {
    String range = start + ".." + state.head();
    var without = new ArrayList<String>(List.of(range, "--not"));
    state.branch().ifPresent(name -> without.add("--exclude=" + name));
    without.addAll(List.of("--branches", "--remotes", "--tags"));
    return git.count(range) == git.count(without.toArray(String[]::new));
  }
}
