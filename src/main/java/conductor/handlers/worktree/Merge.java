package conductor.handlers.worktree;

import conductor.effect.AgentChoice;
import conductor.effect.Failure;
import conductor.effect.GitFailure;
import conductor.effect.MergeStrategy;
import conductor.effect.WorktreeEffect.MergeBranches;
import conductor.effect.WorktreeEffect.OnConflict;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.handlers.git.Conflict;
import conductor.handlers.git.Git;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.MergedTree;
import conductor.handlers.git.Message;
import conductor.handlers.git.Repository;
import conductor.handlers.git.RepositoryReader.Order;
import conductor.handlers.git.StaleLocks;
import conductor.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Merges the branches of several worktrees in a new worktree. */
record Merge(WorktreeMaker making, Commits commits, ConflictResolver resolver) {

  private static final String JOB = "commit";

  WorktreeEnv run(MergeBranches wanted, Call call) throws InterruptedException {
    List<WorktreeEnv> envs = wanted.envs();
    refuse(envs);
    var heads = new ArrayList<String>();
    for (int i = 0; i < envs.size(); i++) {
      WorktreeEnv env = envs.get(i);
      heads.add(call.step("commit-" + i, commits.rest(env, "Work of " + env.branch())));
    }
    Repository repository =
        Repository.recorded(commits.in(envs.getFirst()), envs.getFirst().repo());
    WorktreeEnv env =
        call.step(
            "add", Act.adoptable(step -> making.add(planned(wanted, heads, repository), step)));
    making.again(repository, env, call);
    try {
      merge(wanted, heads, env, call);
    } catch (Failure e) {
      making.remove(repository, env);
      throw e;
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        making.remove(repository, env);
      }
      throw e;
    }
    making.prepare(env, making.start(), call);
    return env;
  }

  /** Merges each branch in a step, or, for a rebase, replays each commit in a step. */
  private void merge(MergeBranches wanted, List<String> heads, WorktreeEnv into, Call call)
      throws InterruptedException {
    MergeStrategy strategy = Objects.requireNonNullElse(wanted.strategy(), MergeStrategy.MERGE);
    Git git = commits.in(into);
    Path directory = commits.gitDirectory(into);
    String head = into.baseCommit();
    int n = 0;
    for (int i = 0; i < heads.size(); i++) {
      String before = head;
      List<String> parts =
          strategy == MergeStrategy.REBASE
              ? git.reader().commits(into.baseCommit(), heads.get(i), Order.TOPOLOGICAL)
              : List.of(heads.get(i));
      for (String part : parts) {
        var change =
            new MergeStep(
                git, directory, strategy, head, part, "Merge " + wanted.envs().get(i).branch());
        head = call.step("merge-" + n++, merged(wanted, into, change));
      }
      if (strategy == MergeStrategy.REBASE
          && git.reader().hasMerges(into.baseCommit(), heads.get(i))) {
        head = call.step("merges-" + i, keepMerges(git, before, head, heads.get(i)));
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

  private WorktreePlan planned(MergeBranches wanted, List<String> heads, Repository repository)
      throws InterruptedException {
    Command.Ended base = repository.git().run(Git.line("merge-base --octopus", heads));
    if (!base.ok()) {
      throw new GitFailure.BadMerge("the branches have no commit in common");
    }
    WorktreeEnv first = wanted.envs().getFirst();
    return new WorktreePlan(
        repository,
        Objects.requireNonNullElse(wanted.name(), "merged"),
        wanted.branch(),
        first.issueId(),
        first.baseBranch(),
        first.baseRemote(),
        base.out().strip(),
        Cone.ofAll(wanted.envs()));
  }

  /** Returns the act that applies and commits one change; its reply is the head's id. */
  private Act<String> merged(MergeBranches wanted, WorktreeEnv into, MergeStep change) {
    return Act.adoptable(
        call -> begun(wanted, into, change, call),
        call -> {
          making.jobs().adopted(call, JOB, change.git().limit());
          if (change.isDone()) {
            return change.head();
          }
          var resolution = new Resolution(change.git(), change.gitDirectory());
          if (wanted.onConflict() == OnConflict.AGENT && resolution.hasBegun()) {
            call.stillRunning();
            resolve(wanted, into, change, resolution, Conflict.of(change.git()), call);
            return committed(change, call);
          }
          change.removeNewFiles();
          return begun(wanted, into, change, call);
        });
  }

  private String begun(MergeBranches wanted, WorktreeEnv into, MergeStep change, Call call)
      throws InterruptedException {
    StaleLocks.clear(into, change.gitDirectory());
    change.undo();
    List<Conflict> conflicts = change.apply();
    if (!conflicts.isEmpty()) {
      if (wanted.onConflict() != OnConflict.AGENT) {
        throw conflict(
            wanted,
            conflicts.stream().map(Conflict::path).toList(),
            conflicts.stream().map(Conflict::shown).toList());
      }
      var resolution = new Resolution(change.git(), change.gitDirectory());
      resolution.begin(conflicts);
      resolve(wanted, into, change, resolution, conflicts, call);
    }
    return committed(change, call);
  }

  private void resolve(
      MergeBranches wanted,
      WorktreeEnv into,
      MergeStep change,
      Resolution resolution,
      List<Conflict> conflicts,
      Call call)
      throws InterruptedException {
    AgentChoice who = Objects.requireNonNullElse(wanted.agent(), AgentChoice.DEFAULT);
    resolver.resolve(call, into, who, conflicts.stream().map(Conflict::shown).toList());
    List<String> left = change.isGivenUp() ? resolution.paths() : resolution.unresolved();
    if (!left.isEmpty()) {
      throw conflict(wanted, left, left);
    }
    call.say("an agent resolved the conflicts in " + String.join(", ", resolution.paths()));
    Staging.all(change.git(), commits.look(into));
    resolution.end();
  }

  private String committed(MergeStep change, Call call) throws InterruptedException {
    Optional<GitJobs.Spec> left = change.commit(call.key());
    if (left.isPresent()) {
      Command.Ended ended = making.jobs().run(call, JOB, left.get());
      if (!Git.alive(ended, "commit").ok()) {
        throw Git.error(ended, "commit");
      }
    }
    return change.head();
  }

  /**
   * Returns the act that commits the changes that only the merge commits of a replayed branch
   * contain, such as an adapted caller: the tree becomes that of a merge of the branch. Where such
   * a merge conflicts, the replayed commits stay as they are.
   */
  private static Act<String> keepMerges(Git git, String before, String head, String branch) {
    return Act.adoptable(call -> {
      String now = git.reader().existing("HEAD");
      Optional<String> tree = MergedTree.of(git, before, branch).tree();
      if (!now.equals(head) || tree.isEmpty() || tree.get().equals(git.reader().tree("HEAD"))) {
        return now;
      }
      String merge = git.must("rev-list", "-n", "1", "--merges", before + ".." + branch);
      String message =
          Message.with(git.reader().text(merge).message(), List.of(Commits.trailer(call.key())));
      String commit =
          CommitCopies.by(git, merge)
              .textFed(message, "commit-tree", tree.get(), "-p", head, "-F", "-")
              .strip();
      git.must("reset", "--hard", "--quiet", "--no-recurse-submodules", commit);
      call.say("kept what only merges of the branch hold, as a commit of its own");
      return commit;
    });
  }

  private static GitFailure conflict(MergeBranches wanted, List<String> files, List<String> shown) {
    return new GitFailure.MergeConflict(
        files, wanted.envs().stream().map(WorktreeEnv::id).toList(), shown);
  }
}
