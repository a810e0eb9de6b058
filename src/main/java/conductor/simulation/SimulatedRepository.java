package conductor.simulation;

import conductor.effect.FileFailure;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.state.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A repository with a remote, in memory: commits, branches and worktrees, whose files are texts. It
 * merges file by file: a file that both sides changed differently is a conflict.
 */
final class SimulatedRepository {

  private final Map<String, Commit> commits = new LinkedHashMap<>();
  private final Map<String, String> branches = new TreeMap<>();
  private final Map<String, String> remote = new TreeMap<>();
  private final Map<String, Tree> trees = new LinkedHashMap<>();

  /** A commit; its files are all that there are, by path. */
  record Commit(String id, List<String> parents, String message, SortedMap<String, String> files) {}

  /** A worktree with the files in it, and the commit that its branch is at. */
  static final class Tree {
    final WorktreeEnv env;
    String head;
    SortedMap<String, String> files;
    boolean deleted;

    private Tree(WorktreeEnv env, Commit at) {
      this.env = env;
      this.head = at.id();
      this.files = new TreeMap<>(at.files());
    }
  }

  /** What a merge gives; nothing is merged where there are conflicts. */
  record Merged(SortedMap<String, String> files, List<String> conflicts) {}

  /** Returns a repository with one commit on a branch, which the remote has too. */
  SimulatedRepository(String branch, Map<String, String> files) {
    Commit first = commit(List.of(), "Begin", new TreeMap<>(files));
    branches.put(branch, first.id());
    remote.put(branch, first.id());
  }

  Collection<Tree> trees() {
    return trees.values();
  }

  /** Returns the files of each branch: as the remote has it, where it has it. */
  Map<String, Map<String, String>> files() {
    var files = new TreeMap<String, Map<String, String>>();
    branches.forEach((branch, id) -> files.put(branch, at(id).files()));
    remote.forEach((branch, id) -> files.put(branch, at(id).files()));
    return files;
  }

  /** Finds a branch, one of the remote ({@code origin/x}), or a commit. */
  Optional<Commit> find(String name) {
    String ofRemote = name.startsWith("origin/") ? name.substring("origin/".length()) : name;
    return Optional.ofNullable(branches.getOrDefault(name, remote.get(ofRemote)))
        .or(() -> Optional.of(name))
        .map(commits::get);
  }

  Commit at(String id) {
    return Objects.requireNonNull(commits.get(id), id);
  }

  Optional<String> pushed(String branch) {
    return Optional.ofNullable(remote.get(branch));
  }

  boolean hasTree(String id) {
    return trees.containsKey(id);
  }

  /**
   * Makes a worktree with a branch of its own at a commit.
   *
   * @throws GitFailure.BranchTaken when the branch is there already
   */
  WorktreeEnv add(WorktreeEnv env, Commit at) {
    if (branches.containsKey(env.branch())) {
      throw new GitFailure.BranchTaken(env.branch(), "at " + branches.get(env.branch()));
    }
    branches.put(env.branch(), at.id());
    trees.put(env.id(), new Tree(env, at));
    return env;
  }

  /** Returns the tree of a worktree that is there. */
  Tree tree(WorktreeEnv env) {
    Tree tree = trees.get(env.id());
    if (tree == null || tree.deleted) {
      throw new GitFailure.GitError("git -C " + env.path(), "there is no worktree " + env.id());
    }
    return tree;
  }

  void change(WorktreeEnv env, Map<String, @Nullable String> changes) {
    Tree tree = tree(env);
    changes.forEach((path, text) -> {
      if (text == null) {
        tree.files.remove(path);
      } else {
        tree.files.put(path, text);
      }
    });
  }

  String read(WorktreeEnv env, String path) {
    String text = tree(env).files.get(path);
    if (text == null) {
      throw new FileFailure.FileNotFound(path, env.path());
    }
    return text;
  }

  boolean isDirty(Tree tree) {
    return !tree.files.equals(at(tree.head).files());
  }

