package conductor.git;

import conductor.effect.Failure;
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
  private final Commits commits;
  private final ConflictResolver resolver;

  Merge(Branches branches, Commits commits, ConflictResolver resolver) {
    this.branches = branches;
    this.commits = commits;
    this.resolver = resolver;
  }

  WorktreeEnv run(MergeBranches wanted, Call call) throws InterruptedException {
    List<WorktreeEnv> envs = wanted.envs();
    refuse(envs);
    var heads = new ArrayList<String>();
    for (int i = 0; i < envs.size(); i++) {
      heads.add(call.step("commit-" + i, committed(envs.get(i))));
    }
    Repository repository = Repository.of(commits.in(envs.getFirst()));
    Act.Work<WorktreeEnv> add = step -> branches.add(planned(wanted, heads, repository, step));
    WorktreeEnv env = call.step("add", Act.adoptable(add, add));
    try {
      merge(wanted, heads, env, call);
    } catch (Failure e) {
      branches.remove(repository.git(), env);
      throw e;
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        branches.remove(repository.git(), env);
      }
      throw e;
    }
    branches.ready(env);
    return env;
  }

  /** A step for each branch, or for each commit when they are replayed one by one. */
  private void merge(MergeBranches wanted, List<String> heads, WorktreeEnv into, Call call)
      throws InterruptedException {
    MergeStrategy strategy = Objects.requireNonNullElse(wanted.strategy(), MergeStrategy.MERGE);
    Git git = commits.in(into);
    String head = into.baseCommit();
    int n = 0;
    for (int i = 0; i < heads.size(); i++) {
      List<String> parts =
          strategy == MergeStrategy.REBASE
              ? git.lines(
                  "rev-list", "--reverse", "--no-merges", into.baseCommit() + ".." + heads.get(i))
              : List.of(heads.get(i));
      for (String part : parts) {
        var change =
            new Change(git, strategy, head, part, "Merge " + wanted.envs().get(i).branch());
        head = call.step("merge-" + n++, merged(wanted, into, change));
      }
    }
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

  private Branches.Wanted planned(
      MergeBranches wanted, List<String> heads, Repository repository, Call call)
      throws InterruptedException {
    var words = new ArrayList<String>(List.of("merge-base", "--octopus"));
    words.addAll(heads);
    Command.Ended base = repository.git().run(words.toArray(String[]::new));
    if (!base.ok()) {
      throw new GitFailure.BadMerge("the branches have no commit in common");
    }
    WorktreeEnv first = wanted.envs().getFirst();
    return new Branches.Wanted(
        repository,
        call.key().toString(),
        call.key().run(),
        Objects.requireNonNullElse(wanted.name(), "merged"),
        first.issueId(),
        first.baseBranch(),
        base.out().strip());
  }

  /** Brings one change in; replies with the commit that the merged branch then is at. */
  private Act<String> merged(MergeBranches wanted, WorktreeEnv into, Change change) {
    boolean byAgent = wanted.onConflict() == OnConflict.AGENT;
    return Act.adoptable(
        call -> {
          List<String> files = change.apply(call.key());
          return resolved(wanted, into, change, files, call);
        },
        call -> {
          if (change.isDone()) {
            return change.head();
          }
          List<String> begun = change.conflicts();
          if (byAgent && (!begun.isEmpty() || change.isStaged())) {
            call.ongoing();
            return resolved(wanted, into, change, begun, call);
          }
          change.undo();
          return resolved(wanted, into, change, change.apply(call.key()), call);
        });
  }

  private String resolved(
      MergeBranches wanted, WorktreeEnv into, Change change, List<String> files, Call call)
      throws InterruptedException {
    if (!files.isEmpty()) {
      if (wanted.onConflict() != OnConflict.AGENT) {
        throw conflict(wanted, files);
      }
      resolver.resolve(call, into, files);
      List<String> left = change.marked(files);
      if (!left.isEmpty()) {
        throw conflict(wanted, left);
      }
      change.stage();
      call.say("an agent resolved the conflicts in " + String.join(", ", files));
    }
    change.commit(call.key());
    return change.head();
  }

  private static GitFailure conflict(MergeBranches wanted, List<String> files) {
    return new GitFailure.MergeConflict(
        files, wanted.envs().stream().map(WorktreeEnv::id).toList());
  }
}
