package conductor.web;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.error.UserError;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the branches of worktrees hold. The refs of a repository are read once for all its
 * worktrees, inside this process where that can be, and commits are counted again only when a
 * branch has moved. For use by one thread.
 */
final class BranchStates {

  private static final String HEADS = "refs/heads/";

  private final Git git;
  private Map<Branch, List<String>> known = Map.of();
  private final Map<Branch, List<String>> now = new HashMap<>();
  private final Map<Path, Map<String, String>> refs = new HashMap<>();

  /** Creates the states, given git in some directory, which reads inside this process. */
  BranchStates(Git git) {
    this.git = git;
  }

  /** A branch, and what decides what is said of it. */
  private record Branch(Path repository, String base, String tip, String target, String onto) {}

  /** Begins to look anew; what was counted before is kept where it is asked for again. */
  void look() {
    known = Map.copyOf(now);
    now.clear();
    refs.clear();
  }

  /** Returns in words what a worktree's branch holds. */
  List<String> of(WorktreeEnv env) throws InterruptedException {
    if (!Files.isDirectory(env.repo())) {
      return List.of("its repository is gone or was moved");
    }
    try {
      Map<String, String> heads = refs.get(env.repo());
      if (heads == null) {
        heads = git.at(env.repo()).reader().refs(HEADS);
        refs.put(env.repo(), heads);
      }
      String tip = heads.get(HEADS + env.branch());
      if (tip == null) {
        return List.of("its branch is gone");
      }
      String target = Objects.requireNonNullElse(env.baseBranch(), "");
      var branch =
          new Branch(
              env.repo(), env.baseCommit(), tip, target, heads.getOrDefault(HEADS + target, ""));
      List<String> words = known.containsKey(branch) ? known.get(branch) : counted(branch);
      now.put(branch, Objects.requireNonNull(words));
      return words;
    } catch (GitFailure | UserError e) {
      return List.of("git cannot read it: " + e.getMessage());
    }
  }

  private List<String> counted(Branch branch) throws InterruptedException {
    RepositoryReader reader = git.at(branch.repository()).reader();
    int ahead = reader.beyond(branch.base(), branch.tip());
    var words = new ArrayList<>(List.of(ahead + (ahead == 1 ? " commit" : " commits")));
    if (ahead > 0 && !branch.onto().isEmpty() && reader.isAncestor(branch.tip(), branch.onto())) {
      words.add("merged into " + branch.target());
    }
    return words;
  }
}
