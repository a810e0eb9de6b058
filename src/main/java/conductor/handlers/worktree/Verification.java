package conductor.handlers.worktree;

import conductor.effect.CommandEffect;
import conductor.effect.CommandEffect.Exec;
import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.effect.GitEffect.Verify;
import conductor.effect.GitFailure;
import conductor.effect.OnCrash;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.handlers.git.Git;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Performs {@code Verify}: records facts about a worktree, runs a command in it, and checks the
 * conditions.
 *
 * @param commands the handler that runs the command, as for {@code Exec}
 */
public record Verification(Commits commits, Handler<CommandEffect<?>> commands) {

  Evidence of(Verify verify, Call call) throws InterruptedException {
    Evidence seen = call.step("look", Act.repeatable(step -> looked(verify, step)));
    CommandEffect.Command command = verify.command();
    Evidence all = command == null ? seen : with(seen, command, ran(verify, command, call));
    return verified(verify, all);
  }

  /**
   * Returns what was observed when all holds that is asked for.
   *
   * @throws GitFailure.NotVerified when something does not
   */
  public static Evidence verified(Verify verify, Evidence all) {
    List<String> unmet = unmet(verify, all);
    if (!unmet.isEmpty()) {
      throw new GitFailure.NotVerified(verify.env().path(), unmet, all.facts());
    }
    return all;
  }

  private Evidence looked(Verify verify, Call call) throws InterruptedException {
    WorktreeState state = commits.ready(verify.env(), call::say);
    Git git = commits.in(verify.env());
    int ahead = git.reader().beyond(verify.env().baseCommit(), state.head());
    if (!Boolean.TRUE.equals(verify.pushed())) {
      return seen(verify, state.head(), state.dirty(), ahead, "", null);
    }
    Repository repository = Repository.recorded(git, verify.env().repo());
    String remote = repository.remote().orElse("");
    boolean pushed =
        !remote.isEmpty()
            && new Remote(repository.git(), remote)
                .commit(verify.env().branch())
                .equals(Optional.of(state.head()));
    return seen(verify, state.head(), state.dirty(), ahead, remote, pushed);
  }

  /**
   * Returns what was seen of a worktree, with the facts in words and without a command's result.
   *
   * @param remote the remote that was looked at; empty when there is none
   * @param pushed whether the remote has the commit; null when that was not asked for
   */
  public static Evidence seen(
      Verify verify,
      String head,
      boolean dirty,
      int ahead,
      String remote,
      @Nullable Boolean pushed) {
    String base = verify.env().baseCommit();
    var facts = new ArrayList<String>();
    facts.add("at %s, %d ahead of %s".formatted(brief(head), ahead, base(verify, base)));
    facts.add(dirty ? "there are uncommitted changes" : "nothing is uncommitted");
    if (pushed != null) {
      facts.add(remote.isEmpty() ? "there is no remote to push to" : at(remote, pushed));
    }
    return new Evidence(head, !dirty, ahead, pushed, null, facts);
  }

  private static String at(String remote, boolean pushed) {
    return pushed ? remote + " has this commit" : remote + " does not have this commit";
  }

  private static String base(Verify verify, String commit) {
    String branch = verify.env().baseBranch();
    return branch == null ? brief(commit) : branch;
  }

  private static String brief(String commit) {
    return commit.substring(0, Math.min(10, commit.length()));
  }

  private @Nullable ExecResult ran(Verify verify, CommandEffect.Command command, Call call)
      throws InterruptedException {
    CommandEffect<?> exec =
        commands.resolve(new Exec(command, verify.env(), null, false, OnCrash.RERUN, verify.dir()));
    return (ExecResult) call.step("command", commands.act(exec));
  }

  /** Returns what was seen, and how a command ended; null for a result that there is not. */
  public static Evidence with(
      Evidence seen, CommandEffect.Command command, @Nullable ExecResult result) {
    var facts = new ArrayList<>(seen.facts());
    int code = result == null ? -1 : result.exitCode();
    facts.add("`%s` exited with %d".formatted(command.text(), code));
    return new Evidence(seen.head(), seen.clean(), seen.ahead(), seen.pushed(), result, facts);
  }

  private static List<String> unmet(Verify verify, Evidence all) {
    var unmet = new ArrayList<String>();
    if (Boolean.TRUE.equals(verify.clean()) && !all.clean()) {
      unmet.add("there are uncommitted changes");
    }
    if (Boolean.TRUE.equals(verify.ahead()) && all.ahead() == 0) {
      unmet.add("there is no commit that the base has not");
    }
    if (Boolean.FALSE.equals(all.pushed())) {
      unmet.add(
          all.facts().size() > 2 ? all.facts().get(2) : "the remote does not have this commit");
    }
    ExecResult result = all.command();
    if (result != null && !result.passed()) {
      String ran =
          "`%s` exited with %d"
              .formatted(Objects.requireNonNull(verify.command()).text(), result.exitCode());
      unmet.add(ran + ":\n" + result.output().strip());
    }
    return unmet;
  }
}
