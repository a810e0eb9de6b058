package conductor.handlers.forge.local;

import conductor.effect.ForgeFailure;
import conductor.effect.MergeStrategy;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import conductor.handlers.git.Git;
import conductor.handlers.git.MergedTree;
import conductor.handlers.git.Message;
import conductor.handlers.git.OwnRefs;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.handlers.git.RepositoryReader.Order;
import conductor.handlers.worktree.CommitCopies;
import conductor.handlers.worktree.Commits;
import conductor.handlers.worktree.Work;
import conductor.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Merges the branch of a pull request into its target as a forge does: at the remote, without
 * touching a checkout. Where the target is not at a remote, the local target branch is moved; if
 * that is checked out, its checkout must be able to follow.
 */
final class LocalMerge {

  private final Repository repository;
  private final Git git;
  private final PullRequest pr;
  private final Key key;
  private final Consumer<String> say;

  LocalMerge(Repository repository, PullRequest pr, Key key, Consumer<String> say) {
    this.repository = repository;
    this.git = repository.git();
    this.pr = pr;
    this.key = key;
    this.say = say;
  }

  /** The target branch: its remote, empty for a local branch, and its commit. */
  record Target(Optional<String> remote, String commit) {}

  PullRequest.Merged run(Forge.Merging how) throws InterruptedException {
    Target target = target();
    String head = new ProposedHead(repository, pr, say).now();
    Optional<String> done = Commits.find(git, key, "-n 200 " + target.commit());
    if (done.isEmpty()) {
      how.mustHaveSeen(pr.url(), head);
    }
    String commit = done.isPresent() ? done.get() : merged(how.strategy(), target.commit(), head);
    if (target.remote().isPresent()) {
      push(target.remote().get(), pr.target(), target.commit(), commit);
    } else {
      advance(pr.target(), commit);
    }
    OwnRefs.write(git, Map.of(Work.MERGED + pr.branch(), head));
    return new PullRequest.Merged(head, commit, done.isPresent() ? null : target.commit());
  }

  /** Returns the present state of the target, which must exist, and still exist at the remote. */
  Target target() throws InterruptedException {
    Optional<String> remote = repository.remote();
    String local = "refs/heads/" + pr.target();
    if (remote.isPresent()) {
      Optional<String> there = new Remote(git, remote.get()).commit(pr.target());
      if (there.isPresent()) {
        return new Target(remote, ProposedHead.fetched(git, remote.get(), pr.target()));
      }
      if (git.reader().commit(Remote.tracking(remote.get(), pr.target())).isPresent()
          || git.reader().commit(local).isEmpty()) {
        throw refused(
            "its target branch '%s' is gone from %s".formatted(pr.target(), remote.get()));
      }
    }
    return new Target(
        Optional.empty(),
        git.reader()
            .commit(local)
            .orElseThrow(() -> refused("its target branch '" + pr.target() + "' does not exist")));
  }

  private String merged(MergeStrategy strategy, String target, String head)
      throws InterruptedException {
    return switch (strategy) {
      case MERGE ->
          commit(
              git,
              tree(target, head),
              Message.with("Merge " + pr.branch() + number(), List.of(Commits.trailer(key))),
              target,
              head);
      case SQUASH -> {
        var trailers = new ArrayList<String>();
        String base = git.reader().mergeBase(target, head);
        String text = CommitCopies.squashed(git, pr.title() + number(), base, head, trailers);
        trailers.add(Commits.trailer(key));
        yield commit(
            CommitCopies.by(git, head), tree(target, head), Message.with(text, trailers), target);
      }
      case REBASE -> rebased(target, head);
    };
  }

  private String number() {
    return " (#" + pr.number() + ")";
  }

  /**
   * A branch that has all of its target.
   *
   * @param from the commit that it was at before
   * @param commit the commit that has all of both
   */
  record Update(String from, String commit) {}

  /**
   * Merges the target into the branch, unless the branch has all of it or it was done before.
   *
   * @param seen the commits that may be updated; empty for any
   */
  Update update(Set<String> seen) throws InterruptedException {
    Target target = target();
    String head = new ProposedHead(repository, pr, say).now();
    Optional<String> done = Commits.find(git, key, "-n 200 " + head);
    if (done.isPresent()) {
      follow(done.get());
      return new Update(git.reader().existing(done.get() + "^"), done.get());
    }
    if (git.reader().isAncestor(target.commit(), head)) {
      return new Update(head, head);
    }
    Optional<String> unseen = Forge.unseen(seen, head);
    if (unseen.isPresent()) {
      throw refused(unseen.get());
    }
    String title = "Merge %s into %s".formatted(pr.target(), pr.branch());
    String message = Message.with(title, List.of(Commits.trailer(key)));
    String commit = commit(git, tree(head, target.commit()), message, head, target.commit());
    if (repository.remote().isEmpty() || !pr.pushed()) {
      advance(pr.branch(), commit);
    } else {
      push(repository.remote().get(), pr.branch(), head, commit);
      follow(commit);
    }
    return new Update(head, commit);
  }

