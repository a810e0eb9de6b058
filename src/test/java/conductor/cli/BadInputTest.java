package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What workflows make of wrong input and of unusual places, and that nothing is lost by it. */
class BadInputTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void aPromptOfAMegabyteArrivesUnchanged() throws Exception {
    project.agent("cmp - \"$CONDUCTOR_PROMPT_FILE\" && wc -c < \"$CONDUCTOR_PROMPT_FILE\"");

    Project.Result result =
        project.flow(
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
        "sleep 60 | AgentTimeout | timeout of 1s is over",
        "head -c 100000000 /dev/zero; exit 1 | AgentFailed | ended with exit code 1",
        "head -c 17825792 /dev/zero >&1; exit 0 | AgentFailed | its answer has 17 MiB, and 16 MiB are the most",
        "sh -c 'sleep 60' & kill -9 $$ | AgentEnded | was killed three times, by the signal KILL",
      })
  void anAgentThatEndsBadlyIsATypedFailureAndNothingIsLeft(
      String agent, String type, String message) throws Exception {
    project.agent(agent);

    Project.Result result =
        project.flow(
            "def env = yield CreateWorktree()\nyield RunAgent(env, 'x', timeout: '1s', idle_timeout: '1m')");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("flow.groovy:2:7: " + type).contains(message);
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
    Project.Result result = project.flow(text);

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
    Project.Result result = project.flow("@Param String a = 'x'\nreturn a", "--params", params);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains(message).contains(more);
  }

  @Test
  void anAgentThatDoesNotExistIsToldBeforeAnyWorktree() throws Exception {
    project.configure("agents: {mine: {command: [/no/such/agent]}}\n");

    Project.Result result =
        project.flow("def env = yield CreateWorktree()\nyield RunAgent(env, 'x')");

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("'/no/such/agent' is not on the PATH");
    assertThat(project.state.worktrees()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yield CreateWorktree(base_branch: 'nope') | UnknownBase: there is no branch or commit 'nope'",
        "yield CreateWorktree(branch: 'a..b') | BadBranchName: git refuses the branch name 'a..b'",
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
    Project.Result result = project.flow(text);

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains(message).contains("flow.groovy:1");
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
        project.flow(
            "def e = yield CreateWorktree()\nyield WriteFile(e, 'a', 'b')\nyield Commit(e, 'x')");

    assertThat(result.code()).isEqualTo(Exit.FAILED);
    assertThat(result.err()).contains("NoIdentity").contains("set user.name and user.email");
  }
}
