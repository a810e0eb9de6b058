package conductor.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.AgentFailure;
import conductor.effect.CommandFailure;
import conductor.effect.Failure;
import conductor.effect.FileFailure;
import conductor.effect.FileNotTrusted;
import conductor.effect.ForgeFailure;
import conductor.effect.GatherFailed;
import conductor.effect.GitFailure;
import conductor.effect.HandlerFailed;
import conductor.effect.HandlingFailure;
import conductor.effect.Indeterminate;
import conductor.effect.IssueFailure;
import conductor.effect.NotJournalable;
import conductor.effect.PeopleFailure;
import conductor.effect.ScriptFailed;
import conductor.effect.WorkflowFailure;
import conductor.handlers.forge.github.FakeRepository.Check;
import conductor.handlers.forge.github.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every failure that scripts can catch, as the script of a user comes upon it, catches it, and is
 * told the same again when the run is resumed (law 6).
 */
@Order(1)
class TypedFailuresTest {

  private static final String WORK = "def e = yield CreateWorktree(name: 'w')\n";
  private static final String AGENT = WORK + "yield RunAgent(e, 'do', timeout: '5s')";
  private static final String PROPOSED =
      WORK + "yield WriteFile(e, 'a', 'a')\ndef pr = yield CreatePR(e, 'Add a')\n";

