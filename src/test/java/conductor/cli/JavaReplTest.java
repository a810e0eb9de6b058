package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sessions with lines in Java are runs like those in Groovy. */
@Timeout(240)
class JavaReplTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Project.Result java(String lines, String... more) throws Exception {
    var words = new java.util.ArrayList<>(java.util.List.of("repl", "--lang", "java"));
    words.addAll(java.util.List.of(more));
    return project.piped(lines, words.toArray(String[]::new));
  }

  @Test
  void whatIsEnteredIsPrintedJournaledSavedAndOpened() throws Exception {
    Project.Result result =
        java(
            """
            record Point(int x, String name) { }
            var n = Integer.parseInt(perform(Exec("echo x >> $LEDGER; echo 41")).output().strip());
            int next(int x) {
              return x + 1;
            }
            nope
            System.exit(7);
            perform(Exec("exit 3").withCheck(true));
            new Point(next(n), "a") + " text"
            /vars
            /effect Exec
            /run none.jsh
            /save flow.groovy
            /save flow.jsh
            perform(RunWorkflow("flow.jsh"))
            """);

    assertThat(result.code()).isOne();
    assertThat(result.out()).isEqualTo("41\nPoint[x=42, name=a] text\nPoint[x=42, name=a] text\n");
    assertThat(result.err())
        .contains("line-4:1:1: unknown name 'nope'")
        .contains("line-5:1:1: System.exit reaches for the process")
        .contains("line-6:1:9: ExecFailed: 'exit 3' ended with exit code 3")
        .contains("n  Integer  41", "Exec(command) .withEnv", "write /save flow.jsh")
        .contains("saved as flow.jsh; run it", "none.jsh")
        .doesNotContain("\tat ", "REPL.", "conductor.script");
    String run =
        project
            .conductor("ps", "--json")
            .json()
            .valueStream()
            .filter(each -> each.path("name").asString().equals("repl"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asString();
    JsonNode shown = project.conductor("show", run, "--json").json();
    assertThat(shown.path("status").asString()).isEqualTo("done");
    assertThat(shown.path("effects").findValuesAsString("effect"))
        .containsSubsequence("Line", "Line", "Exec", "Line", "Exec", "RunWorkflow");

    Project.Result opened =
        project.piped("n + 1\nperform(Exec(\"echo y\")).output().strip() + n\n", "repl", run);
    assertThat(opened.ok().out()).isEqualTo("42\ny41\n");
    assertThat(opened.err()).contains("is a fork of " + run);
  }

  @Test
  void aSessionThatWasLeftGoesOnWithItsVariables() throws Exception {
    try (var talking = new Talking(project, temp.resolve("err"), "repl", "--lang", "java")) {
      assertThat(
              talking.answer(
                  "var a = perform(Exec(\"echo x >> $LEDGER; echo 7\")).output().strip();"))
          .isEqualTo("7");
      assertThat(talking.answer("String twice(String x) { return x + x; } twice(a)"))
          .isEqualTo("77");
      talking.process.destroyForcibly().onExit().join();
    }

    Project.Result resumed = project.piped("twice(a) + a\n", "resume", project.onlyRun());

    assertThat(resumed.ok().out()).isEqualTo("777\n");
    assertThat(project.ledger()).containsExactly("x");
  }

  @Test
  void aRunOfAWorkflowInJavaIsOpenedAtItsEndAndAFileIsRunFirst() throws Exception {
    Path flow =
        project.file(
            "flow.jsh",
            """
            @Param("how often") int rounds = 2;
            var word = perform(Exec("echo x >> $LEDGER; echo hello")).output().strip();
            word.repeat(rounds)
            """);
    assertThat(project.conductor("run", flow.toString()).ok().out()).isEqualTo("hellohello\n");

    Project.Result opened =
        project.piped("word.toUpperCase()\nrounds + 1\n", "repl", project.onlyRun());
    Project.Result first =
        project.piped("word.length()\n", "repl", flow.toString(), "--param", "rounds=3");
    Project.Result other = project.piped("", "repl", "--lang", "groovy", flow.toString());

    assertThat(opened.ok().out()).isEqualTo("HELLO\n3\n");
    assertThat(first.ok().out()).isEqualTo("hellohellohello\n5\n");
    assertThat(project.ledger()).containsExactly("x", "x");
    assertThat(other.code()).isEqualTo(Exit.USAGE);
    assertThat(other.err()).contains("is written in java");
  }

  @Test
  void aFileIsEnteredAndARecordOfOnesOwnIsTheLastValue() throws Exception {
    project.file("repo/part.jsh", "record Part(int size) { }\nint three() {\n  return 3;\n}\n");

    Project.Result result =
        java("/load part.jsh\nSystem.exit(2); // conductor: allow\nnew Part(three())\n");

    assertThat(result.out()).isEqualTo("Part[size=3]\n");
    assertThat(result.err())
        .contains("line-2:1:1: System.exit(2) would end conductor")
        .doesNotContain("NotJournalable");
    assertThat(project.conductor("ps").out()).contains("done");
  }

  @Test
  void aSimulatedSessionPerformsNothing() throws Exception {
    Project.Result result =
        java(
            "var ran = perform(Exec(\"echo x >> $LEDGER; exit 3\"));\nran.exitCode()\n",
            "--simulate");

    assertThat(result.ok().out()).endsWith("\n0\n");
    assertThat(project.ledger()).isEmpty();
  }

  @Test
  void whatIsSavedThoughItCannotBeRunIsSaid() throws Exception {
    Project.Result java = java("var kept = Now();\n/save kept.jsh\n");
    Project.Result groovy = project.piped("def kept = Now()\n/save kept.groovy\n", "repl");

    assertThat(java.err())
        .contains("saved as kept.jsh, but it cannot be run as it is:")
        .contains("kept.jsh:1:12: Now is never performed");
    assertThat(groovy.err())
        .contains("saved as kept.groovy, but it cannot be run as it is:")
        .contains("kept.groovy:1:");
    assertThat(Files.exists(project.repo.resolve("kept.jsh"))).isTrue();
  }
}
