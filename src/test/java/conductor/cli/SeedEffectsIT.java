package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** The effects and templates of the seed, line by line. */
@Execution(ExecutionMode.CONCURRENT)
class SeedEffectsIT extends SeedLines {

  // Effects

  @Test
  @Order(50)
  @DisplayName("`CreateWorktree(issue?, base_branch?, suffix?)`")
  void createWorktree() throws Exception {
    project.sh(
        project.repo,
        "git checkout -q -b other && git commit -q --allow-empty -m o && git push -q origin other");
    assertThat(
            result(
                "return (yield CreateWorktree(issue: issue, base_branch: 'other', suffix: 's')).branch"))
        .startsWith("conductor/issue-s-wf-");
    assertThat(project.sh("git -C state/worktrees/*/*/ log -1 --format=%s")).isEqualTo("o");
  }

  @Test
  @Order(51)
  @DisplayName("`MergeBranches([envs], strategy?)`")
  void mergeBranches() throws Exception {
    for (String strategy : List.of("merge", "squash", "rebase")) {
      assertThat(
              result(
                  """
                  def envs = yield Gather(['a', 'b'].collect { CreateWorktree(suffix: it) })
                  envs.eachWithIndex { env, n -> yield WriteFile(env: env, path: "f$n", content: 'x') }
                  def merged = yield MergeBranches(envs, strategy: '%s')
                  return (yield Exec(command: 'git ls-files', env: merged)).output
                  """
                      .formatted(strategy)))
          .as(strategy)
          .isEqualTo("README.md\nf0\nf1");
    }
  }

  @Test
  @Order(52)
  @DisplayName("`DeleteWorktree(env)`")
  void deleteWorktree() throws Exception {
    assertThat(result("return yield DeleteWorktree(yield(CreateWorktree()))")).isEqualTo("true");
    assertThat(project.packaged("env", "list").ok().out()).isEmpty();
  }

  @Test
  @Order(53)
  @DisplayName("`CreateIssue(title, body, labels?)`")
  void createIssue() throws Exception {
    assertThat(result("return (yield CreateIssue(title: 'T', body: 'B', labels: ['l'])).id"))
        .isEqualTo("ISSUE-001");
    assertThat(Files.readString(project.state.issues().resolve("ISSUE-001.md")))
        .contains("title: T", "labels: [", "B");
  }

  @Test
  @Order(54)
  @DisplayName("`ListIssues(status?, labels?)`")
  void listIssues() throws Exception {
    project.packaged("issue", "create", "One", "--labels", "x").ok();
    project.packaged("issue", "create", "Two").ok();
    project.packaged("issue", "resolve", "ISSUE-002").ok();
    assertThat(
            result(
                "return [(yield ListIssues(status: 'all', labels: ['x']))*.id, (yield ListIssues(status: 'resolved'))*.id, (yield ListIssues()).size()].flatten().join(' ')"))
        .isEqualTo("ISSUE-001 ISSUE-002 1");
  }

  @Test
  @Order(55)
  @DisplayName("`GetIssue(id)`")
  void getIssue() throws Exception {
    project.packaged("issue", "create", "One").ok();
    assertThat(result("return (yield GetIssue('ISSUE-001')).title")).isEqualTo("One");
  }

  @Test
  @Order(56)
  @DisplayName("`ResolveIssue(issue, result?)`")
  void resolveIssue() throws Exception {
    project.packaged("issue", "create", "One").ok();
    assertThat(
            result(
                "return (yield ResolveIssue(issue: yield(GetIssue('ISSUE-001')), result: 'fixed')).status"))
        .contains("resolved");
    assertThat(Files.readString(project.state.issues().resolve("ISSUE-001.md")))
        .contains("status: resolved", "result: fixed");
  }

  @Test
  @Order(57)
  @DisplayName("`RunAgent(type, env, prompt, output_format?)`")
  void runAgent() throws Exception {
    assertThat(result("return yield RunAgent('mine', yield(CreateWorktree()), 'hello')"))
        .isEqualTo("heard: hello");
    assertThat(
            result(
                """
                def schema = [type: 'object', properties: [approved: [type: 'boolean']], required: ['approved']]
                return (yield RunAgent(type: 'mine', env: yield(CreateWorktree()), prompt: 'p', output_format: schema)).approved
                """))
        .isEqualTo("true");
  }

