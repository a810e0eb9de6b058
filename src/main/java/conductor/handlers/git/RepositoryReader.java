package conductor.handlers.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the objects and refs of a repository, and nothing else: no index, no worktree, no hooks, no
 * attributes. Each answer describes the repository at the time of the call, even if others write to
 * it.
 *
 * <p>A commit may be given as any name that git accepts: its id, {@code HEAD}, a full ref, with
 * {@code ^} for a parent.
 */
public interface RepositoryReader {

  /** The order of a list of commits, oldest first. */
  enum Order {
    /** Commits by date, but none before its parents: git's default. */
    DATE,
    /** Commits of one line of history together: git's {@code --topo-order}. */
    TOPOLOGICAL
  }

  /** Returns the full id of a commit; empty when there is no such commit. */
  Optional<String> commit(String name) throws InterruptedException;

  /**
   * Returns the full id of a commit that must exist.
   *
   * @throws conductor.effect.GitFailure.GitError when there is no such commit
   */
  String existing(String commit) throws InterruptedException;

  /**
   * Returns the id of a commit's tree.
   *
   * @throws conductor.effect.GitFailure.GitError when there is no such commit
   */
  String tree(String commit) throws InterruptedException;

  /** Returns whether a ref exists. */
  boolean hasRef(String ref) throws InterruptedException;

  /** Returns the ids of the refs below a prefix that ends with a slash, sorted by full name. */
  Map<String, String> refs(String below) throws InterruptedException;

  /** Returns the full name of the ref that a ref points to; empty when it is not symbolic. */
  Optional<String> target(String symbolic) throws InterruptedException;

  /** Returns whether a commit is an ancestor of another, or the same commit. */
  boolean isAncestor(String commit, String of) throws InterruptedException;

  /**
   * Returns the best common ancestor of two commits.
   *
   * @throws conductor.effect.GitFailure.GitError when they have no commit in common
   */
  String mergeBase(String one, String other) throws InterruptedException;

  /** Returns how many commits {@code head} contains that {@code base} does not. */
  int beyond(String base, String head) throws InterruptedException;

  /** Returns whether one of the commits that {@link #beyond} counts is a merge. */
  boolean hasMerges(String base, String head) throws InterruptedException;

  /** Returns the ids of the commits that {@link #beyond} counts, except merges. */
  List<String> commits(String base, String head, Order order) throws InterruptedException;

  CommitText text(String commit) throws InterruptedException;

  /** Returns the content of a blob as text; empty when there is no such blob. */
  Optional<String> blob(String id) throws InterruptedException;

  /** Returns the gitlinks of the second commit that differ from the first: their ids by path. */
  Map<String, String> changedLinks(String from, String to) throws InterruptedException;

  /**
   * Returns what differs between the trees of two commits, with renames. Which of equal lines count
   * as changed may depend on the reader.
   *
   * @throws conductor.effect.GitFailure.GitError when one of them does not exist
   */
  Diff difference(String from, String to) throws InterruptedException;
}
