package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of a session list, forget, edit and show. */
@Timeout(240)
class SessionCommandsTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void theLastValueHasAName() throws Exception {
    Project.Result result =
        project.piped(
            """
            (yield Exec('echo 41')).output.strip() as int
            _ + 1
            def list = [_, 7]
            _.sum()
            null
            "$_ $list"
            """,
            "repl");

    assertThat(result.out()).isEqualTo("41\n42\n[42, 7]\n49\n49 [42, 7]\n");
  }

  @Test
  void aSavedWorkflowNamesTheLastValueWhereItIsUsed() throws Exception {
    project
        .piped("20 + 1\n_ * 2\ndef half = _ / 2\n\"$_ $half\"\n/save last.groovy\n", "repl")
        .ok();

    assertThat(project.conductor("run", "last.groovy").ok().out()).isEqualTo("21 21\n");
  }

  @Test
  void commandsListWhatWasEnteredImportedAndKnown() throws Exception {
    Project.Result result =
        project.piped(
            """
            import java.util.concurrent.TimeUnit
            def env = [branch: 'b', size: 3]
            def f() {
              nope
            }
            /history
            /imports
            /type env
            /type envs
            /help drop
            /help dorp
            /time
            1
            /time
            2
            /edit
            /more
            """,
            "repl");

    assertThat(result.out()).isEqualTo("['branch':'b', 'size':3]\n1\n2\n");
    assertThat(result.err())
        .contains("   1  import java.util.concurrent.TimeUnit\n   2  def env")
        .contains("   3  def f() {\n        nope\n      }")
        .contains("\nimport java.util.concurrent.TimeUnit\n")
        .contains("env  LinkedHashMap\n", "  branch ", "  size ")
        .contains("'envs' is no variable", "did you mean 'env'")
        .contains("/drop NAME          forgets a variable or a method\nLater entries")
        .contains("no command '/dorp' - did you mean '/drop'")
        .containsPattern(
            "each entry shows how long it took\n\\d+\\.\\d\\d s\nentries show no times\n")
        .contains("no terminal to edit at", "no terminal to show pages at");
  }

  @Test
  void whatIsForgottenIsForgottenByAResumedSessionToo() throws Exception {
    String run;
    try (var talking = new Talking(project, temp.resolve("err"), "repl")) {
      assertThat(talking.answer("def a = 1")).isEqualTo("1");
      talking.say("def f() { 2 }");
      talking.say("/drop a");
      talking.say("/drop f");
      talking.say("/drop nope");
      assertThat(talking.answer("try { a } catch (MissingPropertyException e) { 'gone' }"))
          .isEqualTo("gone");
      talking.say("f()");
      assertThat(talking.answer("import java.util.concurrent.TimeUnit; def b = 3")).isEqualTo("3");
      talking.say("/reset");
      assertThat(talking.answer("params.size() + 5")).isEqualTo("5");
      run = project.onlyRun();
      talking.process.destroyForcibly().onExit().join();
    }
    assertThat(Files.readString(temp.resolve("err")))
        .contains(
            "no variable or method 'nope'",
            "line-4:1:1: MissingMethodException: No signature of method: f ");

    Project.Result resumed =
        project.piped("b\nTimeUnit.SECONDS\ndef c = 4\n/vars\n/save c.groovy\n", "resume", run);

    assertThat(resumed.err()).contains("unknown name 'b'", "TimeUnit").contains("c  Integer  4");
    assertThat(Files.readString(project.repo.resolve("c.groovy")))
        .isEqualTo("params.size() + 5\ndef c = 4\n");
  }

  @Test
  void aSessionInJavaForgetsToo() throws Exception {
    Project.Result result =
        project.piped(
            """
            import java.util.concurrent.TimeUnit;
            int a = 1;
            int f() { return 2; }
            /imports
            /drop a
            a
            f()
            /history
            /reset
            f()
            TimeUnit.SECONDS
            int a = 7;
            /type a
            """,
            "repl",
            "--lang",
            "java");

    assertThat(result.out()).isEqualTo("1\n2\n7\n");
    assertThat(result.err())
        .contains("import java.util.concurrent.TimeUnit\n", "unknown name 'a'", "   5  f()")
        .contains("line-6:1:1:", "unknown name 'TimeUnit'", "a  Integer");
  }

  @Test
  void aTerminalEditsEntriesAndShowsLongValuesPageByPage() throws Exception {
    Path editor = project.file("editor", "#!/bin/sh\nsed -i 's/1/20/' \"$1\"\n");
    Path pager = project.file("pager", "#!/bin/sh\necho \"PAGED $(wc -c < \"$1\")\"\n");
    assertThat(editor.toFile().setExecutable(true) && pager.toFile().setExecutable(true)).isTrue();
    var environment =
        Map.of(
            "TERM",
            "tmux-256color",
            "LANG",
            "C.UTF-8",
            "EDITOR",
            editor.toString(),
            "PAGER",
            pager.toString());
    try (var pane = new Pane(project, 100, 40, environment, "repl")) {
      pane.await("^conductor>").enter("1 + 2").await("^3$");
      pane.enter("/edit 1").await("^22\\s+conductor>\\s*\\z");
      pane.enter("/edit 9").await("a number from 1 to 2");
      pane.enter("'x' * 20000").await("10,002 more characters: /more shows all of it");
      pane.enter("/more").await("^PAGED 20003\\s+conductor>\\s*\\z");
      pane.press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void whatARunningCommandPrintsIsShownAsItComes() throws Exception {
    var environment = Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 100, 40, environment, "repl")) {
      pane.await("^conductor>");
      pane.enter(
          "yield Exec('echo one; while [ ! -e go ]; do sleep 0.1; done; echo two; sleep 1'); 1");
      pane.await("^  │ one$");
      project.file("repo/go", "");
      pane.await("^  │ two\\s").await("^1\\s+conductor>\\s*\\z");
      pane.press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void aRunIsLookedIntoAndForkedAtATerminal() throws Exception {
    project.flow("def word = (yield Exec('echo hello')).output.strip()\n").ok();
    String run = project.onlyRun();
    var environment = Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");
    try (var pane = new Pane(project, 120, 40, environment, "repl", run)) {
      pane.await("look at its variables[^\n]*\\s+conductor>\\s*\\z");
      pane.enter("word").await("^'hello'\\s+conductor>\\s*\\z");
      pane.enter("(yield Exec('echo 5')).output.strip() + word").await("is a fork of " + run);
      pane.await("^'5hello'\\s+conductor>\\s*\\z")
          .enter("yield Sleep('100s')")
          .await("→ \\d +Sleep");
      pane.press("C-c").await("cancelled\\s+conductor>\\s*\\z");
      pane.enter("word + 1").await("^'hello1'\\s+conductor>\\s*\\z");
      pane.press("C-d").await("^EXIT 0$");
    }
    assertThat(project.conductor("ps", "--status", "done", "--json").json()).hasSize(2);
  }
}