  /** Moves the branch here to a commit that its remote has, where nothing is in the way. */
  private void follow(String commit) throws InterruptedException {
    try {
      advance(pr.branch(), commit);
    } catch (ForgeFailure.NotMergeable e) {
      say.accept("the branch '%s' here stays as it is: %s".formatted(pr.branch(), e.reason));
    }
  }

  private String tree(String ours, String theirs) throws InterruptedException {
    MergedTree merged = MergedTree.of(git, ours, theirs);
    String where = String.join(", ", merged.conflicts());
    return merged
        .tree()
        .orElseThrow(
            () -> refused("%s conflicts with %s in %s".formatted(pr.branch(), pr.target(), where)));
  }

  /** Makes a commit and returns its id; signs it if the user's configuration asks for that. */
  private String commit(Git author, String tree, String message, String... parents)
      throws InterruptedException {
    var words = new ArrayList<String>(List.of("commit-tree", tree, "-F", "-"));
    for (String parent : parents) {
      words.addAll(List.of("-p", parent));
    }
    if (git.run("config", "--type=bool", "--get", "commit.gpgSign").out().strip().equals("true")) {
      words.add("-S");
    }
    Command.Ended made = author.feed(message, words.toArray(String[]::new));
    if (!made.ok()) {
      throw refused("git cannot commit it: " + made.err().strip());
    }
    return made.out().strip();
  }

  /** Replays the commits on the target; what only merges contain becomes a commit of its own. */
  private String rebased(String target, String head) throws InterruptedException {
    String range = target + ".." + head;
    List<String> commits = git.reader().commits(target, head, Order.TOPOLOGICAL);
    boolean hasMerges = git.reader().hasMerges(target, head);
    String onto = target;
    for (String commit : commits) {
      String tree = tree(beside(commit, onto), commit);
      boolean last = commit.equals(commits.getLast()) && !hasMerges;
      onto = commit(CommitCopies.by(git, commit), tree, text(commit, last), onto);
    }
    if (!hasMerges) {
      return onto;
    }
    String merge = git.must("rev-list", "-n", "1", "--merges", range);
    return commit(CommitCopies.by(git, merge), tree(target, head), text(merge, true), onto);
  }

  private String text(String commit, boolean last) throws InterruptedException {
    String message = git.reader().text(commit).message();
    return last ? Message.with(message, List.of(Commits.trailer(key))) : message;
  }

  /** Returns a commit of some files with the parent of another, which becomes the merge base. */
  private String beside(String commit, String files) throws InterruptedException {
    return git.must("commit-tree", files + "^{tree}", "-p", commit + "^", "-m", "picked onto");
  }

  /** Pushes a branch with a lease, so that one that moved or was deleted is not overwritten. */
  private void push(String remote, String branch, String before, String commit)
      throws InterruptedException {
    String ref = "refs/heads/" + branch;
    Command.Ended pushed =
        new Remote(git, remote)
            .insist(
                Git.line(
                    "push --no-follow-tags --no-recurse-submodules",
                    "--force-with-lease=" + ref + ":" + before,
                    remote,
                    commit + ":" + ref));
    if (!pushed.ok()) {
      throw refused(remote + " does not take it: " + pushed.err().strip());
    }
  }

  /** Moves a local branch; fails where changes in its checkout prevent a fast-forward. */
  private void advance(String branch, String commit) throws InterruptedException {
    String ref = "refs/heads/" + branch;
    if (git.reader().commit(ref).isEmpty() || !git.reader().isAncestor(ref, commit)) {
      return;
    }
    Optional<Path> checkout = repository.checkout(ref);
    if (checkout.isEmpty()) {
      git.must("update-ref", ref, commit);
      return;
    }
    Command.Ended forward =
        git.at(checkout.get()).run("merge", "--ff-only", "--no-autostash", "--quiet", commit);
    if (!forward.ok()) {
      throw refused(
          "its branch '%s' is checked out in %s, whose changes are in the way: %s"
              .formatted(branch, checkout.get(), forward.err().strip()));
    }
  }

  private ForgeFailure refused(String reason) {
    return new ForgeFailure.NotMergeable(pr.url(), reason);
  }
}
