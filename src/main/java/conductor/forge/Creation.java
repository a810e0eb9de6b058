package conductor.forge;

import conductor.effect.ForgeEffect.CreatePR;
import conductor.effect.ForgeFailure;
import conductor.effect.GitFailure;
import conductor.effect.PRHandle;
import conductor.effect.WorktreeEnv;
import conductor.git.Commits;
import conductor.git.Git;
import conductor.git.GitHandler;
import conductor.git.Repository;
import conductor.handler.Act;
import conductor.handler.Call;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens pull requests: commits, pushes, opens. */
final class Creation {

  private final Forges forges;
  private final Commits commits;
  private final GitHandler pushes;

  Creation(Forges forges, Commits commits, GitHandler pushes) {
    this.forges = forges;
    this.commits = commits;
    this.pushes = pushes;
  }

  PRHandle of(CreatePR create, Call call) throws InterruptedException {
    WorktreeEnv env = create.env();
    Repository repository = Repository.of(commits.in(env));
    call.step("commit", committed(create));
    String target = call.step("target", Act.repeatable(step -> target(create, repository, step)));
    if (repository.remote().isPresent()) {
      Act.Work<String> push = step -> pushes.push(env, null, false, null);
      call.step("push", Act.adoptable(push, push));
    } else {
      call.say(local(repository));
    }
    return call.step("open", opened(create, target));
  }

  private static String local(Repository repository) throws InterruptedException {
    List<String> remotes = repository.git().lines("remote");
    return remotes.isEmpty()
        ? "there is no remote: the pull request is local, nothing was pushed"
        : "none of the remotes %s is called origin: the pull request is local, nothing was pushed"
            .formatted(String.join(", ", remotes));
  }

  /** Commits what is uncommitted; replies with the branch's commit. */
  private Act<String> committed(CreatePR create) {
    WorktreeEnv env = create.env();
    Act.Work<String> work =
        call -> {
          Git git = commits.in(env);
          return git.dirty()
              ? commits.commit(env, create.title(), true, call.key())
              : git.must("rev-parse", "HEAD");
        };
    return Act.adoptable(
        work,
        call -> {
          Optional<String> found = commits.find(env, call.key());
          return found.isPresent() ? found.get() : work.run(call);
        });
  }

  private String target(CreatePR create, Repository repository, Call call)
      throws InterruptedException {
    WorktreeEnv env = create.env();
    Optional<String> remote = repository.remote();
    Optional<String> asked =
        Optional.ofNullable(create.target()).or(() -> Optional.ofNullable(env.baseBranch()));
    Optional<String> usual =
        asked.isEmpty() && remote.isPresent()
            ? repository.defaultBranch(remote.get())
            : Optional.empty();
    String target = asked.or(() -> usual).orElse("main");
    Git git = repository.git();
    String ref =
        remote.isPresent()
                && git.is("rev-parse", "--verify", "--quiet", remote.get() + "/" + target)
            ? remote.get() + "/" + target
            : target;
    boolean known = git.is("rev-parse", "--verify", "--quiet", ref + "^{commit}");
    if (!known) {
      throw new GitFailure.UnknownBase(target, env.repo());
    }
    if (git.must("rev-list", "--count", ref + ".." + env.branch()).equals("0")) {
      throw new ForgeFailure.NothingToPropose(env.branch(), target);
    }
    call.say("%s into %s".formatted(env.branch(), target));
    return target;
  }

  /** The forge looks by itself whether it was opened. */
  private Act<PRHandle> opened(CreatePR create, String target) {
    Act.Work<PRHandle> work =
        call ->
            forges
                .of(commits.in(create.env()), ForgeHandler.waiting(call))
                .open(
                    new Forge.Proposal(
                        create.env(),
                        create.title(),
                        Objects.requireNonNullElse(create.body(), ""),
                        target,
                        Boolean.TRUE.equals(create.draft()),
                        listed(create.labels()),
                        listed(create.reviewers()),
                        call.key()));
    return Act.adoptable(work, work);
  }

  private static List<String> listed(@Nullable List<String> items) {
    return items == null ? List.of() : items;
  }
}