  @Test
  @Order(58)
  @DisplayName(
      "`SpawnAgent(type, env, prompt)`, `SendMessage(agent_ref, message)`, `WaitForStatus(agent_ref, status, timeout?)`, `CaptureOutput(agent_ref, lines?)`")
  void spawnAgent() throws Exception {
    assertThat(
            result(
                """
                def agent = yield SpawnAgent('mine', yield(CreateWorktree()), 'first')
                yield SendMessage(agent, 'second')
                yield WaitForStatus(agent, 'done', '30s')
                return yield CaptureOutput(agent, 1)
                """))
        .isEqualTo("heard: second");
  }

  @Test
  @Order(60)
  @DisplayName("`Commit(env, message)`")
  void commit() throws Exception {
    assertThat(
            result(
                """
                def env = yield CreateWorktree()
                yield WriteFile(env: env, path: 'x', content: 'y')
                return (yield Commit(env, 'A message')).size()
                """))
        .isEqualTo("40");
    assertThat(project.sh("git -C state/worktrees/*/*/ log -1 --format=%s")).isEqualTo("A message");
  }

  @Test
  @Order(61)
  @DisplayName("`Push(env, remote?, force?)`")
  void push() throws Exception {
    String branch =
        result(
            """
            def env = yield CreateWorktree()
            yield WriteFile(env: env, path: 'x', content: 'y')
            yield Commit(env: env, message: 'm')
            yield Push(env: env, remote: 'origin', force: true)
            return env.branch
            """);
    assertThat(project.sh("git -C origin.git show " + branch + ":x")).isEqualTo("y");
  }

  @Test
  @Order(62)
  @DisplayName("`CreatePR(env, title, body, target?)`, `MergePR(pr, strategy?)`")
  void createAndMergePr() throws Exception {
    project.sh(project.repo, "git push -q origin HEAD:release");
    for (String strategy : List.of("merge", "squash", "rebase")) {
      assertThat(
              result(
                  """
                  def env = yield CreateWorktree(base_branch: 'release')
                  yield WriteFile(env: env, path: '%s', content: 'y')
                  def pr = yield CreatePR(env: env, title: 'T', body: 'B', target: 'release')
                  return (yield MergePR(pr, '%s')).status
                  """
                      .formatted(strategy, strategy)))
          .contains("merged");
      assertThat(project.sh("git -C origin.git show release:" + strategy)).isEqualTo("y");
    }
  }

  // Templates

  @Test
  @Order(70)
  @DisplayName("`basic_pr`: issue -> agent -> PR")
  void basicPr() throws Exception {
    aRun();
    assertThat(project.packaged("pr", "list").ok().out()).contains("Add a greeting");
  }

  @Test
  @Order(71)
  @DisplayName("`enforced_pr`: issue -> agent -> test -> fix loop -> PR")
  void enforcedPr() throws Exception {
    project
        .packaged(
            "run", "enforced_pr", "--issue", issue, "--param", "test_command=test -f fix-1.txt")
        .ok();
    Project.Result failed =
        project.packaged(
            "run",
            "enforced_pr",
            "--issue",
            issue,
            "--params",
            "{\"test_command\": \"false\", \"max_retries\": 1}");
    assertThat(failed.code()).isOne();
    assertThat(failed.err()).contains("ExecFailed");
    assertThat(project.packaged("pr", "list").ok().out().lines()).hasSize(1);
  }

  @Test
  @Order(72)
  @DisplayName("`reviewed_pr`: issue -> agent -> review -> PR")
  void reviewedPr() throws Exception {
    JsonNode pr =
        project
            .packaged("run", "reviewed_pr", "--issue", issue, "--param", "max_reviews=1")
            .ok()
            .json();
    assertThat(pr.path("status").asString()).isEqualTo("open");
    assertThat(project.packaged("pr", "show", "1").ok().out()).contains("approved in review");
  }

  @Test
  @Order(73)
  @DisplayName("`multi_agent`: issue -> parallel agents -> merge -> PR")
  void multiAgent() throws Exception {
    JsonNode pr = project.packaged("run", "multi_agent", "--issue", issue).ok().json();
    assertThat(project.sh("git -C origin.git ls-tree --name-only " + pr.path("branch").asString()))
        .contains("impl.txt", "tests.txt");
  }
}
