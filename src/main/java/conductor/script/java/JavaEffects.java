package conductor.script.java;

import conductor.effect.AgentEffect;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.Coercion;
import conductor.effect.CommandEffect;
import conductor.effect.FileEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.ReportEffect;
import conductor.effect.RunEffect;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects as workflows in Java construct them: what must be given by position, the rest by the
 * effects' {@code with} methods. Made of the records; ReferenceTest keeps the two alike.
 */
@SuppressWarnings("MethodName") // these are the users' words
public final class JavaEffects {

  private JavaEffects() {}

  public static WorktreeEffect.CreateWorktree CreateWorktree() {
    return new WorktreeEffect.CreateWorktree(null, null, null, null, null, null, null);
  }

  public static WorktreeEffect.CreateWorktree CreateWorktree(Issue issue) {
    return new WorktreeEffect.CreateWorktree(issue, null, null, null, null, null, null);
  }

  public static WorktreeEffect.Checkout Checkout() {
    return new WorktreeEffect.Checkout();
  }

  public static WorktreeEffect.MergeBranches MergeBranches(List<WorktreeEnv> envs) {
    return new WorktreeEffect.MergeBranches(envs, null, null, null, null, null);
  }

  public static WorktreeEffect.DeleteWorktree DeleteWorktree(WorktreeEnv env) {
    return new WorktreeEffect.DeleteWorktree(env, null);
  }

  public static IssueEffect.CreateIssue CreateIssue(String title, String body) {
    return new IssueEffect.CreateIssue(title, body, null, null);
  }

  public static IssueEffect.ListIssues ListIssues() {
    return new IssueEffect.ListIssues(null, null, null);
  }

  public static IssueEffect.ListIssues ListIssues(IssueEffect.Selection status) {
    return new IssueEffect.ListIssues(status, null, null);
  }

  public static IssueEffect.GetIssue GetIssue(String id) {
    return new IssueEffect.GetIssue(id);
  }

  public static IssueEffect.ResolveIssue ResolveIssue(Issue issue) {
    return new IssueEffect.ResolveIssue(issue, null, null);
  }

  public static AgentEffect.RunAgent RunAgent(WorktreeEnv env, String prompt) {
    return new AgentEffect.RunAgent(
        env, prompt, null, null, null, null, null, null, null, null, null, null);
  }

  public static AgentEffect.SpawnAgent SpawnAgent(WorktreeEnv env, String prompt) {
    return new AgentEffect.SpawnAgent(env, prompt, null, null, null, null, null, null, null);
  }

  public static AgentEffect.SendMessage SendMessage(AgentRef agentRef, String message) {
    return new AgentEffect.SendMessage(agentRef, message, null, null);
  }

  public static AgentEffect.WaitForStatus WaitForStatus(AgentRef agentRef, AgentStatus... status) {
    return new AgentEffect.WaitForStatus(agentRef, List.of(status), null);
  }

  public static AgentEffect.WaitForEvent WaitForEvent(AgentRef agentRef) {
    return new AgentEffect.WaitForEvent(agentRef, null, null, null);
  }

  public static AgentEffect.CaptureOutput CaptureOutput(AgentRef agentRef) {
    return new AgentEffect.CaptureOutput(agentRef, null);
  }

  public static AgentEffect.ReadSession ReadSession(AgentRef agentRef) {
    return new AgentEffect.ReadSession(agentRef, null);
  }

  public static AgentEffect.ForkSession ForkSession(AgentRef agentRef) {
    return new AgentEffect.ForkSession(agentRef, null);
  }

  public static AgentEffect.Usage Usage() {
    return new AgentEffect.Usage();
  }

  public static AgentEffect.StopAgent StopAgent(AgentRef agentRef) {
    return new AgentEffect.StopAgent(agentRef);
  }

  public static GitEffect.Commit Commit(WorktreeEnv env, String message) {
    return new GitEffect.Commit(env, message, null);
  }

  public static GitEffect.Push Push(WorktreeEnv env) {
    return new GitEffect.Push(env, null, null, null);
  }

  public static GitEffect.Diff Diff(WorktreeEnv env) {
    return new GitEffect.Diff(env, null, null);
  }

  public static GitEffect.Verify Verify(WorktreeEnv env) {
    return new GitEffect.Verify(env, null, null, null, null, null);
  }

  public static ForgeEffect.CreatePR CreatePR(WorktreeEnv env, String title) {
    return new ForgeEffect.CreatePR(env, title, null, null, null, null, null, null);
  }

