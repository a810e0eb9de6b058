package conductor.handlers.git;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the objects and refs of a repository, and nothing else: no index, no worktree, no hooks, no
 * attributes. Each answer is of the moment at which it is asked for, whoever writes meanwhile.
 *
 * <p>A commit is given as whatever git takes for one: its id, {@code HEAD}, a full ref, with {@code
 * ^} for a parent.
 */
public interface RepositoryReader {

  /** The order in which commits are told, oldest first. */
  enum Order {
    /** By date, but none before its parents, as git tells them. */
    DATE,
    /** Those of one line of work together. */
    TOPOLOGICAL
  }

  /** Returns the id of a commit; empty when there is none. */
  Optional<String> commit(String name) throws InterruptedException;

  /**
   * Returns the id of a commit.
   *
   * @throws conductor.effect.GitFailure.GitError when there is none
   */
  String existing(String commit) throws InterruptedException;

  /**
   * Returns the id of a commit's tree.
   *
   * @throws conductor.effect.GitFailure.GitError when there is no such commit
   */
  String tree(String commit) throws InterruptedException;

  /** Returns whether there is a ref. */
  boolean hasRef(String ref) throws InterruptedException;

  /**
   * Returns the refs below a name, with the ids of what they point to.
   *
   * @param below ends with a slash
   */
  Map<String, String> refs(String below) throws InterruptedException;

  /** Returns the full name of the ref that a symbolic one means; empty when it is none. */
  Optional<String> target(String symbolic) throws InterruptedException;

  /** Returns whether a commit is contained in another. */
  boolean isAncestor(String commit, String of) throws InterruptedException;

  /**
   * Returns the commit at which two parted.
   *
   * @throws conductor.effect.GitFailure.GitError when they have none in common
   */
  String mergeBase(String one, String other) throws InterruptedException;

  /** Returns how many commits one holds that another does not. */
  int beyond(String base, String head) throws InterruptedException;

  /** Returns whether there are merges among the commits that one holds and another does not. */
  boolean hasMerges(String base, String head) throws InterruptedException;

  /** Returns the commits, but for merges, that one holds and another does not. */
  List<String> commits(String base, String head, Order order) throws InterruptedException;

  /** Returns what a commit says. */
  CommitText text(String commit) throws InterruptedException;

  /** Returns the content of a blob as text; empty when there is no such blob. */
  Optional<String> blob(String id) throws InterruptedException;

  /**
   * Returns the gitlinks that differ between two commits.
   *
   * @return paths with the ids that the second commit has there
   */
  Map<String, String> changedLinks(String from, String to) throws InterruptedException;
}
