package conductor.git;

import conductor.effect.GitFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.WorktreeEffect.MergeBranches;
import conductor.effect.WorktreeEffect.OnConflict;
import conductor.effect.WorktreeEnv;
import conductor.handler.Act;
import conductor.handler.Call;
import conductor.process.Command;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Brings several worktrees' branches together in a new worktree. */
final class Merge {

  private final Branches branches;
  private final Worktrees worktrees;
  private final Commits commits;
  private final ConflictResolver resolver;

  Merge(Branches branches, Worktrees worktrees, Commits commits, ConflictResolver resolver) {
    this.branches = branches;
    this.worktrees = worktrees;
    this.commits = commits;
    this.resolver = resolver;
  }

  WorktreeEnv run(MergeBranches wanted, Call call) throws InterruptedException {
    List<WorktreeEnv> envs = wanted.envs();
    refuse(envs);
    for (int i = 0; i < envs.size(); i++) {
      WorktreeEnv env = envs.get(i);
      call.step("commit-" + i, committed(env));
    }
    Act.Work<WorktreeEnv> merge = step -> merged(wanted, step);
    return call.step("merge", Act.adoptable(merge, merge));
  }

  private static void refuse(List<WorktreeEnv> envs) {
    if (envs.isEmpty()) {
      throw new GitFailure.BadMerge("no worktree is given");
    }
    var seen = new HashSet<String>();
    for (WorktreeEnv env : envs) {
      if (!seen.add(env.id())) {
        throw new GitFailure.BadMerge("the worktree " + env.id() + " is given twice");
      }
      if (!Files.isDirectory(env.path())) {
        throw new GitFailure.BadMerge("the worktree " + env.id() + " is gone");
      }
      if (!env.repo().equals(envs.getFirst().repo())) {
        throw new GitFailure.BadMerge(
            "%s and %s are of different repositories".formatted(envs.getFirst().id(), env.id()));
      }
    }
  }

  /** Commits what a worktree has uncommitted; replies with the branch's commit. */
  private Act<String> committed(WorktreeEnv env) {
    Act.Work<String> work =
        call -> {
          Git git = commits.in(env);
          return git.dirty()
              ? commits.commit(env, "Work of " + env.branch(), true, call.key())
              : git.must("rev-parse", "HEAD");
        };
    return Act.adoptable(
        work,
        call -> {
          Optional<String> found = commits.find(env, call.key());
          return found.isPresent() ? found.get() : work.run(call);
        });
  }

  private WorktreeEnv merged(MergeBranches wanted, Call call) throws InterruptedException {
    List<WorktreeEnv> envs = wanted.envs();
    Repository repository = Repository.of(commits.in(envs.getFirst()));
    Optional<Worktrees.Made> begun = worktrees.byKey(repository.main(), call.key().toString());
    if (begun.isPresent() && begun.get().ready()) {
      return begun.get().env();
    }
    if (begun.isPresent()) {
      branches.remove(repository.git(), begun.get().env());
    }
    WorktreeEnv env = branches.add(planned(wanted, repository, call));
    try {
      for (WorktreeEnv part : envs) {
        merge(wanted, env, part, call);
      }
    } catch (GitFailure e) {
      branches.remove(repository.git(), env);
      throw e;
    }
    branches.ready(env);
    return env;
  }

  private Branches.Wanted planned(MergeBranches wanted, Repository repository, Call call)
      throws InterruptedException {
    List<WorktreeEnv> envs = wanted.envs();
    var words = new ArrayList<String>(List.of("merge-base", "--octopus"));
    envs.forEach(env -> words.add(env.branch()));
    Command.Ended base = repository.git().run(words.toArray(String[]::new));
    if (!base.ok()) {
      throw new GitFailure.BadMerge("the branches have no commit in common");
    }
    WorktreeEnv first = envs.getFirst();
    return new Branches.Wanted(
        repository,
        call.key().toString(),
        call.key().run(),
        Objects.requireNonNullElse(wanted.name(), "merged"),
        first.issueId(),
        first.baseBranch(),
        base.out().strip());
  }

  private void merge(MergeBranches wanted, WorktreeEnv into, WorktreeEnv part, Call call)
      throws InterruptedException {
    Git git = commits.in(into);
    MergeStrategy strategy = Objects.requireNonNullElse(wanted.strategy(), MergeStrategy.MERGE);
    String message = "Merge " + part.branch();
    Command.Ended done =
        switch (strategy) {
          case MERGE -> git.run("merge", "--no-ff", "-m", message, part.branch());
          case SQUASH -> git.run("merge", "--squash", part.branch());
          case REBASE ->
              git.run("cherry-pick", "--allow-empty", into.baseCommit() + ".." + part.branch());
        };
    List<String> files = git.lines("diff", "--name-only", "--diff-filter=U");
    if (!files.isEmpty()) {
      resolve(wanted, into, files, call);
    } else if (!done.ok() && !isNothing(done)) {
      throw Git.error(done, "merge", part.branch());
    }
    if (!git.is("diff", "--cached", "--quiet")) {
      git.must("commit", "--quiet", "-m", message);
    }
  }

  /** A branch without commits of its own. */
  private static boolean isNothing(Command.Ended done) {
    return (done.out() + done.err()).contains("empty commit set")
        || (done.out() + done.err()).contains("Already up to date");
  }

  private void resolve(MergeBranches wanted, WorktreeEnv into, List<String> files, Call call)
      throws InterruptedException {
    if (wanted.onConflict() != OnConflict.AGENT) {
      throw conflict(wanted, files);
    }
    Git git = commits.in(into);
    resolver.resolve(call, into, files);
    for (String file : files) {
      boolean left =
          Files.exists(into.path().resolve(file))
              && git.is("grep", "-q", "--no-index", "-E", "^(<<<<<<< |>>>>>>> )", "--", file);
      if (left) {
        throw conflict(wanted, files);
      }
    }
    git.must("add", "--all");
    call.say("an agent resolved the conflicts in " + String.join(", ", files));
  }

  private static GitFailure conflict(MergeBranches wanted, List<String> files) {
    return new GitFailure.MergeConflict(
        files, wanted.envs().stream().map(WorktreeEnv::id).toList());
  }
}
