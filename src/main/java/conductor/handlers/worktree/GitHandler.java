package conductor.handlers.worktree;

import conductor.effect.CommandEffect;
import conductor.effect.GitEffect;
import conductor.engine.handler.Act;
import conductor.engine.handler.Handler;
import conductor.handlers.git.Git;
import conductor.handlers.git.Patch;
import java.util.List;
import java.util.Objects;

/**
 * Handles the git effects on worktrees: {@code Commit}, {@code Push}, {@code Diff} and {@code
 * Verify}.
 */
public final class GitHandler implements Handler<GitEffect<?>> {

  private final Commits commits;
  private final Pushes pushes;
  private final Verification verification;

  /** Has the command of {@code Verify} run by the given handler of {@code Exec}. */
  public GitHandler(Commits commits, Pushes pushes, Handler<CommandEffect<?>> commands) {
    this.commits = commits;
    this.pushes = pushes;
    this.verification = new Verification(commits, commands);
  }

  @Override
  public GitEffect<?> resolve(GitEffect<?> effect) {
    CheckoutRefusal.check(effect);
    return effect;
  }

  @Override
  public Act<?> act(GitEffect<?> effect) {
    return switch (effect) {
      case GitEffect.Commit commit ->
          commits.act(
              commit.env(), commit.message(), Objects.requireNonNullElse(commit.all(), true));
      case GitEffect.Push push ->
          pushes.act(push.env(), push.remote(), Boolean.TRUE.equals(push.force()), push.branch());
      case GitEffect.Diff diff -> Act.repeatable(_ -> diff(diff));
      case GitEffect.Verify verify -> Act.repeatable(call -> verification.of(verify, call));
    };
  }

  /** Returns the diff from the base, by a copy of the index, so that new files are in it. */
  private String diff(GitEffect.Diff effect) throws InterruptedException {
    Git git = commits.in(effect.env());
    return effect.env().ofUser()
        ? Staging.leavingNoObjects(git, own -> diff(effect, own))
        : diff(effect, git);
  }

  private String diff(GitEffect.Diff effect, Git git) throws InterruptedException {
    String base = effect.env().baseCommit();
    return Staging.aside(
        git,
        commits.look(effect.env()),
        List.of(),
        commits.gitDirectory(effect.env()),
        index -> index.text(words(effect, "--cached", base)));
  }

  private static String[] words(GitEffect.Diff effect, String... of) {
    if (Boolean.TRUE.equals(effect.names())) {
      return Patch.names(of);
    }
    return Boolean.TRUE.equals(effect.stat()) ? Patch.stat(of) : Patch.words(of);
  }
}
