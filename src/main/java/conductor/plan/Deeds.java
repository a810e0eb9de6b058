package conductor.plan;

import conductor.effect.AgentChoice;
import conductor.effect.AgentEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.PeopleEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.simulation.Asked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a planned workflow would do that leaves traces or costs something, a line each, with the
 * position of the effect.
 *
 * @param people what it asks people
 * @param pushes what leaves the machine: pushes, pull requests and what is said and done to them
 */
public record Deeds(
    List<String> worktrees, List<String> agents, List<String> people, List<String> pushes) {

  private static final int WIDTH = 60;
  private static final String DEFAULT = "the default agent";

  /** Returns what a plan does, in the order of the program. */
  public static Deeds of(Plan plan) {
    var deeds =
        new Deeds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    plan.all().forEach(deeds::add);
    return deeds;
  }

  private void add(Asked asked) {
    switch (asked.effect()) {
      case WorktreeEffect<?> worktree -> add(worktrees, asked, worktree(worktree));
      case AgentEffect<?> agent -> add(agents, asked, agent(agent));
      case PeopleEffect.Ask ask -> add(people, asked, person(ask));
      case GitEffect<?> git -> add(pushes, asked, push(git));
      case ForgeEffect<?> forge -> add(pushes, asked, push(forge));
      default -> {}
    }
  }

  private static void add(List<String> lines, Asked asked, @Nullable String text) {
    if (text != null) {
      lines.add(asked.position() + "  " + text);
    }
  }

  private static String worktree(WorktreeEffect<?> effect) {
    return switch (effect) {
      case WorktreeEffect.CreateWorktree create ->
          "a new worktree"
              + (create.baseBranch() == null ? "" : " from " + create.baseBranch())
              + (create.suffix() == null ? "" : ", " + create.suffix())
              + named(create.branch());
      case WorktreeEffect.MergeBranches merge ->
          "a merge of "
              + String.join(", ", merge.envs().stream().map(env -> env.branch()).toList())
              + named(merge.branch())
              + (merge.agent() == null ? "" : ", conflicts to " + who(merge.agent()));
      case WorktreeEffect.DeleteWorktree delete -> "deletes " + delete.env().branch();
      case WorktreeEffect.Checkout _ -> "your own checkout";
    };
  }

  private static String place(WorktreeEnv env) {
    return env.ofUser() ? "your own checkout" : env.branch();
  }

  private static String named(@Nullable String branch) {
    return branch == null ? "" : ", on the branch " + branch;
  }

  private static @Nullable String agent(AgentEffect<?> effect) {
    return switch (effect) {
      case AgentEffect.RunAgent run ->
          "%s in %s: %s".formatted(who(run.who()), place(run.env()), first(run.prompt()));
      case AgentEffect.SpawnAgent spawn ->
          "%s in %s, in the background: %s"
              .formatted(who(spawn.who()), place(spawn.env()), first(spawn.prompt()));
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.WaitForEvent _,
          AgentEffect.CaptureOutput _,
          AgentEffect.ReadSession _,
          AgentEffect.ForkSession _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          null;
    };
  }

  private static String who(AgentChoice who) {
    return who.with(who.agent() == null && who.profile() == null ? DEFAULT : null, null, null)
        .toString();
  }

  private static String first(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
  }

  private static String person(PeopleEffect.Ask ask) {
    String options = ask.options() == null ? "" : " (" + String.join(", ", ask.options()) + ")";
    return first(ask.prompt()) + options;
  }

  private static @Nullable String push(GitEffect<?> effect) {
    return switch (effect) {
      case GitEffect.Push push -> push.env().branch();
      case GitEffect.Commit _, GitEffect.Diff _, GitEffect.Verify _ -> null;
    };
  }

  private static @Nullable String push(ForgeEffect<?> effect) {
    return switch (effect) {
      case ForgeEffect.CreatePR pr ->
          "%s, for the pull request '%s'%s"
              .formatted(
                  pr.env().branch(), pr.title(), pr.target() == null ? "" : " into " + pr.target());
      case ForgeEffect.MergePR merge ->
          "merges '%s' into %s".formatted(merge.pr().title(), merge.pr().target());
      case ForgeEffect.CommentPR comment -> "a comment on '%s'".formatted(comment.pr().title());
      case ForgeEffect.ClosePR close -> "closes '%s'".formatted(close.pr().title());
      case ForgeEffect.ReadyPR ready -> "marks '%s' as ready".formatted(ready.pr().title());
      case ForgeEffect.EditPR edit -> "changes '%s'".formatted(edit.pr().title());
      case ForgeEffect.ReopenPR reopen -> "reopens '%s'".formatted(reopen.pr().title());
      case ForgeEffect.UpdatePRBranch update ->
          "merges %s into %s".formatted(update.pr().target(), update.pr().branch());
      case ForgeEffect.ReviewPR review -> "a review of '%s'".formatted(review.pr().title());
      case ForgeEffect.GetPR _,
          ForgeEffect.ListPRs _,
          ForgeEffect.WaitForChecks _,
          ForgeEffect.WaitForMerge _,
          ForgeEffect.WaitForReview _ ->
          null;
    };
  }
}
