package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.handlers.git.Base;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Remotes;
import conductor.handlers.git.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Resolves the base that a worktree starts at. A name is tried in this order: {@code HEAD}, a full
 * ref, a branch with its remote's name, a local branch, a tag, a branch that only a remote has,
 * then any other expression that git resolves to a commit.
 */
final class Bases {

  private static final Pattern REMOTE_REF = Pattern.compile("refs/remotes/([^/]+)/(.+)");

  private final Repository repository;
  private final Remotes remotes;
  private final Git git;
  private final Consumer<String> say;

  Bases(Repository repository, Remotes remotes, Consumer<String> say) {
    this.repository = repository;
    this.remotes = remotes;
    this.git = repository.git();
    this.say = say;
  }

  /** Returns the default branch of a remote, if there is one, or else what is checked out. */
  Base usual(Optional<String> remote) throws InterruptedException {
    Optional<String> branch =
        remote.isPresent() ? remotes.defaultBranch(repository, remote.get()) : remote;
    if (branch.isPresent()) {
      Optional<Base> base = remoteBranch(remote.get(), branch.get());
      if (base.isPresent()) {
        return base.get();
      }
    } else if (remote.isPresent() && remotes.isUnreachable(repository, remote.get())) {
      say.accept(
          "could not ask %s for its default branch; using what is checked out"
              .formatted(remote.get()));
    }
    return checkedOut();
  }

  /** Returns the base that a name refers to; {@code UnknownBase} when nothing has this name. */
  Base named(String wanted) throws InterruptedException {
    if (wanted.equals("HEAD") || wanted.equals("@")) {
      return checkedOut();
    }
    Optional<Base> found = wanted.startsWith("refs/") ? fullRef(wanted) : qualified(wanted);
    if (found.isEmpty()) {
      found = local(wanted);
    }
    if (found.isEmpty()) {
      found = commit(git, "refs/tags/" + wanted, "the tag " + wanted);
    }
    if (found.isEmpty()) {
      found = elsewhere(wanted);
    }
    if (found.isEmpty()) {
      found = commit(repository.here(), wanted, wanted);
    }
    return found.orElseThrow(() -> new GitFailure.UnknownBase(wanted, repository.main()));
  }

  private static Optional<Base> commit(Git git, String name, String shown)
      throws InterruptedException {
    return git.reader().commit(name).map(commit -> new Base(null, null, commit, shown, List.of()));
  }

  private Base checkedOut() throws InterruptedException {
    String commit = repository.here().reader().existing("HEAD");
    Optional<String> branch = repository.branch();
    if (branch.isEmpty()) {
      return new Base(null, null, commit, "a detached head", List.of());
    }
    Optional<String> remote = repository.remote();
    boolean there =
        remote.isPresent() && git.reader().hasRef(Remote.tracking(remote.get(), branch.get()));
    return new Base(there ? remote.get() : null, branch.get(), commit, branch.get(), List.of());
  }

  private Optional<Base> fullRef(String ref) throws InterruptedException {
    var remote = REMOTE_REF.matcher(ref);
    if (remote.matches() && repository.remoteNames().contains(remote.group(1))) {
      return remoteBranch(remote.group(1), remote.group(2));
    }
    String heads = "refs/heads/";
    Optional<String> commit = git.reader().commit(ref);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    String branch = ref.startsWith(heads) ? ref.substring(heads.length()) : null;
    return Optional.of(new Base(null, branch, commit.get(), ref, List.of()));
  }

  /** Returns the remote branch for a name such as {@code origin/main}; empty when there is none. */
  private Optional<Base> qualified(String wanted) throws InterruptedException {
    for (String remote : repository.remoteNames()) {
      if (wanted.startsWith(remote + "/")) {
        Optional<Base> base = remoteBranch(remote, wanted.substring(remote.length() + 1));
        if (base.isPresent()) {
          return base;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns a remote's branch after a fetch, or, which is reported, as it was last fetched. */
  private Optional<Base> remoteBranch(String remote, String branch) throws InterruptedException {
    boolean fetched = remotes.fetch(repository, remote, branch);
    Optional<String> commit = git.reader().commit(Remote.tracking(remote, branch));
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    var notes = new ArrayList<String>();
    if (!fetched) {
      say.accept("could not fetch %s from %s; using it as last fetched".formatted(branch, remote));
    }
    if (git.reader().hasRef("refs/heads/" + remote + "/" + branch)) {
      notes.add("not the local branch that is called '%s/%s'".formatted(remote, branch));
    }
    upstream(remote, branch, commit.get()).ifPresent(notes::add);
    return Optional.of(new Base(remote, branch, commit.get(), remote + "/" + branch, notes));
  }

  /** Returns a note on the commits of the remote {@code upstream} that a branch does not have. */
  private Optional<String> upstream(String remote, String branch, String commit)
      throws InterruptedException {
    String theirs = "upstream";
    if (remote.equals(theirs) || !git.reader().hasRef(Remote.tracking(theirs, branch))) {
      return Optional.empty();
    }
    int behind = git.reader().beyond(commit, Remote.tracking(theirs, branch));
    return behind == 0
        ? Optional.empty()
        : Optional.of(
            "%s/%s has %s that it does not have"
                .formatted(theirs, branch, Repository.commits(behind)));
  }

  /** Returns a local branch, or the remote's branch of that name where that is only ahead of it. */
  private Optional<Base> local(String wanted) throws InterruptedException {
    Optional<String> commit = git.reader().commit("refs/heads/" + wanted);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    var notes = new ArrayList<String>();
    if (git.reader().hasRef("refs/tags/" + wanted)) {
      notes.add("the branch, not the tag of that name");
    }
    Optional<String> remote = repository.remote();
    Optional<Base> there =
        remote.isPresent() ? remoteBranch(remote.get(), wanted) : Optional.empty();
    if (there.isEmpty()) {
      return Optional.of(new Base(null, wanted, commit.get(), wanted, notes));
    }
    int behind = git.reader().beyond(commit.get(), there.get().commit());
    int ahead = git.reader().beyond(there.get().commit(), commit.get());
    if (behind > 0) {
      notes.add(
          "%s is %s behind %s%s"
              .formatted(
                  wanted,
                  Repository.commits(behind),
                  there.get().shown(),
                  ahead > 0 ? " and %s ahead".formatted(Repository.commits(ahead)) : ""));
    }
    boolean newer = behind > 0 && ahead == 0;
    return Optional.of(
        new Base(
            remote.get(),
            wanted,
            newer ? there.get().commit() : commit.get(),
            newer ? there.get().shown() : wanted,
            notes));
  }

  /** Returns the branch of the usual remote, or else of the only remote that has it. */
  private Optional<Base> elsewhere(String wanted) throws InterruptedException {
    if (!git.is("check-ref-format", "refs/heads/" + wanted)) {
      return Optional.empty();
    }
    Optional<String> usual = repository.remote();
    if (usual.isPresent()) {
      Optional<Base> base = remoteBranch(usual.get(), wanted);
      if (base.isPresent()) {
        return base;
      }
    }
    var found = new ArrayList<Base>();
    for (String remote : repository.remoteNames()) {
      if (git.reader().hasRef(Remote.tracking(remote, wanted))) {
        remoteBranch(remote, wanted).ifPresent(found::add);
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
