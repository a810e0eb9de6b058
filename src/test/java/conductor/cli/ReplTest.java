package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sessions that read a stream: what is entered is a run like any other. */
@Timeout(240)
class ReplTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void whatIsEnteredIsEvaluatedPrintedAndJournaledAsARun() throws Exception {
    Project.Result result =
        project.piped(
            """
            def n = yield Exec('echo 41').output.strip() as int
            def next(x) {
              x + 1
            }
            [next(n), 'text']
            "text ${n}"
            """
                .replace(
                    "yield Exec('echo 41').output.strip() as int",
                    "(yield Exec('echo 41')).output.strip() as int"),
            "repl");

    assertThat(result.ok().out()).isEqualTo("41\n[42, 'text']\ntext 41\n");
    JsonNode run = project.conductor("show", project.onlyRun(), "--json").json();
    assertThat(run.path("name").asString()).isEqualTo("repl");
    assertThat(run.path("status").asString()).isEqualTo("done");
    assertThat(run.path("result").asString()).isEqualTo("text 41");
    assertThat(run.path("effects").findValuesAsString("effect"))
        .containsExactly("Line", "Exec", "Line", "Line", "Line", "Line");
  }

  @Test
  void aLineThatFailsIsToldAndTheRestGoesOn() throws Exception {
    Project.Result result =
        project.piped(
            "def a = 1\nnope\n1 +* 2\nyield Exec('false', check: true)\na + 1\n/bogus\n", "repl");

    assertThat(result.code()).isOne();
    assertThat(result.out()).isEqualTo("1\n2\n");
    assertThat(result.err())
        .contains("line-2:1:1: unknown name 'nope'\n    nope\n    ^")
        .contains("line-3:1:3: Unexpected input: '+'", "ExecFailed", "no command '/bogus'")
        .doesNotContain("conductor.", "\tat ");
  }

  @Test
  void whatIsSavedRunsToTheSameValue() throws Exception {
    Project.Result result =
        project.piped(
            """
            def words = []
            ['b', 'a'].each { words << (yield Exec("echo $it")).output.strip() }
            nope
            def sorted() { words.sort() }
            def words = sorted() + ['c']
            words.join('-')
            /save flow.groovy
            """,
            "repl");

    assertThat(result.out()).endsWith("a-b-c\n");
    assertThat(Files.readString(project.repo.resolve("flow.groovy"))).doesNotContain("nope");
    assertThat(project.conductor("run", "flow.groovy").ok().out()).isEqualTo("a-b-c\n");
  }

  @Test
  void aKilledSessionGoesOnWithItsVariablesAndPerformsNothingTwice() throws Exception {
    String run;
    try (var talking = new Talking(project, temp.resolve("err"), "repl")) {
      assertThat(talking.answer("def a = (yield Exec('echo x >> $LEDGER; echo 7')).output.strip()"))
          .isEqualTo("7");
      assertThat(talking.answer("def twice(x) { x * 2 }; twice(a)")).isEqualTo("77");
      run = project.onlyRun();
      assertThat(waits(run)).isTrue();
    }
    assertThat(project.conductor("ps").out()).contains("interrupted");

    Project.Result resumed = project.piped("twice(a) + a\n/vars\n", "resume", run);

    assertThat(resumed.ok().out()).isEqualTo("777\n");
    assertThat(resumed.err()).contains("a  String  '7'");
    assertThat(project.ledger()).containsExactly("x");
    assertThat(project.conductor("ps").out()).contains("done");
  }

  /** Whether a session comes to wait for a line. */
  private boolean waits(String run) throws InterruptedException {
    return new DirectoryWatch(project.state.run(run).root())
        .until(
            () -> project.conductor("ps", "--status", "blocked").out().contains(run),
            Duration.ofMinutes(1));
  }

  @Test
  void anySignalLeavesASessionToBeResumed() throws Exception {
    try (var talking = new Talking(project, temp.resolve("err"), "repl")) {
      assertThat(talking.answer("def a = 5")).isEqualTo("5");
      project.sh("kill -TERM " + talking.process.pid());

      assertThat(talking.process.waitFor()).isEqualTo(143);
    }
    String run = project.onlyRun();
    assertThat(Files.readString(temp.resolve("err"))).contains("conductor resume " + run);
    assertThat(project.piped("a + 1\n", "resume", run).ok().out()).isEqualTo("6\n");
  }

  @Test
  void aQuestionIsAnsweredByTheNextLineOrFromElsewhere() throws Exception {
    Project.Result result =
        project.piped(
            """
            def a = yield Ask(prompt: 'Go?', options: ['yes', 'no'])
            maybe
            yes
            def both = yield Gather(x: Ask('X?'), y: Ask('Y?'))
            1
            2
            [a, both]
            """,
            "repl");

    assertThat(result.ok().out())
        .isEqualTo("yes\n['x':'1', 'y':'2']\n['yes', ['x':'1', 'y':'2']]\n");
    assertThat(result.err()).contains("'maybe' is none of the answers: yes, no");
    try (var talking = new Talking(project, temp.resolve("err"), "repl")) {
      assertThat(talking.answer("1 + 1")).isEqualTo("2");
      String run =
          project.conductor("ps", "--json", "--limit", "1").json().get(0).path("id").asString();
      talking.say("yield Ask('Who?')");
      assertThat(asks(run)).isTrue();
      project.conductor("answer", run, "3", "somebody else").ok();
      assertThat(talking.answer("2 + 2")).isEqualTo("somebody else");
    }
  }

  private boolean asks(String run) throws InterruptedException {
    return new DirectoryWatch(project.state.run(run).root())
        .until(() -> project.conductor("gates").out().contains(run + " 3"), Duration.ofMinutes(1));
  }

  @Test
  void aLastValueThatNoJournalHoldsFailsNoSession() throws Exception {
    assertThat(
            project.piped("class P { String toString() { 'a P' } }\nnew P()\n", "repl").ok().out())
        .isEqualTo("a P\n");
    JsonNode run = project.conductor("show", project.onlyRun(), "--json").json();
    assertThat(run.path("result").asString()).isEqualTo("a P");

    assertThat(project.piped("new P()\n", "repl", project.onlyRun()).ok().out()).isEqualTo("a P\n");
  }

  @Test
  void stoppingASessionFromElsewhereEndsIt() throws Exception {
    try (var talking = new Talking(project, temp.resolve("err"), "repl")) {
      assertThat(talking.answer("def a = 5")).isEqualTo("5");

      project.conductor("stop", project.onlyRun()).ok();

      assertThat(talking.process.waitFor()).isOne();
    }
    assertThat(project.conductor("ps").out()).contains("aborted");
  }

  @Test
  void aFileIsRunFirstAndItsVariablesAreThere() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            "@Param('how often') int rounds = 2\ndef made = (1..rounds).collect { it * 10 }\nreturn made");

    Project.Result result =
        project.piped("made.sum()\n", "repl", flow.toString(), "--param", "rounds=3");
    Project.Result wrong = project.piped("1\n", "repl", flow.toString(), "--param", "round=3");

    assertThat(result.ok().out()).isEqualTo("[10, 20, 30]\n60\n");
    assertThat(wrong.code()).isEqualTo(Exit.USAGE);
    assertThat(wrong.err()).contains("rounds");
  }

  @Test
  void commandsLoadRunAndTell() throws Exception {
    project.file("repo/part.groovy", "def three() {\n  3\n}\nx = 1");
    project.file("repo/child.groovy", "return 'of the child'");

    Project.Result result =
        project.piped(
            "/load part.groovy\nthree()\n/run child.groovy\n/effect Sleep\n/effect Slep\n/journal\n/load none\n/save\n",
            "repl");

    assertThat(result.out()).isEqualTo("1\n3\nof the child\n");
    assertThat(result.err())
        .contains("Sleep(duration) -> nothing", "did you mean 'Sleep'", "RunWorkflow done")
        .contains("cannot read none", "write /save FILE");
  }

  /** S14. */
  @Test
  void aQuestionThatTheEndOfTheStreamLeavesOpenIsBlocked() throws Exception {
    Project.Result result = project.piped("yield Ask('x?')\n", "repl");

    assertThat(result.code()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();
    assertThat(result.err()).contains(run + " is blocked: 'x?'", "conductor answer " + run + " 2");
    project.conductor("answer", run, "2", "yes").ok();
    assertThat(project.piped("'done'\n", "resume", run).ok().out()).endsWith("done\n");
  }

  /** S8, S20. */
  @Test
  void savingReplacesNoFileUnaskedAndEffectsAreLookedFor() throws Exception {
    Path file = Files.writeString(project.repo.resolve("flow.groovy"), "'mine'\n");
    Project.Result result = project.piped("1\n/save flow.groovy\n/effects exe\n", "repl");

    assertThat(result.err())
        .contains("flow.groovy is there already: write /save flow.groovy --force")
        .contains("Exec(command")
        .doesNotContain("CreateIssue");
    assertThat(Files.readString(file)).isEqualTo("'mine'\n");
    assertThat(project.piped("2\n/save flow.groovy --force\n/save flow.groovy\n", "repl").code())
        .isZero();
    assertThat(Files.readString(file)).isEqualTo("2\n");
  }

  @Test
  void anEmptyInputIsASessionThatDidNothing() throws Exception {
    assertThat(project.piped("", "repl").ok().out()).isEmpty();
    assertThat(project.conductor("ps").out()).contains("done");
  }

  @Test
  void noLineCanEndTheProcess() throws Exception {
    Project.Result result = project.piped("System.exit(7)\n1\n", "repl");

    assertThat(result.code()).isOne();
    assertThat(result.out()).isEqualTo("1\n");
    assertThat(result.err()).contains("System.exit reaches for the process");
  }

  @Test
  void aPasteOfTwoThousandLinesIsDone() throws Exception {
    var text = new StringBuilder("def total = 0\n");
    for (int i = 1; i <= 2000; i++) {
      text.append("total += ").append(i).append('\n');
    }
    project.file("repo/many.groovy", text + "total");

    assertThat(project.piped("/load many.groovy\n", "repl").ok().out()).isEqualTo("2001000\n");
    String lines = text.substring(0, text.lastIndexOf("\n", 2000) + 1);
    assertThat(project.piped(lines, "repl").ok().out().lines())
        .hasSize((int) lines.lines().count());
  }

  @Test
  void aSimulatedSessionPerformsNothing() throws Exception {
    Project.Result result =
        project.piped(
            """
            def env = yield CreateWorktree(suffix: 'x')
            def ran = yield Exec('echo x >> $LEDGER; exit 3', env: env)
            def pr = yield CreatePR(env: env, title: 'T')
            yield Put('k', 5)
            [ran.exit_code, pr.title, yield Get('k'), (yield RunAgent(env: env, prompt: 'p', output_format: [type: 'integer'])) instanceof Integer]
            """,
            "repl",
            "--simulate");

    assertThat(result.ok().out()).endsWith("[0, 'T', 5, true]\n");
    assertThat(project.ledger()).isEmpty();
    assertThat(project.conductor("env", "list", "--json").json()).isEmpty();
    assertThat(project.conductor("pr", "list", "--json").json()).isEmpty();
  }
}