  /** What goes wrong in a repository: the failure, what a shell does before, the script. */
  static final List<Arguments> HERE =
      List.of(
          row(CommandFailure.ExecFailed.class, "", "yield Exec('exit 7', check: true)"),
          row(CommandFailure.ExecTimeout.class, "", "yield Exec('sleep 60', timeout: '200ms')"),
          row(FileFailure.FileNotFound.class, "", WORK + "yield ReadFile(e, 'none')"),
          row(FileFailure.OutsideWorktree.class, "", WORK + "yield ReadFile(e, '../x')"),
          row(
              FileFailure.DirectoryNotFound.class,
              "",
              WORK + "yield Exec('true', env: e, dir: 'none')"),
          row(FileFailure.NotSaved.class, "", WORK + "yield SaveArtifact(e, '.')"),
          row(
              GitFailure.UnknownDirectory.class,
              "",
              "yield CreateWorktree(name: 'w', sparse: ['none'])"),
          row(FileFailure.NotText.class, "", WORK + "yield ReadFile(e, '.')"),
          row(PeopleFailure.GateTimeout.class, "", "yield Ask('Well?', timeout: '100ms')"),
          row(IssueFailure.IssueNotFound.class, "", "yield GetIssue('ISSUE-9')"),
          row(
              IssueFailure.BadIssue.class,
              "mkdir -p ROOT/state/issues; printf -- '---\\nid: ISSUE-001\\ntitle: [\\n---\\n' > ROOT/state/issues/ISSUE-001.md",
              "yield GetIssue('ISSUE-001')"),
          row(WorkflowFailure.BadWorkflow.class, "", "yield RunWorkflow('nope')"),
          row(
              WorkflowFailure.ChildFailed.class,
              "echo \"yield Exec('exit 1', check: true)\" > ROOT/child.groovy",
              "yield RunWorkflow('ROOT/child.groovy')"),
          row(GitFailure.UnknownBase.class, "", "yield CreateWorktree(base_branch: 'nope')"),
          row(GitFailure.BadBranchName.class, "", "yield CreateWorktree(branch: 'a..b')"),
          row(
              GitFailure.BranchTaken.class,
              "git branch mine",
              "yield CreateWorktree(branch: 'mine')"),
          row(
              GitFailure.NotARepository.class,
              "git init -q --bare ROOT/bare",
              "yield CreateWorktree(repo: 'ROOT/bare')"),
          row(
              GitFailure.NoIdentity.class,
              "git config --global --unset user.name; git config user.useConfigOnly true",
              WORK + "yield WriteFile(e, 'a', 'b'); yield Commit(e, 'x')"),
          row(
              GitFailure.SetupFailed.class,
              "printf 'worktree: {setup: \"exit 3\"}\\n' >> ROOT/home/.config/doeff-conductor/config.yaml",
              WORK),
          row(GitFailure.BadMerge.class, "", "yield MergeBranches([])"),
          row(
              GitFailure.MergeConflict.class,
              "",
              """
              def a = yield CreateWorktree(name: 'a')
              def b = yield CreateWorktree(name: 'b')
              yield WriteFile(a, 'x', 'a')
              yield WriteFile(b, 'x', 'b')
              yield Commit(a, 'a')
              yield Commit(b, 'b')
              yield MergeBranches([a, b])\
              """),
          row(GitFailure.NeedsWorktree.class, "", "def e = yield Checkout()\nyield Commit(e, 'x')"),
          row(GitFailure.NothingToCommit.class, "", WORK + "yield Commit(e, 'x')"),
          row(GitFailure.NotVerified.class, "", WORK + "yield Verify(e, ahead: true)"),
          row(
              GitFailure.UnmergedWork.class,
              "",
              WORK + "yield WriteFile(e, 'a', 'b'); yield DeleteWorktree(e)"),
          row(
              GitFailure.WorktreeNotReady.class,
              "",
              WORK + "yield Exec('rm .git', env: e); yield Commit(e, 'x')"),
          row(GitFailure.NoRemote.class, "git remote remove origin", WORK + "yield Push(e)"),
          row(
              GitFailure.PushRejected.class,
              "printf '#!/bin/sh\\nexit 1\\n' > ROOT/origin.git/hooks/pre-receive; chmod +x ROOT/origin.git/hooks/pre-receive",
              WORK + "yield WriteFile(e, 'a', 'b'); yield Commit(e, 'x'); yield Push(e)"),
          row(
              GitFailure.GitKilled.class,
              "printf '#!/bin/sh\\nkill -9 $PPID\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
              WORK + "yield WriteFile(e, 'a', 'b'); yield Commit(e, 'x')"),
          row(
              GitFailure.NoTarget.class,
              "git checkout -q --detach; git commit -q --allow-empty -m apart; git remote remove origin; git branch -D main master 2>/dev/null || true",
              WORK + "yield WriteFile(e, 'a', 'b'); yield CreatePR(e, 'x')"),
          row(
              GitFailure.SecretInCommits.class,
              "",
              WORK
                  + "yield WriteFile(e, 'a', 's3cret-of-' + 'the-shop'); yield Commit(e, 'x'); yield Push(e)"),
          row(
              ForgeFailure.SecretInText.class,
              "",
              WORK
                  + "yield WriteFile(e, 'a', 'b'); yield CreatePR(e, 'x', 's3cret-of-' + 'the-shop')"),
          row(ForgeFailure.NothingToPropose.class, "", WORK + "yield CreatePR(e, 'x')"),
          row(ForgeFailure.UnknownPullRequest.class, "", "yield GetPR('#9')"),
          row(
              ForgeFailure.NotMergeable.class,
              "",
              PROPOSED + "yield ClosePR(pr); yield MergePR(pr)"),
          row(ForgeFailure.NotPossible.class, "", PROPOSED + "yield ReviewPR(pr, 'approve')"),
          row(AgentFailure.AgentFailed.class, "echo 'exit 3' > ROOT/agent.sh", AGENT),
          row(AgentFailure.AgentTimeout.class, "echo 'sleep 60' > ROOT/agent.sh", AGENT),
          row(AgentFailure.AgentEnded.class, "echo 'kill -9 $$' > ROOT/agent.sh", AGENT),
          row(
              AgentFailure.InvalidOutput.class,
              "echo 'echo no JSON' > ROOT/agent.sh",
              WORK + "yield RunAgent(e, 'do', output_format: [type: 'object', required: ['a']])"),
          row(
              AgentFailure.StatusTimeout.class,
              "echo 'sleep 60' > ROOT/agent.sh",
              WORK
                  + "def a = yield SpawnAgent(e, 'do'); yield WaitForStatus(a, 'done', timeout: '200ms')"),
          row(
              AgentFailure.WorktreeInUse.class,
              "echo 'sleep 60' > ROOT/agent.sh",
              WORK + "yield Gather([RunAgent(e, 'do'), RunAgent(e, 'do')])"),
          row(HandlerFailed.class, "", "@Effect('x') def Hi() { null.foo }\nyield Hi()"),
          row(HandlingFailure.WrongReply.class, "", "@Effect('x') int Hi() { 'many' }\nyield Hi()"),
          row(
              HandlingFailure.EndlessHandling.class,
              "",
              "@Effect('x') def Hi() { yield Hi() }\nyield Hi()"),
          row(NotJournalable.class, "", "yield Put('a', new Object())"),
          row(
              GatherFailed.class,
              "",
              "yield Gather([Exec('exit 1', check: true), Exec('true')], fail_fast: false)"),
          row(
              ScriptFailed.class,
              "",
              "def tried = yield Try({ throw new IllegalStateException('no') })\nthrow tried.failure"));

