package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.OwnRefs;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.handlers.git.StaleLocks;
import conductor.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the branches of worktrees. The commits that a run pushed are recorded under {@code
 * refs/conductor/pushed/}: a forced push overwrites a remote branch only at a commit that the run
 * pushed or that the worktree's own branch was at.
 */
public record Pushes(Commits commits, GitJobs jobs) {

  private static final String JOB = "push";

  /**
   * Returns the act that pushes a worktree's branch; its reply is the full ref at the remote.
   *
   * @param remote the remote's name; null for the usual remote
   * @param force whether a branch that the run pushed may be overwritten
   * @param branch the branch's name at the remote; null for the same name
   */
  public Act<String> act(
      WorktreeEnv env, @Nullable String remote, boolean force, @Nullable String branch) {
    return Act.adoptable(
        call -> push(env, remote, force, branch, call),
        call -> {
          Optional<Command.Ended> before = jobs.adopted(call, JOB, commits.in(env).limit());
          StaleLocks.clear(env, commits.gitDirectory(env));
          Repository repository = Repository.recorded(commits.in(env), env.repo());
          String name = remote(repository, remote);
          String there = Objects.requireNonNullElse(branch, env.branch());
          Optional<String> head = repository.git().reader().commit("refs/heads/" + env.branch());
          boolean done =
              before.map(Command.Ended::ok).orElse(false)
                  || (jobs.began(call, JOB)
                      && new Remote(repository.git(), name).commit(there).equals(head));
          return done && head.isPresent()
              ? pushed(repository, env, name, there, head.get())
              : push(env, remote, force, branch, call);
        });
  }

  private String push(
      WorktreeEnv env, @Nullable String wanted, boolean force, @Nullable String branch, Call call)
      throws InterruptedException {
    CheckoutRefusal.mustBeMade("Push", env);
    WorktreeState state = commits.ready(env, call::say);
    Git here = commits.in(env);
    Repository repository = Repository.recorded(here, env.repo());
    String name = remote(repository, wanted);
    String there = Objects.requireNonNullElse(branch, env.branch());
    // otherwise a part of it could act as a refspec
    if (!here.is("check-ref-format", "--branch", there)) {
      throw new GitFailure.BadBranchName(there);
    }
    var to = new Remote(repository.git(), name);
    List<String> named = commits.secretsIn(there);
    if (!named.isEmpty()) {
      throw new GitFailure.SecretInCommits(named, List.of("the name of the branch"));
    }
    commits.refuseSecrets(
        repository.git(), to, List.of("refs/heads/" + env.branch(), "--not", "--remotes=" + name));
    Submodules.publish(here, env, state.head(), call::say);
    var more =
        new ArrayList<>(List.of(name, "refs/heads/" + env.branch() + ":refs/heads/" + there));
    if (force) {
      more.addFirst(lease(repository, env, name, there));
    }
    String[] words = Git.line("push --porcelain --no-follow-tags --no-recurse-submodules", more);
    Command.Ended ended = to.insist(jobs, call, JOB, words);
    if (!ended.ok() && !to.isAt(there, state.head())) {
      throw new GitFailure.PushRejected(env.branch(), name, said(ended));
    }
    return pushed(repository, env, name, there, state.head());
  }

  private static String pushed(
      Repository repository, WorktreeEnv env, String remote, String branch, String commit)
      throws InterruptedException {
    OwnRefs.write(repository.git(), Map.of(seen(env, remote, branch), commit));
    return "refs/heads/" + branch;
  }

  private static String seen(WorktreeEnv env, String remote, String branch) {
    return OwnRefs.PUSHED + "%s/%s/%s".formatted(env.id(), remote, branch);
  }

  /**
   * Returns the {@code --force-with-lease} option for the commit that the remote's branch is at.
   * Fails unless the run pushed that commit or the worktree's branch was at it.
   */
  private static String lease(Repository repository, WorktreeEnv env, String remote, String branch)
      throws InterruptedException {
    Git git = repository.git();
    Optional<String> now = new Remote(git, remote).commit(branch);
    if (now.isPresent()) {
      boolean known =
          now.equals(git.reader().commit(seen(env, remote, branch)))
              || git.run("reflog", "show", "--format=%H", "refs/heads/" + env.branch(), "--")
                  .out()
                  .lines()
                  .anyMatch(now.get()::equals);
      if (!known) {
        throw new GitFailure.PushRejected(
            env.branch(),
            remote,
            "%s is at %s there, which this run did not push: somebody else's work would be overwritten"
                .formatted(branch, now.get().substring(0, 10)));
      }
    }
    return "--force-with-lease=refs/heads/" + branch + ":" + now.orElse("");
  }

  private static String said(Command.Ended pushed) {
    String rejected =
        pushed.out().lines().filter(line -> line.startsWith("!")).findFirst().orElse("");
    return (rejected + " " + pushed.err()).strip();
  }

  private static String remote(Repository repository, @Nullable String wanted)
      throws InterruptedException {
    if (wanted == null) {
      return repository.remote().orElseThrow(() -> new GitFailure.NoRemote(repository.main(), ""));
    }
    if (!repository.remoteNames().contains(wanted)) {
      throw new GitFailure.NoRemote(repository.main(), wanted);
    }
    return wanted;
  }
}
