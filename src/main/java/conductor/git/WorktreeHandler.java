package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEffect.CreateWorktree;
import conductor.effect.WorktreeEffect.DeleteWorktree;
import conductor.effect.WorktreeEffect.MergeBranches;
import conductor.effect.WorktreeEnv;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.handler.Handler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes, merges and deletes worktrees. */
public final class WorktreeHandler implements Handler<WorktreeEffect<?>> {

  private final Branches branches;
  private final Worktrees worktrees;
  private final Preparation preparation;
  private final Merge merge;
  private final Git git;
  private final String workflow;
  private final Path project;

  /**
   * @param git git with the host's environment
   * @param workflow the workflow's name; names branches when nothing else does
   * @param project where the run was started
   */
  public WorktreeHandler(
      Worktrees worktrees,
      RepositoryLocks locks,
      Preparation preparation,
      ConflictResolver resolver,
      Git git,
      String workflow,
      Path project,
      java.time.InstantSource clock) {
    this.branches = new Branches(worktrees, locks, clock);
    this.worktrees = worktrees;
    this.preparation = preparation;
    this.merge = new Merge(branches, new Commits(git), resolver);
    this.git = git;
    this.workflow = workflow;
    this.project = project;
  }

  @Override
  public WorktreeEffect<?> resolve(WorktreeEffect<?> effect) {
    return switch (effect) {
      case MergeBranches wanted ->
          new MergeBranches(
              wanted.envs(),
              Objects.requireNonNullElse(wanted.strategy(), MergeStrategy.MERGE),
              Objects.requireNonNullElse(wanted.name(), "merged"),
              Objects.requireNonNullElse(wanted.onConflict(), WorktreeEffect.OnConflict.FAIL),
              wanted.branch());
      case CreateWorktree _, DeleteWorktree _ -> effect;
    };
  }

  @Override
  public Act<?> act(WorktreeEffect<?> effect) {
    return switch (effect) {
      case CreateWorktree create -> Act.repeatable(call -> created(create, call));
      case MergeBranches wanted -> Act.repeatable(call -> merge.run(wanted, call));
      case DeleteWorktree delete -> {
        Act.Work<Boolean> work = call -> deleted(delete);
        yield Act.adoptable(work, work);
      }
    };
  }

  private WorktreeEnv created(CreateWorktree create, Call call) throws InterruptedException {
    Path from = create.repo() == null ? project : project.resolve(create.repo());
    Map<String, String> base =
        call.step("base", Act.repeatable(step -> base(create, git.at(from), step)));
    Act.Work<WorktreeEnv> add = step -> branches.add(wanted(create, git.at(from), base, step));
    WorktreeEnv env = call.step("add", Act.adoptable(add, add));
    Act.Work<Boolean> prepare =
        step -> {
          preparation.of(env, step::say);
          branches.ready(env);
          return true;
        };
    call.step("prepare", Act.adoptable(prepare, prepare));
    return env;
  }

  private Map<String, String> base(CreateWorktree create, Git from, Call call)
      throws InterruptedException {
    if (!Files.isDirectory(from.directory())) {
      throw new GitFailure.NotARepository(from.directory(), "does not exist");
    }
    Repository repository = Repository.of(from);
    Repository.Subcommand base =
        repository.base(Optional.ofNullable(create.baseBranch()), call::say);
    String brief = base.commit().substring(0, 10);
    call.say(
        "from %s at %s%s"
            .formatted(
                base.shown(), brief, repository.leftOut(base).map(left -> "; " + left).orElse("")));
    return Map.of("branch", base.branch(), "commit", base.commit());
  }

  private Branches.Wanted wanted(
      CreateWorktree create, Git from, Map<String, String> base, Call call)
      throws InterruptedException {
    String name =
        create.issue() != null
            ? create.issue().id()
            : Objects.requireNonNullElse(create.name(), workflow);
    String suffix = create.suffix() == null ? "" : "-" + create.suffix();
    String branch = base.getOrDefault("branch", "");
    return new Branches.Wanted(
        Repository.of(from),
        call.key().toString(),
        call.key().run(),
        name + suffix,
        create.issue() == null ? null : create.issue().id(),
        branch.isEmpty() ? null : branch,
        base.getOrDefault("commit", ""));
  }

  private boolean deleted(DeleteWorktree delete) throws InterruptedException {
    WorktreeEnv env = delete.env();
    if (!worktrees.isOurs(env) && !Files.exists(env.path())) {
      return true;
    }
    worktrees.mustBeOurs(env);
    var work = new Work(git, env);
    Optional<String> reason = work.reasonToKeep();
    if (reason.isPresent() && !Boolean.TRUE.equals(delete.force())) {
      throw new GitFailure.UnmergedWork(env.id(), reason.get());
    }
    if (reason.isPresent()) {
      work.toTrash();
    }
    branches.remove(git, env);
    return true;
  }
}
