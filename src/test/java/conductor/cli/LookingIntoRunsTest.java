package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code repl RUN [--at POSITION]}: the run is only read, what is performed belongs to a fork. */
@Timeout(240)
class LookingIntoRunsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private List<String> ids() {
    var ids = new ArrayList<String>();
    project.conductor("ps", "--json").json().forEach(run -> ids.add(run.path("id").asString()));
    return ids;
  }

  private String fork(String run) {
    return ids().stream().filter(id -> !id.equals(run)).findFirst().orElseThrow();
  }

  @Test
  void aPastRunIsOpenedAtItsEndAndNothingOfItIsWritten() throws Exception {
    project.flow(
        """
        def word = (yield Exec('echo x >> $LEDGER; echo hello')).output.strip()
        def tried = yield Try(Exec('false', check: true))
        yield Exec('exit 4', check: true)
        """);
    String run = project.onlyRun();
    Path trace = project.state.run(run).trace();
    byte[] before = Files.readAllBytes(trace);

    Project.Result opened =
        project.piped("word.toUpperCase()\ntried\nyield Put('k', 5)\nword\n", "repl", run);

    assertThat(opened.ok().out()).startsWith("HELLO\n").endsWith("hello\n");
    assertThat(opened.err()).contains("exit 4");
    assertThat(ids()).as("nothing was performed, so there is no fork").containsExactly(run);
    assertThat(Files.readAllBytes(trace)).isEqualTo(before);
  }

  @Test
  void whatIsPerformedBelongsToAForkThatGoesOnWithTheVariables() throws Exception {
    project.flow(
        """
        def env = yield CreateWorktree(name: 'x')
        yield WriteFile(env, 'one.txt', 'one')
        def word = (yield Exec('echo x >> $LEDGER; echo hello', env: env)).output.strip()
        """);
    String run = project.onlyRun();
    byte[] before = Files.readAllBytes(project.state.run(run).trace());

    Project.Result opened =
        project.piped(
            """
            def times = 2
            word * times
            def ls = (yield Exec('echo y >> $LEDGER; pwd; ls', env: env)).output.readLines()
            [env.branch, ls.tail(), ls[0] == env.path.toString()]
            word
            """,
            "repl",
            run);

    String fork = fork(run);
    assertThat(opened.ok().out().lines().toList()).element(1).isEqualTo("hellohello");
    assertThat(opened.out())
        .endsWith("['conductor/x-%s', ['README.md', 'one.txt'], true]\nhello\n".formatted(fork));
    assertThat(opened.err()).containsOnlyOnce(fork + " is a fork of " + run);
    assertThat(project.ledger()).containsExactly("x", "y");
    assertThat(Files.readAllBytes(project.state.run(run).trace())).isEqualTo(before);
    assertThat(project.conductor("ps", "--status", "done").out()).contains(run, fork);
  }

  @Test
  void aForkFromBeforeAnEffectHasTheWorktreeOfBeforeIt() throws Exception {
    project.flow(
        """
        def env = yield CreateWorktree(name: 'x')
        yield WriteFile(env, 'one.txt', 'one')
        yield WriteFile(env, 'two.txt', 'two')
        """);

    Project.Result opened =
        project.piped(
            "(yield Exec('ls', env: env)).output.readLines()\n",
            "repl",
            project.onlyRun(),
            "--at",
            "3");

    assertThat(opened.ok().out()).endsWith("['README.md', 'one.txt']\n");
  }

  /** Law 10. */
  @Test
  void whatABranchAsksForWhileOneLooksIsNotPerformed() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            "yield Spawn { yield Exec('echo x >> $LEDGER; while ! [ -e go ]; do sleep 0.1; done') }");
    Process process = project.start("run", flow.toString());
    Project.await(project.ledger, process::isAlive);
    process.destroyForcibly().waitFor();
    String run = project.onlyRun();

    assertThat(project.piped("1 + 1\n", "repl", run).out()).contains("2");

    project.sh(project.repo, "touch go");
    assertThat(ids()).containsExactly(run);
    assertThat(project.ledger()).containsExactly("x");
    assertThat(project.conductor("resume", run).code()).isZero();
    assertThat(project.ledger()).containsExactly("x");
  }

  @Test
  void aRunIsOpenedBeforeAPositionWithWhatItsLoopHadAssigned() throws Exception {
    project.flow(
        """
        def sum = 0
        def words = []
        for (n in 1..4) {
          sum += n
          yield Status("round $n")
          words << (yield Exec("echo w$n >> \\$LEDGER; echo w$n")).output.strip()
        }
        def last = 'end'
        """);
    String run = project.onlyRun();

    Project.Result effect = project.piped("[sum, words]\nlast\n", "repl", run, "--at", "6");
    Project.Result status = project.piped("[sum, words]\n", "repl", run, "--at", "5");
    Project.Result nowhere = project.piped("sum\n", "repl", run, "--at", "99");
    Project.Result noRun = project.piped("1\n", "repl", "--at", "3");

    assertThat(effect.out()).isEqualTo("[6, ['w1', 'w2']]\n");
    assertThat(effect.err())
        .contains(run + " stands before 6 (Exec at flow.groovy:6)", "unknown name 'last'");
    assertThat(status.ok().out()).isEqualTo("[6, ['w1', 'w2']]\n");
    assertThat(status.err()).contains("stands before 5 (Status at flow.groovy:5)");
    assertThat(nowhere.code()).isEqualTo(Exit.USAGE);
    assertThat(nowhere.err()).contains("asked for nothing at '99'");
    assertThat(noRun.code()).isEqualTo(Exit.USAGE);
    assertThat(ids()).containsExactly(run);
    assertThat(project.ledger()).hasSize(4);
  }

  @Test
  void variablesOfTheBlockClosureAndMethodWhereItStandsAreThere() throws Exception {
    project.flow(
        """
        def review(String name, int times = 2) {
          def tags = [name]
          for (int i = 0; i < times; i++) {
            def said = (yield Exec("echo $name$i")).output.strip()
            tags << said
          }
          tags
        }
        def all = [:]
        ['a', 'b'].each { letter ->
          def upper = letter.toUpperCase()
          try {
            all[letter] = review(upper)
          } finally {
            def after = 'not this'
            yield Exec('true')
          }
        }
        """);
    String run = project.onlyRun();

    Project.Result inMethod =
        project.piped("[all.keySet(), name, i, tags]\nupper\n", "repl", run, "--at", "5");
    Project.Result inClosure =
        project.piped("[all, letter, upper, after]\n", "repl", run, "--at", "6");

    assertThat(inMethod.out()).isEqualTo("[['a'], 'B', 1, ['B', 'B0']]\n");
    assertThat(inMethod.err())
        .contains(
            "stands before 5 (Exec at flow.groovy:4 in review)", "are to be seen, not those of")
        .contains("unknown name 'upper'");
    assertThat(inClosure.ok().out())
        .isEqualTo("[['a':['A', 'A0', 'A1'], 'b':['B', 'B0', 'B1']], 'b', 'B', 'not this']\n");
  }

  @Test
  void aRunIsFoundByItsNameAndAnEntryOfASessionByItsPosition() throws Exception {
    Path flow = project.file("flow.groovy", "def a = (yield Exec('echo 3')).output.strip()\n");
    project.conductor("run", flow.toString(), "--name", "mine").ok();
    project.piped("def b = 1\nb = 2; yield Exec('echo x >> $LEDGER'); b = 3\n", "repl").ok();
    String session = ids().getFirst();

    assertThat(project.piped("a\n", "repl", "mine").ok().out()).isEqualTo("3\n");
    Project.Result option = project.piped("a\n", "repl", "mine", "--simulate");
    assertThat(option.code()).isEqualTo(Exit.USAGE);
    assertThat(option.err()).contains("leave --lang");
    assertThat(project.piped("b\nb = 7\nb\n", "repl", session, "--at", "3").ok().out())
        .isEqualTo("2\n7\n7\n");
    assertThat(project.ledger()).containsExactly("x");
  }

  @Test
  void aFailureInALoopShowsTheVariablesWhereItFailed() throws Exception {
    project.flow(
        "def done = 0\nfor (n in 1..3) {\n  yield Exec(\"exit ${n - 1}\", check: true)\n  done = n\n}\n");

    Project.Result opened = project.piped("[n, done]\n", "repl", project.onlyRun());

    assertThat(opened.ok().out()).isEqualTo("[2, 1]\n");
    assertThat(opened.err()).contains("ExecFailed: 'exit 1'");
  }

  @Test
  void aForkFromWithinABranchIsResumedWithoutTheEffectItStandsBefore() throws Exception {
    project.flow(
        """
        def seen = []
        try {
          yield Gather(
            a: { seen << (yield Exec('echo a1')).output.strip(); yield Exec('echo a2 >> $LEDGER') },
            b: { seen << (yield Exec('echo b1')).output.strip(); yield Exec('echo b2 >> $LEDGER') })
        } finally {
          yield Exec('echo finally >> $LEDGER')
        }
        """);
    String run = project.onlyRun();
    String seen;
    String fork;
    try (var talking = new Talking(project, temp.resolve("err"), "repl", run, "--at", "1.b.2")) {
      seen = talking.answer("seen");
      assertThat(seen).contains("'b1'").doesNotContain("2");
      assertThat(Files.readString(temp.resolve("err")))
          .containsPattern(
              run + " stands before 1.a.\\d \\(Exec at flow.groovy:4\\), 1.b.2 \\(Exec")
          .doesNotContain("flow.groovy:7");
      assertThat(talking.answer("(yield Exec('echo mine >> $LEDGER; echo 5')).output.strip()"))
          .isEqualTo("5");
      fork = fork(run);
      talking.process.destroyForcibly().onExit().join();
    }

    Project.Result resumed = project.piped("seen\n/save x.groovy\n", "resume", fork);

    assertThat(resumed.ok().out()).isEqualTo(seen + "\n");
    assertThat(project.ledger()).containsExactlyInAnyOrder("a2", "b2", "finally", "mine");
  }

  @Test
  void aLivingRunIsLookedIntoAndNotDisturbed() throws Exception {
    String text =
        "def a = yield Exec('echo 1')\nyield Status('x')\ntry { yield Ask('go?') } finally { yield Exec('echo 2') }";
    Path flow = project.file("flow.groovy", text);
    assertThat(project.conductor("run", flow.toString(), "--no-wait").code())
        .isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();
    try (var running = new Talking(project, temp.resolve("err"), "resume", run)) {
      Project.Result looked =
          project.piped("a.exit_code\nyield Exec('echo 3 >> $LEDGER; echo 3')\n", "repl", run);

      assertThat(looked.ok().out()).startsWith("0\n");
      assertThat(looked.err()).contains("stands before 3 (Ask at flow.groovy:3)");
      project.conductor("answer", run, "3", "yes").ok();
      assertThat(running.process.waitFor()).isZero();
    }
    assertThat(project.ledger()).containsExactly("3");
    String other = project.conductor("run", flow.toString(), "--no-wait").out();
    assertThat(other).isEmpty();
    String stopped = ids().getFirst();
    project.conductor("stop", stopped).ok();
    assertThat(project.piped("a.exit_code\n", "repl", stopped).ok().out()).isEqualTo("0\n");
  }

  @Test
  void aSessionThatEndedIsOpenedAndGoesOnInAFork() throws Exception {
    project.piped("def a = (yield Exec('echo 3')).output.strip()\n/quit\n", "repl").ok();
    String run = project.onlyRun();

    Project.Result opened = project.piped("a + 1\n/fork\n(yield Random(1)) + 7\na\n", "repl", run);

    assertThat(opened.ok().out()).isEqualTo("31\n7\n3\n");
    JsonNode fork = project.conductor("show", fork(run), "--json").json();
    assertThat(fork.path("effects").findValuesAsString("effect"))
        .containsExactly("Line", "Exec", "Line", "Line", "Random", "Line", "Line");
    assertThat(project.piped("a\n", "resume", run).code()).isEqualTo(Exit.USAGE);
    assertThat(project.piped("nope\n/fork\na\n", "repl", run).code())
        .as("a failure before the fork counts")
        .isOne();
  }

  @Test
  void aSessionGoesOnInAForkOfItselfAndCanBeTakenUpAgain() throws Exception {
    Project.Result result =
        project.piped(
            """
            def env = yield CreateWorktree(name: 'x')
            yield WriteFile(env, 'one.txt', 'one')
            /fork
            yield WriteFile(env, 'two.txt', 'two')
            (yield Exec('ls *.txt', env: env)).output.readLines()
            """,
            "repl");

    assertThat(result.ok().out()).endsWith("['one.txt', 'two.txt']\n");
    String session = ids().getLast();
    assertThat(result.err()).contains("a fork of " + session);
    assertThat(
            project
                .piped("(yield Exec('ls *.txt', env: env)).output.readLines()\n", "resume", session)
                .ok()
                .out())
        .isEqualTo("['one.txt']\n");
  }

  @Test
  void aWorktreeWhoseTreeIsGoneRefusesTheForkAndTheLookGoesOn() throws Exception {
    project
        .flow("def env = yield CreateWorktree(name: 'x')\nyield WriteFile(env, 'a', 'a')\n")
        .ok();
    String run = project.onlyRun();
    project.configure("worktree: {setup: 'echo no room; exit 3'}");

    Project.Result opened =
        project.piped(
            "env.base_branch\nyield Exec('ls', env: env)\nenv.base_branch\n", "repl", run);

    assertThat(opened.code()).isOne();
    assertThat(opened.out()).endsWith("'main'\n'main'\n".replace("'", ""));
    assertThat(opened.err()).contains("cannot be forked there", "nothing was performed");
    assertThat(ids()).containsExactly(run);
  }
}
