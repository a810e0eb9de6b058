package conductor.handlers.worktree;

import conductor.effect.GitFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEffect.Checkout;
import conductor.effect.WorktreeEffect.CreateWorktree;
import conductor.effect.WorktreeEffect.DeleteWorktree;
import conductor.effect.WorktreeEffect.MergeBranches;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.handlers.git.Base;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Remotes;
import conductor.handlers.git.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Handles the effects {@code CreateWorktree}, {@code Checkout}, {@code MergeBranches} and {@code
 * DeleteWorktree}.
 */
public final class WorktreeHandler implements Handler<WorktreeEffect<?>> {

  private final Parts parts;
  private final WorktreeMaker making;
  private final Merge merge;

  /**
   * The parts that the handler works with.
   *
   * @param git git with the host's environment
   * @param proposals the remote that pull requests are proposed to
   * @param workflow the workflow's name, which names branches when nothing else does
   * @param project the directory that the run was started in
   */
  public record Parts(
      Worktrees worktrees,
      WorktreeBranches branches,
      BranchPrefix prefix,
      Preparation preparation,
      WorktreeSnapshots snapshots,
      WorktreeInspector inspector,
      Remotes remotes,
      Targets targets,
      ProposalRemote proposals,
      Git git,
      GitJobs jobs,
      String workflow,
      Path project,
      InstantSource clock) {

    UserCheckout checkout() {
      return new UserCheckout(git.at(project), worktrees.state(), clock);
    }
  }

  public WorktreeHandler(Parts parts, Commits commits, ConflictResolver resolver) {
    this.parts = parts;
    this.making =
        new WorktreeMaker(
            parts.branches(),
            parts.prefix(),
            parts.preparation(),
            parts.snapshots(),
            parts.jobs(),
            parts.project());
    this.merge = new Merge(making, commits, resolver);
  }

  @Override
  public WorktreeEffect<?> resolve(WorktreeEffect<?> effect) {
    CheckoutRefusal.check(effect);
    return switch (effect) {
      case MergeBranches wanted ->
          new MergeBranches(
              wanted.envs(),
              Objects.requireNonNullElse(wanted.strategy(), MergeStrategy.MERGE),
              Objects.requireNonNullElse(wanted.name(), "merged"),
              Objects.requireNonNullElse(wanted.onConflict(), WorktreeEffect.OnConflict.FAIL),
              wanted.branch(),
              wanted.agent());
      case CreateWorktree _, Checkout _, DeleteWorktree _ -> effect;
    };
  }

  @Override
  public Act<?> act(WorktreeEffect<?> effect) {
    return switch (effect) {
      case CreateWorktree create -> Act.repeatable(call -> created(create, call));
      case Checkout _ -> Act.repeatable(call -> parts.checkout().of(call.key().run(), call::say));
      case MergeBranches wanted -> Act.repeatable(call -> merge.run(wanted, call));
      case DeleteWorktree delete -> Act.adoptable(call -> deleted(delete, call));
    };
  }

  private WorktreeEnv created(CreateWorktree create, Call call) throws InterruptedException {
    Path place = create.repo() == null ? parts.project() : parts.project().resolve(create.repo());
    var from = new StartingPlace(parts.git().at(place));
    Map<String, String> base = call.step("base", Act.repeatable(step -> base(create, from, step)));
    WorktreeEnv env =
        call.step("add", Act.adoptable(step -> making.add(plan(create, from, base), step)));
    making.again(Repository.recorded(from.git(), env.repo()), env, call);
    making.prepare(env, from, call);
    return env;
  }

  /** Resolves the base and checks what could stop the work later, before an agent is paid. */
  private Map<String, String> base(CreateWorktree create, StartingPlace from, Call call)
      throws InterruptedException {
    if (!Files.isDirectory(from.git().directory())) {
      throw new GitFailure.NotARepository(from.git().directory(), "does not exist");
    }
    Repository repository = from.repository();
    Repository.mustHaveIdentity(from.git(), repository.main());
    var bases = new Bases(repository, parts.remotes(), call::say);
    Base base =
        create.baseBranch() == null
            ? bases.usual(proposedTo(repository))
            : bases.named(create.baseBranch());
    if (create.sparse() != null) {
      Cone.mustBeIn(repository.git(), base.commit(), create.sparse());
    }
    call.say("from %s at %s%s".formatted(base.shown(), base.brief(), told(repository, base)));
    return base.fields();
  }

  private Optional<String> proposedTo(Repository repository) throws InterruptedException {
    Optional<String> known = parts.proposals().of(repository.git());
    return known.isPresent() ? known : repository.remote();
  }

  private String told(Repository repository, Base base) throws InterruptedException {
    var text = new StringBuilder();
    base.notes().forEach(note -> text.append("; ").append(note));
    repository.leftOut(base).ifPresent(left -> text.append("; ").append(left));
    if (base.branch() == null) {
      text.append(
          parts
              .targets()
              .following(repository, base.commit())
              .map(branch -> "; a pull request goes to " + branch)
              .orElse("; a pull request needs a target: there is no branch that it would go to"));
    }
    return text.toString();
  }

  private WorktreePlan plan(CreateWorktree create, StartingPlace from, Map<String, String> base)
      throws InterruptedException {
    String issue = create.issue() == null ? null : create.issue().id();
    String name =
        issue != null ? issue : Objects.requireNonNullElse(create.name(), parts.workflow());
    String suffix = create.suffix() == null ? "" : "-" + create.suffix();
    return new WorktreePlan(
        from.repository(),
        name + suffix,
        create.branch(),
        issue,
        given(base, "branch"),
        given(base, "remote"),
        base.getOrDefault("commit", ""),
        create.sparse());
  }

  private static @Nullable String given(Map<String, String> fields, String name) {
    String value = fields.getOrDefault(name, "");
    return value.isEmpty() ? null : value;
  }

  private boolean deleted(DeleteWorktree delete, Call call) throws InterruptedException {
    WorktreeEnv env = delete.env();
    if (!parts.worktrees().isOurs(env) && !Files.exists(env.path())) {
      return true;
    }
    parts.worktrees().mustBeOurs(env);
    new Removal(parts.git(), parts.inspector(), parts.branches())
        .of(env, Boolean.TRUE.equals(delete.force()))
        .ifPresent(ref -> call.say("what it held is kept under " + ref));
    return true;
  }
}
