package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Workflows on a real repository with an agent that is a shell script. */
class RunTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void theBasicWorkflowEndsWithAPushedBranchAndALocalPullRequest() throws Exception {
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");

    JsonNode pr = project.conductor("run", "basic_pr", "--issue", issue.toString()).ok().json();

    assertThat(pr.path("title").asString()).isEqualTo("Add a greeting");
    assertThat(pr.path("target").asString()).isEqualTo("main");
    String branch = pr.path("branch").asString();
    assertThat(project.sh("git -C origin.git show " + branch + ":done.txt"))
        .contains("Please greet.");
    assertThat(project.sh(project.repo, "git status --porcelain; git branch --show-current"))
        .isEqualTo("main");
    assertThat(Path.of(pr.path("url").asString())).exists();
    JsonNode run = project.conductor("show", project.onlyRun(), "--json").ok().json();
    assertThat(run.path("status").asString()).isEqualTo("done");
    assertThat(run.path("issue").path("title").asString()).isEqualTo("Add a greeting");
    assertThat(run.path("pr_url").asString()).isEqualTo(pr.path("url").asString());
    assertThat(run.path("envs").get(0).path("branch").asString()).isEqualTo(branch);
    assertThat(run.path("agents").get(0).path("status").asString()).isEqualTo("done");
    assertThat(run.path("effects").findValuesAsString("effect"))
        .contains("CreateWorktree", "RunAgent", "CreatePR");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Add a greeting, please' | 'Add a greeting, please' | 'Add a greeting, please'",
        "'# Greeting\n\nSay hello.' | Greeting | Say hello.",
        "'---\ntitle: Greeting\nlabels: [x]\n---\nSay hello.\n' | Greeting | Say hello.",
      })
  void anIssueCanBeGivenInWords(String words, String title, String body) throws Exception {
    String flow = project.file("flow.groovy", "return [issue.title, issue.body]").toString();
    String expected = "[\"%s\",\"%s\"]%n".formatted(title, body);

    assertThat(project.conductor("run", flow, "--issue", words).ok().out()).isEqualTo(expected);
    assertThat(project.piped(words, "run", flow, "--issue", "-").ok().out()).isEqualTo(expected);
  }

  @Test
  void aLongSentenceGivesAShortTitle() throws Exception {
    String flow = project.file("flow.groovy", "return issue.title").toString();

    assertThat(project.conductor("run", flow, "--issue", "word ".repeat(40)).ok().out())
        .isEqualTo("word ".repeat(13) + "word...\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "my issue.md | my issue.md",
        "ISSUE-999 | ISSUE-999",
        "' ' | ' '",
      })
  void whatIsNoIssueStartsNothing(String given, String said) throws Exception {
    Project.Result refused =
        project.conductor("run", "basic_pr", "--issue", given.replace("'", ""));

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains(said.replace("'", ""));
    assertThat(project.piped(" \n", "run", "basic_pr", "--issue", "-").err()).contains("is empty");
    assertThat(project.conductor("ps", "--json").out()).isEqualTo("[]\n");
  }

  @Test
  void aTemplateStartsFromABaseAndProposesForATarget() throws Exception {
    project.sh(
        project.repo,
        """
        git switch -q -c release; echo two > two.txt; git add .; git commit -q -m two
        git push -q origin release main:stable; git switch -q main
        """);
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");

    JsonNode pr =
        project
            .conductor(
                "run",
                "basic_pr",
                "--issue",
                issue.toString(),
                "--base",
                "release",
                "--target",
                "stable")
            .ok()
            .json();

    assertThat(pr.path("target").asString()).isEqualTo("stable");
    assertThat(project.sh("git -C origin.git show " + pr.path("branch").asString() + ":two.txt"))
        .isEqualTo("two");
  }

  @Test
  void theSeedsMultiAgentWorkflowMergesWhatTwoAgentsDid() throws Exception {
    project.agent("read line; echo \"$line\" > \"$(echo $line | cut -d' ' -f1).txt\"; echo ok");
    Path issue = project.file("issue.md", "# T\n\nimpl this\n");

    project.conductor("run", flowFile(), "--issue", issue.toString()).ok();

    String branch =
        project
            .conductor("show", project.onlyRun(), "--json")
            .json()
            .path("envs")
            .get(2)
            .path("path")
            .asString();
    assertThat(Path.of(branch, "impl.txt")).hasContent("impl this");
    assertThat(Path.of(branch, "Write.txt")).hasContent("Write tests for: impl this");
    assertThat(Path.of(branch, "Review.txt")).exists();
  }

  private String flowFile() throws Exception {
    return project
        .file(
            "multi.groovy",
            """
            def (impl_env, test_env) = yield Gather([
              CreateWorktree(issue: issue, suffix: 'impl'),
              CreateWorktree(issue: issue, suffix: 'tests'),
            ])
            yield Gather([
              RunAgent(env: impl_env, prompt: issue.body),
              RunAgent(env: test_env, prompt: "Write tests for: ${issue.body}"),
            ])
            def merged_env = yield MergeBranches([impl_env, test_env])
            yield RunAgent(env: merged_env, prompt: 'Review and create PR')
            """)
        .toString();
  }

  @Test
  void anAnswerThatDoesNotFitTheSchemaIsAskedForAgain() throws Exception {
    project.agent(
        "cat > prompt; echo turn >> $LEDGER; "
            + "if [ $(wc -l < $LEDGER) -lt 3 ]; then echo 'I think so'; else echo '```json'; echo '{\"ok\": true}'; echo '```'; fi");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def answer = yield RunAgent(env, 'Is it fine?', output_format: [
              type: 'object', properties: [ok: [type: 'boolean']], required: ['ok']])
            return answer.ok
            """);

    assertThat(result.ok().out()).isEqualTo("true\n");
    assertThat(project.ledger()).hasSize(3);
  }

  @Test
  void aConflictLeavesNothingHalfMerged() throws Exception {
    Project.Result result =
        project.flow(
            """
            def (a, b) = yield Gather([CreateWorktree(suffix: 'a'), CreateWorktree(suffix: 'b')])
            yield WriteFile(a, 'README.md', 'left')
            yield WriteFile(b, 'README.md', 'right')
            try {
              yield MergeBranches([a, b])
            } catch (MergeConflict e) {
              return e.files
            }
            """);

    assertThat(result.ok().out()).isEqualTo("[\"README.md\"]\n");
    assertThat(project.sh(project.repo, "git branch --list 'conductor/*' | wc -l")).isEqualTo("2");
    assertThat(project.sh(project.repo, "git worktree list | wc -l")).isEqualTo("3");
  }

  @Test
  void anAgentResolvesConflictsWhenItIsAskedTo() throws Exception {
    project.agent("echo both > README.md");

    project
        .flow(
            """
            def (a, b) = yield Gather([CreateWorktree(suffix: 'a'), CreateWorktree(suffix: 'b')])
            yield WriteFile(a, 'README.md', 'left')
            yield WriteFile(b, 'README.md', 'right')
            def merged = yield MergeBranches([a, b], on_conflict: 'agent')
            return yield ReadFile(merged, 'README.md')
            """)
        .ok();
  }

  @Test
  void whatTheUserHasNotCommittedIsLeftOutAndCounted() throws Exception {
    project.sh(project.repo, "echo more > new.txt; git commit -q --allow-empty -m mine");

    Project.Result result = project.flow("yield CreateWorktree()");

    assertThat(result.ok().err())
        .contains("left out: 1 uncommitted file, 1 commit that origin/main does not have");
  }

  @Test
  void aGateBlocksUntilItIsAnswered() throws Exception {
    Path flow =
        project.file(
            "flow.groovy", "def a = yield Ask('Merge?', options: ['yes', 'no'])\nreturn a");

    Project.Result blocked = project.conductor("run", flow.toString(), "--no-wait");

    assertThat(blocked.code()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();
    assertThat(project.conductor("gates").out()).contains(run + " 1  Merge?  [yes, no]");
    assertThat(project.conductor("answer", run, "maybe").code()).isEqualTo(Exit.USAGE);
    project.conductor("answer", run, "yes").ok();
    Project.Result second = project.conductor("answer", run, "no");
    assertThat(second.code()).isEqualTo(Exit.USAGE);
    assertThat(second.err()).contains("was answered before");
    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("yes\n");
    assertThat(project.conductor("resume", run).code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aFailedRunIsResumedWhereItFailed() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            yield Exec('echo first >> $LEDGER', check: true)
            yield Exec('test -e %s/mended', check: true)
            return 'fine'
            """
                .formatted(temp));
    assertThat(project.conductor("run", flow.toString()).code()).isEqualTo(Exit.FAILED);
    Files.createFile(temp.resolve("mended"));

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.ok().out()).isEqualTo("fine\n");
    assertThat(project.ledger()).containsExactly("first");
  }

  /** Law 11. */
  @Test
  void theRunKeepsItsSourceWhenTheFileIsEdited() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            "yield Exec('test -e %s/go', check: true)\nreturn 'old'".formatted(temp));
    project.conductor("run", flow.toString());
    Files.writeString(flow, "return 'new'");
    Files.createFile(temp.resolve("go"));

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("old\n");
  }

  @Test
  void agentsThatAreStartedTakeMessagesInOrderAndOnce() throws Exception {
    project.agent("cat >> $LEDGER; echo >> $LEDGER; echo said");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'one', name: 'helper')
            yield SendMessage(helper, 'two')
            yield SendMessage(helper, 'three', wait: true)
            def status = yield WaitForStatus(helper, 'done', timeout: '30s')
            def out = yield CaptureOutput(helper, lines: 2)
            yield StopAgent(helper)
            return "$status ${out.readLines().size()} $helper.agent_type"
            """);

    assertThat(result.ok().out()).isEqualTo("DONE 2 mine\n");
    assertThat(project.ledger()).containsExactly("one", "two", "three");
  }

  @Test
  void whoWaitsForTheTurnOfAMessageIsToldThatItFailed() throws Exception {
    project.agent("p=$(cat); echo $p >> $LEDGER; [ $p != bad ] || exit 3; echo said");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'one', name: 'helper')
            yield WaitForStatus(helper, 'done', timeout: '30s')
            def told = yield Try(SendMessage(helper, 'bad', wait: true))
            yield SendMessage(helper, 'good', wait: true)
            return told.failure.class.simpleName
            """);

    assertThat(result.ok().out()).isEqualTo("AgentFailed\n");
    assertThat(project.ledger()).containsExactly("one", "bad", "good");
  }

  @Test
  void aChildRunHasARecordOfItsOwn() throws Exception {
    project.file("child.groovy", "@Param int n\nreturn n * 2");

    Project.Result result =
        project.flow(
            "return yield RunWorkflow('%s/child.groovy', params: [n: 21])".formatted(temp));

    assertThat(result.ok().out()).isEqualTo("42\n");
    assertThat(project.conductor("ps", "--json").json().size()).isEqualTo(2);
  }

  /** Law 10. */
  @Test
  void lookingIsFreeAndUnknownRunsAreNamed() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();

    assertThat(project.conductor("show", run.substring(3, 6)).ok().out()).contains(run);
    Project.Result unknown = project.conductor("show", "zzz");
    assertThat(unknown.code()).isEqualTo(Exit.USAGE);
    assertThat(unknown.err()).contains("no run is named 'zzz'").contains(run);
    for (String command : java.util.List.of("ps", "show", "logs", "watch")) {
      String before = project.sh("find state -type f | sort | xargs sha256sum");
      if (command.equals("ps")) {
        project.conductor(command).ok();
      } else {
        project.conductor(command, run).ok();
      }
      assertThat(project.sh("find state -type f | sort | xargs sha256sum")).isEqualTo(before);
    }
  }
}
