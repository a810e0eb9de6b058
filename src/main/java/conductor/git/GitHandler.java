package conductor.git;

import conductor.effect.CommandEffect;
import conductor.effect.GitEffect;
import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handler.Act;
import conductor.handler.Handler;
import conductor.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commits, pushes and shows the work of worktrees. */
public final class GitHandler implements Handler<GitEffect<?>> {

  private final Commits commits;
  private final Verification verification;

  /**
   * @param commands runs the command of {@code Verify}, as {@code Exec} does
   */
  public GitHandler(Commits commits, Handler<CommandEffect<?>> commands) {
    this.commits = commits;
    this.verification = new Verification(commits, commands);
  }

  @Override
  public Act<?> act(GitEffect<?> effect) {
    return switch (effect) {
      case GitEffect.Commit commit -> commit(commit);
      case GitEffect.Push push -> {
        Act.Work<String> work =
            call ->
                push(push.env(), push.remote(), Boolean.TRUE.equals(push.force()), push.branch());
        yield Act.adoptable(work, work);
      }
      case GitEffect.Diff diff -> Act.repeatable(call -> diff(diff));
      case GitEffect.Verify verify -> Act.repeatable(call -> verification.of(verify, call));
    };
  }

  private Act<String> commit(GitEffect.Commit effect) {
    boolean all = Objects.requireNonNullElse(effect.all(), true);
    Act.Work<String> work = call -> commits.commit(effect.env(), effect.message(), all, call.key());
    return Act.adoptable(
        work,
        call -> {
          Optional<String> found = commits.find(effect.env(), call.key());
          return found.isPresent() ? found.get() : work.run(call);
        });
  }

  /**
   * Pushes a worktree's branch; one that is there already is left as it is.
   *
   * @param branch its name there; null for the same
   * @return the pushed ref
   */
  public String push(
      WorktreeEnv env, @Nullable String wanted, boolean force, @Nullable String branch)
      throws InterruptedException {
    commits.in(env);
    Repository repository = Repository.of(commits.in(env));
    String remote = remote(repository, wanted);
    String ref = "refs/heads/" + Objects.requireNonNullElse(branch, env.branch());
    var words = new ArrayList<String>(List.of("push", "--porcelain"));
    if (force) {
      words.add("--force-with-lease");
    }
    words.addAll(List.of(remote, "refs/heads/" + env.branch() + ":" + ref));
    Command.Ended pushed =
        new Remote(repository.git(), remote).insist(words.toArray(String[]::new));
    if (!pushed.ok()) {
      throw new GitFailure.PushRejected(env.branch(), remote, said(pushed));
    }
    return ref;
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
    if (!repository.git().lines("remote").contains(wanted)) {
      throw new GitFailure.NoRemote(repository.main(), wanted);
    }
    return wanted;
  }

  /** With an index of its own, so that new files are seen and the worktree's index stays. */
  private String diff(GitEffect.Diff effect) throws InterruptedException {
    String base = effect.env().baseCommit();
    return Staged.all(
        commits.in(effect.env()),
        index ->
            Boolean.TRUE.equals(effect.stat())
                ? index.run("diff", "--cached", "--stat", base).out()
                : index.run("diff", "--cached", base).out());
  }
}
