package conductor.simulation;

import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.effect.FileEffect;
import conductor.effect.GitEffect;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.handlers.worktree.Verification;
import conductor.scenario.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Performs the effects on worktrees, git and files in a repository in memory. */
final class SimulatedGit {

  private final SimulatedRepository repository;
  private final TypicalWorktrees typical;
  private final List<Outcome.Push> pushes = new ArrayList<>();

  SimulatedGit(SimulatedRepository repository, TypicalWorktrees typical) {
    this.repository = repository;
    this.typical = typical;
  }

  List<Outcome.Push> pushes() {
    return pushes;
  }

  WorktreeEnv create(WorktreeEffect.CreateWorktree create) {
    WorktreeEnv made = typical.made(create);
    String base = Objects.requireNonNullElse(made.baseBranch(), made.baseCommit());
    SimulatedRepository.Commit at =
        repository
            .find(base)
            .orElseThrow(() -> SimulatedRepository.unknown(base, TypicalWorktrees.NOWHERE));
    return repository.add(numbered(made, create.branch() != null, at.id()), at);
  }

  /** Returns a worktree at a commit; one whose id is taken gets a number. */
  private WorktreeEnv numbered(WorktreeEnv made, boolean branchGiven, String commit) {
    String id = made.id();
    for (int n = 2; repository.hasTree(id); n++) {
      id = made.id() + "-" + n;
    }
    return new WorktreeEnv(
        id,
        TypicalWorktrees.NOWHERE.resolve(id),
        branchGiven ? made.branch() : "conductor/" + id,
        made.baseBranch(),
        made.baseRemote(),
        commit,
        made.issueId(),
        made.repo(),
        made.createdAt(),
        made.sparse(),
        null);
  }

  /** Returns the files in which worktrees conflict. */
  List<String> conflicts(WorktreeEffect.MergeBranches merge) {
    String head = repository.tree(merge.envs().getFirst()).head;
    var conflicts = new ArrayList<String>();
    for (WorktreeEnv env : merge.envs().subList(1, merge.envs().size())) {
      String other = repository.tree(env).head;
      SimulatedRepository.Merged merged = repository.merge(head, other);
      conflicts.addAll(merged.conflicts());
      head = repository.commit(List.of(head, other), "Merge " + env.id(), merged.files()).id();
    }
    return conflicts.stream().distinct().toList();
  }

  /**
   * Merges worktrees into a new one.
   *
   * @param resolved the texts of files in which they conflict, by path
   * @throws GitFailure.MergeConflict when a conflict is not among them
   */
  WorktreeEnv merge(WorktreeEffect.MergeBranches merge, Map<String, @Nullable String> resolved) {
    WorktreeEnv first = merge.envs().getFirst();
    List<String> conflicts =
        conflicts(merge).stream().filter(path -> !resolved.containsKey(path)).toList();
    if (!conflicts.isEmpty()) {
      throw new GitFailure.MergeConflict(
          conflicts, merge.envs().stream().map(WorktreeEnv::id).toList(), null);
    }
    WorktreeEnv env = numbered(typical.merged(merge), merge.branch() != null, first.baseCommit());
    repository.add(env, repository.at(first.baseCommit()));
    SimulatedRepository.Tree tree = repository.tree(env);
    for (WorktreeEnv one : merge.envs()) {
      String other = repository.tree(one).head;
      var files = repository.merge(tree.head, other).files();
      resolved.forEach((path, text) -> {
        if (text == null) {
          files.remove(path);
        } else {
          files.put(path, text);
        }
      });
      repository.move(
          tree, repository.commit(List.of(tree.head, other), "Merge " + one.id(), files));
    }
    return env;
  }

  Object delete(WorktreeEffect.DeleteWorktree delete) {
    return repository.delete(delete.env(), Boolean.TRUE.equals(delete.force()));
  }

  String commit(GitEffect.Commit commit) {
    return repository.commit(commit.env(), commit.message());
  }

  String push(GitEffect.Push push) {
    String branch = Objects.requireNonNullElse(push.branch(), push.env().branch());
    return push(push.env(), branch, Boolean.TRUE.equals(push.force()));
  }

  String push(WorktreeEnv env, String branch, boolean force) {
    SimulatedRepository.Tree tree = repository.tree(env);
    String ref = repository.push(tree, branch, force);
    pushes.add(new Outcome.Push(branch, tree.head));
    return ref;
  }

  String diff(GitEffect.Diff diff) {
    SimulatedRepository.Tree tree = repository.tree(diff.env());
    return new FileChanges(repository.at(diff.env().baseCommit()).files(), tree.files).told(diff);
  }

  /**
   * Observes a worktree.
   *
   * @param command the result of the command that was to pass; null without one
   * @throws GitFailure.NotVerified when something does not hold that is asked for
   */
  Evidence verify(GitEffect.Verify verify, @Nullable ExecResult command) {
    SimulatedRepository.Tree tree = repository.tree(verify.env());
    int ahead = repository.beyond(verify.env().baseCommit(), tree.head);
    Boolean pushed =
        Boolean.TRUE.equals(verify.pushed())
            ? repository.pushed(verify.env().branch()).filter(tree.head::equals).isPresent()
            : null;
    Evidence seen =
        Verification.seen(verify, tree.head, repository.isDirty(tree), ahead, "origin", pushed);
    return Verification.verified(
        verify,
        command == null || verify.command() == null
            ? seen
            : Verification.with(seen, verify.command(), command));
  }

  /**
   * Performs an effect on a file.
   *
   * @param typical replies to an effect of which a simulation knows no more than its reply
   */
  @Nullable Object file(FileEffect<?> effect, Course.End typical) throws InterruptedException {
    return switch (effect) {
      case FileEffect.ReadFile(var env, var path) -> repository.read(env, path);
      case FileEffect.WriteFile(var env, var path, var content) -> {
        repository.change(env, Map.of(path, content.toString()));
        yield null;
      }
      case FileEffect.SaveArtifact save -> {
        repository.read(save.env(), save.path());
        yield Path.of("/planned/artifacts")
            .resolve(
                Objects.requireNonNullElse(
                    save.name(), String.valueOf(Path.of(save.path()).getFileName())));
      }
      default -> typical.reply();
    };
  }
}
