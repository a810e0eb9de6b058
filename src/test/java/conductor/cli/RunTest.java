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

  private Project.Result flow(String text, String... more) throws Exception {
    Path file = project.file("flow.groovy", text);
    var args = new java.util.ArrayList<String>(java.util.List.of("run", file.toString()));
    args.addAll(java.util.List.of(more));
    return project.conductor(args.toArray(String[]::new));
  }

  @Test
  void theBasicWorkflowEndsWithAPushedBranchAndALocalPullRequest() throws Exception {
    Path issue = project.file("issue.md", "# Add a greeting\n\nPlease greet.\n");

    JsonNode pr = project.conductor("run", "basic_pr", "--issue", issue.toString()).ok().json();

    assertThat(pr.path("title").asString()).isEqualTo("Add a greeting");
    assertThat(pr.path("target").asString()).isEqualTo("main");
    String branch = pr.path("branch").asString();
    assertThat(project.sh("git -C origin.git show " + branch + ":done.txt"))
        .isEqualTo("Please greet.");
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
        flow(
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
  void aPromptOfAMegabyteArrivesUnchanged() throws Exception {
    project.agent("cmp - \"$CONDUCTOR_PROMPT_FILE\" && wc -c < \"$CONDUCTOR_PROMPT_FILE\"");

    Project.Result result =
        flow(
            """
            def env = yield CreateWorktree()
            def text = (0..<1024).collect { "é\\t\\u0001'\\"\\\\" * 128 }.join('\\n')
            def size = yield RunAgent(env, text)
            return size.trim() as int == text.getBytes('UTF-8').length
            """);

    assertThat(result.ok().out()).isEqualTo("true\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exit 3 | AgentFailed | ended with exit code 3",
        "sleep 60 | AgentTimeout | timeout of PT1S is over",
        "head -c 100000000 /dev/zero; exit 1 | AgentFailed | ended with exit code 1",
        "sh -c 'sleep 60' & kill -9 $$ | AgentFailed | ended with exit code 137",
      })
  void anAgentThatEndsBadlyIsATypedFailureAndNothingIsLeft(
      String agent, String type, String message) throws Exception {
    project.agent(agent);

    Project.Result result =
        flow(
            "def env = yield CreateWorktree()\nyield RunAgent(env, 'x', timeout: '1s', idle_timeout: '1m')");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("flow.groovy:2:1: " + type).contains(message);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process ->
            process.info().commandLine().orElse("").contains(temp.toString())
                && process.pid() != ProcessHandle.current().pid());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def x = yield CreateWorktree(isue: 1) | flow.groovy:1:30: CreateWorktree has no parameter 'isue' - did you mean 'issue'?",
        "def x = = 1 | flow.groovy:1:9: Unexpected input",
        "@Param String a; return a | the workflow needs the parameter 'a'",
      })
  void aWrongScriptStartsNothing(String text, String message) throws Exception {
    Project.Result result = flow(text);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains(message).doesNotContain("\tat ");
    assertThat(project.conductor("ps").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": | --params is not JSON: | at line 1, column",
        "[1] | --params must be a JSON object | found [1]",
        "{\"b\": 1} | the workflow has no parameter 'b' | it has a?",
      })
  void wrongParametersAreToldBeforeAnythingStarts(String params, String message, String more)
      throws Exception {
    Project.Result result = flow("@Param String a = 'x'\nreturn a", "--params", params);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains(message).contains(more);
  }

  @Test
  void anAgentThatDoesNotExistIsToldBeforeAnyWorktree() throws Exception {
    project.configure("agents: {mine: {command: [/no/such/agent]}}\n");

    Project.Result result = flow("def env = yield CreateWorktree()\nyield RunAgent(env, 'x')");

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("'/no/such/agent' is not on the PATH");
    assertThat(project.state.worktrees()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yield CreateWorktree(base_branch: 'nope') | UnknownBase: there is no branch or commit 'nope'",
        "yield CreateWorktree(name: 'a..b') | BadBranchName: git refuses the branch name 'conductor/a..b-wf-",
        "yield MergeBranches([]) | BadMerge: cannot merge: no worktree is given",
        "def e = yield CreateWorktree(); yield MergeBranches([e, e]) | is given twice",
        "def e = yield CreateWorktree(); yield DeleteWorktree(e); yield MergeBranches([e]) | is gone",
        "def e = yield CreateWorktree(); yield Commit(e, 'x') | NothingToCommit",
        "def e = yield CreateWorktree(); yield CreatePR(e, 'x') | NothingToPropose",
        "def e = yield CreateWorktree(); yield ReadFile(e, '../x') | OutsideWorktree",
        "def e = yield CreateWorktree(); yield ReadFile(e, '.') | NotText",
        "def e = yield CreateWorktree(); yield Exec('ln -s /etc l', env: e); yield ReadFile(e, 'l/passwd') | OutsideWorktree",
        "def e = yield CreateWorktree(); yield WriteFile(e, 'a', 'b'); yield DeleteWorktree(e) | UnmergedWork",
        "yield Exec('exit 7', check: true) | ExecFailed: 'exit 7' ended with exit code 7",
        "yield Exec('sleep 60', timeout: '300ms') | ExecTimeout",
        "yield GetIssue('ISSUE-9') | IssueNotFound",
        "yield RunWorkflow('nope') | BadWorkflow",
      })
  void aFailureIsTypedAndNamesWhatIsWrong(String text, String message) throws Exception {
    Project.Result result = flow(text);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains(message).contains("flow.groovy:1");
  }

  @Test
  void aConflictLeavesNothingHalfMerged() throws Exception {
    Project.Result result =
        flow(
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

    flow("""
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

    Project.Result result = flow("yield CreateWorktree()");

    assertThat(result.ok().err())
        .contains("left out: 1 uncommitted file, 1 commit that origin/main does not have");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mkdir -p sub | sub | ",
        "git checkout -q --detach | . | ",
        "git worktree add -q ../linked | ../linked | ",
        "git remote remove origin | . | nothing was pushed",
      })
  void worksWhereverTheUserStands(String before, String directory, String said) throws Exception {
    project.sh(project.repo, before);
    Path flow =
        project.file(
            "flow.groovy",
            "def e = yield CreateWorktree()\nyield WriteFile(e, 'a', 'b')\nyield CreatePR(e, 'T', target: 'main')");

    Project.Result result =
        project.conductorIn(project.repo.resolve(directory).normalize(), "run", flow.toString());

    assertThat(result.ok().json().path("status").asString()).isEqualTo("open");
    if (said != null) {
      assertThat(result.err()).contains(said);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mkdir x | x | is not in a git repository",
        "git init -q --bare x | x | is a bare repository",
        "git init -q x | x | without a commit",
      })
  void aPlaceWithoutARepositoryIsTold(String before, String directory, String message)
      throws Exception {
    project.sh(before);
    Path flow = project.file("flow.groovy", "yield CreateWorktree()");

    Project.Result result = project.conductorIn(temp.resolve(directory), "run", flow.toString());

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("NotARepository").contains(message);
    assertThat(
            project
                .conductorIn(
                    temp.resolve(directory), "run", project.file("f.groovy", "return 1").toString())
                .ok()
                .out())
        .isEqualTo("1\n");
  }

  @Test
  void withoutAnIdentityACommitSaysSo() throws Exception {
    project.sh(
        "git config --global --unset user.name; git config --global --unset user.email; git config --global user.useConfigOnly true");

    Project.Result result =
        flow("def e = yield CreateWorktree()\nyield WriteFile(e, 'a', 'b')\nyield Commit(e, 'x')");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("NoIdentity").contains("set user.name and user.email");
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
        flow(
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
  void aChildRunHasARecordOfItsOwn() throws Exception {
    project.file("child.groovy", "@Param int n\nreturn n * 2");

    Project.Result result =
        flow("return yield RunWorkflow('%s/child.groovy', params: [n: 21])".formatted(temp));

    assertThat(result.ok().out()).isEqualTo("42\n");
    assertThat(project.conductor("ps", "--json").json().size()).isEqualTo(2);
  }

  @Test
  void lookingIsFreeAndUnknownRunsAreNamed() throws Exception {
    flow("return 1").ok();
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
