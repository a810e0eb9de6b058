package conductor.handlers.forge.local;

import conductor.effect.ForgeFailure;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.process.Command;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the commit that a pull request of the local forge proposes, and deletes its branch. */
final class ProposedHead {

  private static final int SHOWN = 5;

  private final Repository repository;
  private final Git git;
  private final PullRequest pr;
  private final Consumer<String> say;

  ProposedHead(Repository repository, PullRequest pr, Consumer<String> say) {
    this.repository = repository;
    this.git = repository.git();
    this.pr = pr;
    this.say = say;
  }

  /** Fetches a branch and returns its commit. */
  static String fetched(Git git, String remote, String branch) throws InterruptedException {
    Command.Ended fetched = new Remote(git, remote).fetch(branch);
    if (!fetched.ok()) {
      throw Git.error(fetched, "fetch", remote, branch);
    }
    return git.reader().existing(Remote.tracking(remote, branch));
  }

  /** Returns the commit at the remote, or where there is none here; reports what came in. */
  String now() throws InterruptedException {
    Optional<String> remote = repository.remote();
    if (remote.isEmpty() || !pr.pushed()) {
      return known();
    }
    Optional<String> there = new Remote(git, remote.get()).commit(pr.branch());
    if (there.isEmpty()) {
      say.accept(
          "the branch '%s' is gone from %s; taking the commit that was proposed"
              .formatted(pr.branch(), remote.get()));
      return proposed();
    }
    String now = fetched(git, remote.get(), pr.branch());
    tell(now);
    return now;
  }

  private void tell(String now) throws InterruptedException {
    List<String> came =
        git.reader().commit(pr.head()).isEmpty()
            ? List.of()
            : git.lines("log", "--format=%h %s", pr.head() + ".." + now);
    if (!came.isEmpty()) {
      say.accept(
          "%d commit%s came in since it was proposed: "
                  .formatted(came.size(), came.size() == 1 ? "" : "s")
              + String.join("; ", came.subList(0, Math.min(SHOWN, came.size())))
              + (came.size() > SHOWN ? "; and %d more".formatted(came.size() - SHOWN) : ""));
    }
    Optional<String> local = git.reader().commit("refs/heads/" + pr.branch());
    if (local.isPresent() && !git.reader().isAncestor(local.get(), now)) {
      say.accept("commits of '%s' here that were not pushed are left out".formatted(pr.branch()));
    }
  }

  private String proposed() throws InterruptedException {
    return git.reader()
        .commit(pr.head())
        .orElseThrow(() ->
            new ForgeFailure.NotMergeable(
                pr.url(),
                "its branch '%s' and its commit %s are gone".formatted(pr.branch(), pr.head())));
  }

  /** Returns the newest commit of the branch that is known here, without asking the remote. */
  String known() throws InterruptedException {
    Optional<String> local = git.reader().commit("refs/heads/" + pr.branch());
    Optional<String> remote = repository.remote();
    Optional<String> there =
        remote.isPresent()
            ? git.reader().commit(Remote.tracking(remote.get(), pr.branch()))
            : Optional.empty();
    boolean newer =
        there.isPresent() && (local.isEmpty() || git.reader().isAncestor(local.get(), there.get()));
    if (newer) {
      return there.get();
    }
    return local.isPresent() ? local.get() : proposed();
  }

  /**
   * Deletes the branch at the remote and here if it has not moved beyond a commit. A branch that
   * moved is kept, which is reported; one that is checked out here is kept too.
   */
  void delete(String head) throws InterruptedException {
    Optional<String> remote = repository.remote();
    String ref = "refs/heads/" + pr.branch();
    if (remote.isPresent()
        && pr.pushed()
        && new Remote(git, remote.get()).commit(pr.branch()).isPresent()) {
      String lease = "--force-with-lease=" + ref + ":" + head;
      String[] words =
          Git.line("push --quiet --no-recurse-submodules", lease, remote.get(), ":" + ref);
      Command.Ended deleted = new Remote(git, remote.get()).insist(words);
      if (!deleted.ok()) {
        say.accept(
            "the branch '%s' at %s is kept: %s"
                .formatted(pr.branch(), remote.get(), deleted.err().strip()));
      }
    }
    Optional<String> tip = git.reader().commit(ref);
    if (tip.isEmpty() || repository.checkout(ref).isPresent()) {
      return;
    }
    if (git.reader().isAncestor(tip.get(), head)) {
      git.must("update-ref", "-d", ref, tip.get());
    } else {
      say.accept("the branch '%s' here is kept: it has moved".formatted(pr.branch()));
    }
  }
}