  public static ForgeEffect.MergePR MergePR(PRHandle pr) {
    return new ForgeEffect.MergePR(pr, null, null, null, null, null);
  }

  public static ForgeEffect.GetPR GetPR(PRReference pr) {
    return new ForgeEffect.GetPR(pr);
  }

  public static ForgeEffect.ListPRs ListPRs() {
    return new ForgeEffect.ListPRs(null, null, null, null, null);
  }

  public static ForgeEffect.ListPRs ListPRs(ForgeEffect.Selection status) {
    return new ForgeEffect.ListPRs(status, null, null, null, null);
  }

  public static ForgeEffect.CommentPR CommentPR(PRHandle pr, String body) {
    return new ForgeEffect.CommentPR(pr, body, null);
  }

  public static ForgeEffect.ClosePR ClosePR(PRHandle pr) {
    return new ForgeEffect.ClosePR(pr, null);
  }

  public static ForgeEffect.WaitForChecks WaitForChecks(PRHandle pr) {
    return new ForgeEffect.WaitForChecks(pr, null, null);
  }

  public static ForgeEffect.WaitForReview WaitForReview(PRHandle pr) {
    return new ForgeEffect.WaitForReview(pr, null);
  }

  public static ForgeEffect.ReadyPR ReadyPR(PRHandle pr) {
    return new ForgeEffect.ReadyPR(pr);
  }

  public static ForgeEffect.EditPR EditPR(PRHandle pr) {
    return new ForgeEffect.EditPR(pr, null, null, null, null, null);
  }

  public static ForgeEffect.ReopenPR ReopenPR(PRHandle pr) {
    return new ForgeEffect.ReopenPR(pr);
  }

  public static ForgeEffect.UpdatePRBranch UpdatePRBranch(PRHandle pr) {
    return new ForgeEffect.UpdatePRBranch(pr);
  }

  public static ForgeEffect.ReviewPR ReviewPR(PRHandle pr, ForgeEffect.ReviewAction action) {
    return new ForgeEffect.ReviewPR(pr, action, null);
  }

  public static ForgeEffect.WaitForMerge WaitForMerge(PRHandle pr) {
    return new ForgeEffect.WaitForMerge(pr, null, null);
  }

  public static CommandEffect.Exec Exec(String command) {
    return new CommandEffect.Exec(
        CommandEffect.Command.shell(command), null, null, null, null, null);
  }

  public static CommandEffect.Exec Exec(List<?> command) {
    return new CommandEffect.Exec(
        new CommandEffect.Command(List.copyOf(command)), null, null, null, null, null);
  }

  public static FileEffect.ReadFile ReadFile(WorktreeEnv env, String path) {
    return new FileEffect.ReadFile(env, path);
  }

  public static FileEffect.SaveArtifact SaveArtifact(WorktreeEnv env, String path) {
    return new FileEffect.SaveArtifact(env, path, null);
  }

  public static FileEffect.WriteFile WriteFile(WorktreeEnv env, String path, String content) {
    return new FileEffect.WriteFile(env, path, content);
  }

  public static PeopleEffect.Ask Ask(String prompt) {
    return new PeopleEffect.Ask(prompt, null, null, null);
  }

  public static RecordedEffect.Now Now() {
    return new RecordedEffect.Now();
  }

  public static RecordedEffect.Random Random() {
    return new RecordedEffect.Random(null);
  }

  public static RecordedEffect.Random Random(Long bound) {
    return new RecordedEffect.Random(bound);
  }

  public static RecordedEffect.Uuid Uuid() {
    return new RecordedEffect.Uuid();
  }

  public static RecordedEffect.Sleep Sleep(String duration) {
    return new RecordedEffect.Sleep(Coercion.duration(duration));
  }

  public static RecordedEffect.Sleep Sleep(Duration duration) {
    return new RecordedEffect.Sleep(duration);
  }

  public static RecordedEffect.Env Env(String variable) {
    return new RecordedEffect.Env(variable);
  }

  public static RunEffect.Get Get(String key) {
    return new RunEffect.Get(key);
  }

  public static RunEffect.Put Put(String key) {
    return new RunEffect.Put(key, null);
  }

  public static RunEffect.Put Put(String key, @Nullable Object value) {
    return new RunEffect.Put(key, value);
  }

  public static RunEffect.Status Status(String text) {
    return new RunEffect.Status(text, null, null, null);
  }

  public static ReportEffect.Report Report() {
    return new ReportEffect.Report();
  }

  public static WorkflowEffect.RunWorkflow RunWorkflow(String workflow) {
    return new WorkflowEffect.RunWorkflow(workflow, null);
  }
}
