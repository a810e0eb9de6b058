package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real run did happens again in a scenario, without its agent. */
class RecordedScenarioTest {

  private static final String FLOW =
      """
      def env = yield CreateWorktree(issue: issue)
      def plan = yield RunAgent(env: env, prompt: "plan ${issue.title} in ${env.path}", name: 'planner')
      def rounds = 0
      def seen = yield Exec('sh check.sh', env: env)
      while (!seen.passed) {
        rounds++
        yield RunAgent(env: env, prompt: "repair: ${seen.output}")
        seen = yield Exec('sh check.sh', env: env)
      }
      def sure = yield Ask('Open it?', options: ['yes', 'no'])
      def pr = yield CreatePR(env, issue.title)
      return [plan, rounds, sure, yield(ReadFile(env, 'README.md'))]
      """;

  /** Makes a check that fails, then repairs it, and commits that itself. */
  private static final String AGENT =
      """
      case "$(cat)" in
        plan*) printf 'test -e fixed || { echo "no fix for $API_TOKEN"; exit 3; }\\n' > check.sh
          git rm -q --cached README.md && rm README.md; echo "planned with $API_TOKEN" ;;
        *) touch fixed; git add -A; git -c user.name=a -c user.email=a@b commit -q -m 'Repair it'; echo repaired ;;
      esac
      """;

  private static final String SECRET = "tok-8f3b2a91c7d6";

  @TempDir private Path temp;
  private Project project;
  private Path flow;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.agent(AGENT);
    project.environment.put("API_TOKEN", SECRET);
    Path config = temp.resolve("home/.config/doeff-conductor/config.yaml");
    Files.writeString(config, Files.readString(config).replace("[LEDGER]", "[LEDGER, API_TOKEN]"));
    flow = project.file("flow.groovy", FLOW.replace("'README.md'", "'check.sh'"));
  }

  private String ran() throws Exception {
    var asked =
        project.conductor(
            "run", flow.toString(), "--issue", "Greet us", "--name", "real", "--no-wait");
    assertThat(asked.code()).as(asked.err()).isEqualTo(Exit.BLOCKED);
    project.conductor("answer", "real", "yes").ok();
    project.conductor("resume", "real").ok();
    return project.onlyRun();
  }

  private Project.Result tested() throws Exception {
    project.configure("agent: none\n"); // there is nobody to pay
    return project.conductorIn(temp, "test", "tests");
  }

  @Test
  void aRunHappensAgainWithoutItsAgentAndWithoutItsSecrets() throws Exception {
    String run = ran();
    Files.createDirectories(temp.resolve("tests"));

    var recorded = project.conductorIn(temp, "test", "--record", "real", "tests").ok();

    Path test = temp.resolve("tests/flow_%s_test.groovy".formatted(run));
    Path recording = temp.resolve("tests/recordings/%s.json".formatted(run));
    assertThat(recorded.out()).isEqualTo(recording + "\n" + test + "\n");
    assertThat(Files.readString(test))
        .contains("run '../flow.groovy'", "status == 'done'", "agents.size() == 2");
    assertThat(Files.readString(recording))
        .contains("no fix for ***API_TOKEN***", "Repair it", "\"README.md\" : null")
        .doesNotContain(SECRET);
    Files.writeString(
        test,
        Files.readString(test)
            .replace(
                "status ==",
                """
                result[1..2] == [1, 'yes']
                    pulls[0].files.toSorted() == ['README.md', 'check.sh', 'fixed']
                    worktrees[0].files.keySet() == ['check.sh', 'fixed'] as Set
                    status ==\
                """));
    var again = tested();
    assertThat(again.ok().out()).as(again.out()).contains("1 passed");
    assertThat(project.conductorIn(temp, "test", "--record", run, "tests").ok().out())
        .contains("was there, and stays as it is");
  }

  @Test
  void aPromptThatChangedIsNamedAndMayBeAllowed() throws Exception {
    ran();
    project.conductorIn(temp, "test", "--record", "real").ok();
    Files.createDirectories(temp.resolve("tests"));
    project.sh("mv *_test.groovy recordings tests/; cp flow.groovy tests/");
    project.sh("sed -i \"s/run 'flow'/run 'flow'/; s/repair:/Repair:/\" tests/*.groovy");

    var changed = tested();

    assertThat(changed.code()).isOne();
    assertThat(changed.out())
        .contains(
            "the rule in line 3",
            "the prompt of the agent is another one than in wf-",
            "- repair: no fix for ***API_TOKEN***",
            "+ Repair: no fix for ***API_TOKEN***",
            "prompts: false");
    project.sh("sed -i \"s/json'/json', prompts: false/\" tests/*_test.groovy");
    assertThat(tested().ok().out()).contains("1 passed");
  }

  @Test
  void whatIsAskedMoreOftenThanItWasRecordedIsSaid() throws Exception {
    ran();
    Files.createDirectories(temp.resolve("tests"));
    project.conductorIn(temp, "test", "--record", "real", "tests").ok();
    Files.writeString(
        flow, FLOW.replace("def sure", "yield Exec('sh check.sh', env: env)\ndef sure"));

    assertThat(tested().out())
        .contains("has 2 runs of the command 'sh check.sh', and this is number 3");
  }

  /** A recording that lacks something says so: git may have lost it, with the repository. */
  @Test
  void whatIsNoLongerThereIsSaid() throws Exception {
    String run = ran();
    project.sh(
        project.repo,
        "git for-each-ref --format='delete %(refname)' refs/conductor/ | git update-ref --stdin");

    var recorded = project.conductorIn(temp, "test", "--record", run, "--json").ok();

    assertThat(recorded.err())
        .contains("not recorded: what " + run + " changed in worktrees: git keeps nothing of it");
    assertThat(recorded.json().path("missing").size()).isOne();
  }

  @Test
  void whatCannotBeRecordedIsRefused() throws Exception {
    project.conductor("run", "-e", "return 1", "--name", "words").ok();
    var asking = project.flow("return yield Ask('ok?')", "--name", "asks", "--no-wait");
    assertThat(asking.code()).isEqualTo(Exit.BLOCKED);

    assertRefused("is in no file: '-'", "test", "--record", "words");
    assertRefused("record it once it has ended", "test", "--record", "asks");
    assertRefused("takes one directory that is there", "test", "--record", "words", "nowhere");
    assertRefused("no run is named 'wf-zz'", "test", "--record", "wf-zz");
    project.file(
        "tests/x_test.groovy", "scenario('x') {\n  recorded 'gone.json'\n  run 'basic_pr'\n}");
    assertThat(tested().err()).contains("there is no recording", "tests/gone.json", "--record RUN");
    project.file("tests/gone.json", "[]");
    assertThat(tested().err()).contains("tests/gone.json", "it holds no object");
  }

  private void assertRefused(String why, String... words) throws Exception {
    var refused = project.conductorIn(temp, words);
    assertThat(refused.err()).contains(why);
    assertThat(refused.code()).isEqualTo(Exit.USAGE);
  }
}
