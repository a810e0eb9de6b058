package conductor.handlers.forge;

import conductor.effect.ForgeEffect.CreatePR;
import conductor.effect.ForgeFailure;
import conductor.effect.GitFailure;
import conductor.effect.Issue;
import conductor.effect.PRHandle;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.handlers.git.Repository;
import conductor.handlers.issue.ProposedIssues;
import conductor.handlers.worktree.Commits;
import conductor.handlers.worktree.Pushes;
import conductor.handlers.worktree.Targets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Performs {@code CreatePR} in steps: commits, finds the target, pushes, and opens the pull
 * request.
 */
record Creation(
    Forges forges,
    Commits commits,
    Pushes pushes,
    Targets targets,
    SeenPullRequests seen,
    ProposedIssues issues) {

  PRHandle of(CreatePR create, Call call) throws InterruptedException {
    WorktreeEnv env = create.env();
    refuseSecrets("the title", create.title());
    refuseSecrets("the text", Objects.requireNonNullElse(create.body(), ""));
    Repository repository = Repository.recorded(commits.in(env), env.repo());
    call.step("commit", commits.rest(env, create.title()));
    String target = call.step("target", Act.repeatable(step -> target(create, repository, step)));
    if (repository.remote().isPresent()) {
      call.step("push", pushes.act(env, null, false, null));
    } else {
      call.say(local(repository));
    }
    return call.step("open", opened(create, target));
  }

  /** Refuses secrets before anything is committed; the forge checks again what it posts. */
  private void refuseSecrets(String where, String text) {
    List<String> secrets = commits.secretsIn(text);
    if (!secrets.isEmpty()) {
      throw new ForgeFailure.SecretInText(secrets, where + " of the pull request");
    }
  }

  private static String local(Repository repository) throws InterruptedException {
    List<String> remotes = repository.remoteNames();
    return remotes.isEmpty()
        ? "there is no remote: the pull request is local, nothing was pushed"
        : "none of the remotes %s is called origin: the pull request is local, nothing was pushed"
            .formatted(String.join(", ", remotes));
  }

  private String target(CreatePR create, Repository repository, Call call)
      throws InterruptedException {
    WorktreeEnv env = create.env();
    String asked = create.target() == null ? env.baseBranch() : create.target();
    String target =
        targets
            .of(repository, env, Optional.ofNullable(asked))
            .orElseThrow(() -> new GitFailure.NoTarget(env.id(), env.repo()));
    String ref = targets.ref(repository, target);
    if (repository.git().reader().beyond(ref, "refs/heads/" + env.branch()) == 0) {
      throw new ForgeFailure.NothingToPropose(env.branch(), target);
    }
    call.say("%s into %s".formatted(env.branch(), target));
    return target;
  }

  /** Returns the act that opens it; repeatable, as the forge looks for an existing one first. */
  private Act<PRHandle> opened(CreatePR create, String target) {
    WorktreeEnv env = create.env();
    Issue issue = create.issue();
    return Act.adoptable(call -> {
      var proposal =
          new Forge.Proposal(
              env,
              create.title(),
              Objects.requireNonNullElse(create.body(), ""),
              target,
              Boolean.TRUE.equals(create.draft()),
              Objects.requireNonNullElse(create.labels(), List.of()),
              Objects.requireNonNullElse(create.reviewers(), List.of()),
              (issue == null ? issues.origin(env.issueId()) : issues.origin(issue)).orElse(null),
              call.key());
      Forge forge = forges.of(commits.in(env), ForgeHandler.waiting(call));
      PRHandle pr = forge.open(proposal);
      seen.opened(pr, env.repo());
      issues.opened(issue == null ? env.issueId() : issue.id(), pr.url(), call::say);
      return pr;
    });
  }
}