  String commit(WorktreeEnv env, String message) {
    Tree tree = tree(env);
    if (!isDirty(tree)) {
      throw new GitFailure.NothingToCommit(env.path());
    }
    return move(tree, commit(List.of(tree.head), message, tree.files));
  }

  /** Has a worktree and its branch be at a commit. */
  String move(Tree tree, Commit to) {
    tree.head = to.id();
    tree.files = new TreeMap<>(to.files());
    branches.put(tree.env.branch(), to.id());
    return to.id();
  }

  Commit commit(List<String> parents, String message, SortedMap<String, String> files) {
    String all = parents + "\n" + message + "\n" + files;
    String id = Digest.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 40);
    var commit = new Commit(id, parents, message, new TreeMap<>(files));
    commits.put(id, commit);
    return commit;
  }

  /** Returns the number of commits that one commit has and another one has not. */
  int beyond(String base, String head) {
    Set<String> more = ancestors(head);
    more.removeAll(ancestors(base));
    return more.size();
  }

  private Set<String> ancestors(String id) {
    var seen = new LinkedHashSet<String>();
    var next = new ArrayDeque<>(List.of(id));
    while (!next.isEmpty()) {
      String one = next.poll();
      if (seen.add(one)) {
        next.addAll(at(one).parents());
      }
    }
    return seen;
  }

  /**
   * Gives a branch of the remote a commit.
   *
   * @throws GitFailure.PushRejected when commits would be lost there and force is not asked for
   */
  String push(Tree tree, String branch, boolean force) {
    String there = remote.get(branch);
    if (there != null && !force && !ancestors(tree.head).contains(there)) {
      throw new GitFailure.PushRejected(branch, "origin", "non-fast-forward");
    }
    remote.put(branch, tree.head);
    return "refs/heads/" + branch;
  }

  /** Has a branch of the remote be at a commit, as a forge does that merges. */
  void land(String branch, Commit commit) {
    remote.put(branch, commit.id());
  }

  void deleteRemote(String branch) {
    remote.remove(branch);
  }

  /** Deletes a worktree whose work is in another branch, or whatever is in it with force. */
  boolean delete(WorktreeEnv env, boolean force) {
    Tree tree = tree(env);
    boolean elsewhere =
        tree.head.equals(env.baseCommit())
            || remote.values().stream().anyMatch(id -> ancestors(id).contains(tree.head));
    if (!force && (isDirty(tree) || !elsewhere)) {
      throw new GitFailure.UnmergedWork(
          env.id(), isDirty(tree) ? "it has uncommitted changes" : "its commits are nowhere else");
    }
    tree.deleted = true;
    branches.remove(env.branch());
    return true;
  }

  /** Merges two commits, relative to the last one that both have. */
  Merged merge(String ours, String theirs) {
    Set<String> common = ancestors(theirs);
    String base = ancestors(ours).stream().filter(common::contains).findFirst().orElse(theirs);
    SortedMap<String, String> from = at(base).files();
    SortedMap<String, String> mine = at(ours).files();
    SortedMap<String, String> other = at(theirs).files();
    var merged = new TreeMap<>(mine);
    var conflicts = new ArrayList<String>();
    for (String path : changed(from, other)) {
      boolean untouched = Objects.equals(mine.get(path), from.get(path));
      if (!untouched && !Objects.equals(mine.get(path), other.get(path))) {
        conflicts.add(path);
      } else if (other.containsKey(path)) {
        merged.put(path, other.get(path));
      } else {
        merged.remove(path);
      }
    }
    return new Merged(merged, conflicts);
  }

  /** Returns the paths that differ. */
  static List<String> changed(Map<String, String> before, Map<String, String> after) {
    var paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    paths.removeIf(path -> Objects.equals(before.get(path), after.get(path)));
    return List.copyOf(paths);
  }

  /** Returns the failure of a base that is not there. */
  static GitFailure unknown(String base, Path repo) {
    return new GitFailure.UnknownBase(base, repo);
  }
}