  /** What goes wrong at GitHub. */
  static final List<Arguments> AT_GITHUB =
      List.of(
          row(ForgeFailure.ForgeDenied.class, "GET .*/pulls/7.*: 403", "yield GetPR('#7')"),
          row(ForgeFailure.ForgeRefused.class, "POST .*/pulls: 422", PROPOSED),
          row(ForgeFailure.ForgeUnreachable.class, "GET .*/pulls/7.*: cut", "yield GetPR('#7')"),
          row(
              ForgeFailure.ForgeTimeout.class,
              "",
              PROPOSED + "yield WaitForReview(pr, timeout: '300ms')"),
          row(
              ForgeFailure.ChecksFailed.class,
              "",
              PROPOSED + "yield WaitForChecks(pr, check: true)"));

  /** What needs an agent, a terminal or a crash of its own, and the tests that have it. */
  private static final Map<Class<? extends Failure>, Class<?>> ELSEWHERE =
      Map.of(
          AgentFailure.AgentDenied.class, HostileAgentTest.class,
          AgentFailure.AgentUnavailable.class, HostileAgentTest.class,
          AgentFailure.RateLimited.class, HostileAgentTest.class,
          AgentFailure.BudgetExceeded.class, BudgetTest.class,
          AgentFailure.SessionNotForkable.class, ForkTest.class,
          FileNotTrusted.class, TrustTest.class,
          GitFailure.GitError.class, WildRepositoriesLimitsTest.class,
          GitFailure.UnusableCheckout.class, CheckoutPlacesTest.class,
          Indeterminate.class, LostCommandTest.class);

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @FieldSource("HERE")
  void isCaughtByItsType(Class<? extends Failure> type, String before, String script)
      throws Exception {
    Project project = Project.withOrigin(temp);
    project.environment.put("SHOP_TOKEN", "s3cret-of-the-shop");
    project.sh(project.repo, before.replace("ROOT", temp.toString()));

    caughtTwice(project, type, script);
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("AT_GITHUB")
  void isCaughtByItsTypeAtGitHub(Class<? extends Failure> type, String fault, String script)
      throws Exception {
    try (var github = new OnGitHub(temp)) {
      github.repository.runner = commit -> List.of(new Check("build", "failure", "broken"));
      String[] planned = fault.split(": ");
      if (planned.length == 2) {
        for (int i = 0; i < 20; i++) {
          github.fake.plan(
              planned[0],
              planned[1].equals("cut")
                  ? new Fault.Dropped()
                  : Fault.status(Integer.parseInt(planned[1]), "no"));
        }
      }

      caughtTwice(github.project, type, script);
    }
  }

  @Test
  void everyTypeIsCaughtByATest() throws Exception {
    var here = Stream.concat(HERE.stream(), AT_GITHUB.stream()).map(row -> row.get()[0]);
    assertThat(Stream.concat(here, ELSEWHERE.keySet().stream()))
        .containsExactlyInAnyOrderElementsOf(concrete(Failure.class).toList());
    for (var elsewhere : ELSEWHERE.entrySet()) {
      Path source =
          Path.of("src/test/java", elsewhere.getValue().getName().replace('.', '/') + ".java");
      assertThat(Files.readString(source)).contains(elsewhere.getKey().getSimpleName());
    }
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(TypedFailuresTest::concrete)
        : Stream.of(type);
  }

  private void caughtTwice(Project project, Class<? extends Failure> type, String script)
      throws Exception {
    Path go = temp.resolve("go");
    String workflow = script.replace("ROOT", temp.toString());
    Project.Result first =
        project.flow(
            """
            %s
            def told = 'nothing failed'
            try {
            %s
            } catch (%s failed) {
              told = failed.toString()
            }
            yield Put('told', told) // another text would be a mismatch
            yield Exec('test -e %s', check: true)
            return told
            """
                .formatted(
                    workflow.lines().filter(line -> line.startsWith("@")).collect(joining("\n")),
                    workflow.lines().filter(line -> !line.startsWith("@")).collect(joining("\n")),
                    type.getSimpleName(),
                    go));
    assertThat(first.err()).contains("ExecFailed: 'test -e");
    Files.createFile(go);

    Project.Result again =
        project.conductor(
            "resume", first.err().lines().findFirst().orElseThrow().replace("run ", ""));

    assertThat(again.ok().out()).startsWith(type.getSimpleName() + ": ").hasSizeGreaterThan(20);
  }

  private static Arguments row(Class<? extends Failure> failure, String before, String script) {
    return Arguments.of(failure, before, script);
  }
}
