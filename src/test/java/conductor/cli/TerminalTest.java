package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions at a real terminal, with real keys. */
@Timeout(600)
@Order(1)
class TerminalTest {

  private static final Map<String, String> PLAIN =
      Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8");

  /** An empty prompt is the last thing shown. */
  private static final String PROMPT = "^conductor>\\s*\\z";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void definesCompletesYieldsFailsCancelsAndSavesWhatRunsToTheSame() throws Exception {
    try (var pane = new Pane(project, 100, 40, PLAIN, "repl")) {
      pane.await("^conductor>");
      pane.enter("def n = 40").await("^40$");
      pane.type("yield Sle").press("Tab").await("yield Sleep\\(  Sleep\\(duration\\) -> nothing");
      pane.enter("'100s')").await("→ 3 +Sleep");
      pane.press("C-c").await("^\\^?C?cancelled$");
      pane.enter("def f(x) {")
          .await("^ +\\|")
          .enter("x + n")
          .enter("}")
          .enter("f(2)")
          .await("^42$");
      pane.enter("nope").await("line-5:1:1: unknown name 'nope'\n    nope\n    \\^");
      pane.enter("yield Exec('exit 3', check: true)").await("line-6:1:7: ExecFailed");
      pane.enter("(yield Exec(\"echo ${f(2)} > \\$LEDGER; cat \\$LEDGER\")).output.strip()");
      pane.await("^'42'$");
      pane.enter("/save flow.groovy").await("saved as flow.groovy");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
    String saved = Files.readString(project.repo.resolve("flow.groovy"));
    assertThat(saved).contains("def f(x)").doesNotContain("nope", "Sleep", "exit 3");
    assertThat(project.conductor("run", "flow.groovy").ok().out()).isEqualTo("42\n");
    assertThat(project.conductor("ps", "--status", "done").out()).contains("repl", "flow");
    assertThat(Files.readString(project.state.root().resolve("repl-history")))
        .contains("def n = 40");
  }

  @Test
  void linesInJavaDoAllOfThisToo() throws Exception {
    try (var pane = new Pane(project, 100, 40, PLAIN, "repl", "--lang", "java")) {
      pane.await("^conductor>");
      pane.enter("int n = 40").await("^40$");
      pane.type("perform(Sle").press("Tab").await("perform\\(Sleep\\(  Sleep\\(duration\\) -> not");
      pane.enter("\"100s\"))").await("→ 3 +Sleep");
      pane.press("C-c").await("^\\^?C?cancelled$");
      pane.enter("int f(int x) {").await("^ +\\|").enter("return x + n;").enter("}");
      pane.await(PROMPT)
          .type("perform(Exec(\"x\").withTi")
          .press("Tab")
          .await("withTimeout\\(  Exec\\(command\\)");
      pane.press("C-c").await(PROMPT).enter("f(2)").await("^42$");
      pane.enter("nope").await("line-5:1:1: unknown name .nope.\\n    nope\\n    \\^");
      pane.enter("perform(Exec(\"exit 3\").withCheck(true))").await("line-6:1:9: ExecFailed");
      pane.await(PROMPT).enter("perform(Exec(\"echo on\")); int k = 0; while (true) { k++; }");
      pane.await("✓ .* on$").press("C-c").await("cancelled\\s+conductor>\\s*\\z");
      pane.enter("perform(Exec(\"echo \" + f(2) + \" > $LEDGER; cat $LEDGER\")).output().strip()");
      pane.await("^\"42\"$");
      pane.enter("/save flow.jsh").await("saved as flow.jsh");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
    String saved = Files.readString(project.repo.resolve("flow.jsh"));
    assertThat(saved).contains("int f(int x)").doesNotContain("nope", "Sleep", "exit 3", "while");
    assertThat(project.conductor("run", "flow.jsh").ok().out()).isEqualTo("42\n");
  }

  @Test
  void aQuestionIsAnsweredWhereItIsAsked() throws Exception {
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl")) {
      pane.await("^conductor>").enter("yield Ask(prompt: 'Go on?', options: ['yes', 'no'])");
      pane.await("^Go on\\? \\[yes, no\\]\\s*\\z")
          .enter("perhaps")
          .await("none of the answers: yes, no");
      pane.await("^Go on\\? \\[yes, no\\]\\s*\\z").enter("yes").await("^'yes'$");
      pane.await(PROMPT).enter("yield Ask('Sure?')").await("^Sure\\?\\s*\\z").press("C-c");
      // where the key and its signal cross, the prompt stands there twice
      pane.await("cancelled\\s+(conductor>\\s+)+\\z").enter("1 + 1").await("^2$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void ctrlCBreaksABusyLineAndDropsWhatIsTyped() throws Exception {
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl")) {
      pane.await("^conductor>");
      pane.enter("x = 1; yield Exec('echo on'); while (true) { x++ }").await("✓ .* on$");
      pane.press("C-c").await("cancelled");
      pane.await(PROMPT).type("def y = (").press("C-c").await(PROMPT).enter("x + 1").await("^2$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  /** S10. */
  @Test
  void whatCannotBeInterruptedIsToldOf() throws Exception {
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl")) {
      pane.await("^conductor>").enter("x = 1; (yield Exec('echo on')).passed");
      pane.await("^true\\s+conductor>\\s*\\z");
      pane.enter(
          "yield Exec('echo busy'); new java.util.concurrent.CompletableFuture().join() // conductor: allow");
      pane.await("✓ .* busy$").press("C-c").await("still busy: ");
      pane.press("C-c").await("is interrupted: go on with 'conductor resume").await("^EXIT 130$");
    }
    assertThat(project.conductor("ps").out()).contains("interrupted");
  }

  /** S10: what is cancelled meanwhile is cancelled when the call comes back. */
  @ParameterizedTest
  @ValueSource(strings = {"groovy", "java"})
  void aCancelDuringALongCallIsNotLost(String language) throws Exception {
    String busy =
        language.equals("java") ? "perform(Exec(\"echo busy\"))" : "yield Exec('echo busy')";
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl", "--lang", language)) {
      pane.await("^conductor>").enter(busy + "; var x = // conductor: allow");
      pane.enter(
          "new java.util.concurrent.CompletableFuture().completeOnTimeout(7, 4, java.util.concurrent.TimeUnit.SECONDS).join() // conductor: allow");
      pane.await("✓ .* busy$");
      pane.press("C-c").await("still busy: ").await("^cancelled$");
      pane.await(PROMPT).enter("x == null ? 3 : 4").await("unknown name|^3$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void aLineThatWasBrokenIsBusyAgainWhenItsSessionIsResumed() throws Exception {
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl")) {
      pane.await("^conductor>");
      pane.enter("x = 1; yield Exec('echo on'); while (true) { x++ }").await("✓ .* on$");
      pane.press("C-c").await("cancelled").await(PROMPT).enter("def y = x + 1").await("^2$");
      pane.await(PROMPT);
      owner(project.onlyRun()).destroyForcibly();
      pane.await("^EXIT 137$");
    }
    try (var pane = new Pane(project, 100, 30, PLAIN, "resume", project.onlyRun())) {
      pane.await("busy: ")
          .press("C-c")
          .await("conductor>\\s*\\z")
          .enter("[x, y]")
          .await("^\\[1, 2\\]$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  private ProcessHandle owner(String run) throws Exception {
    Matcher owned =
        Pattern.compile("\"owner\":\\d+,\"pid\":(\\d+)")
            .matcher(Files.readString(project.state.run(run).trace()));
    assertThat(owned.find()).isTrue();
    return ProcessHandle.of(Long.parseLong(owned.group(1))).orElseThrow();
  }

  @Test
  void aPasteOfTwoThousandLinesIsOneEntry() throws Exception {
    var text = new StringBuilder("def total = 0\n");
    for (int i = 1; i < 2000; i++) {
      text.append("total += ").append(i).append('\n');
    }
    Path file = project.file("paste.txt", text + "total");
    try (var pane = new Pane(project, 80, 24, PLAIN, "repl")) {
      pane.await("^conductor>").paste(file);
      pane.press("Enter").await("^1999000$");
      pane.enter("total + 1").await("^1999001$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  /** S1, S5, S9, S11. */
  @Test
  void textsAreEditedPastedWithTabsAndMayHaveEmptyLines() throws Exception {
    Path editor = project.file("editor", "#!/bin/sh\nsed -i 's/1/20/' \"$2\"\n");
    assertThat(editor.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8", "EDITOR", editor + " -x");
    Path tabs = project.file("tabs.txt", "def v1 = 5\nif (v1 > 3) {\n\tv1++ }\nv1\n");
    try (var pane = new Pane(project, 100, 40, environment, "repl")) {
      pane.await("^conductor>").type("1 + 2").press("C-x", "C-e");
      pane.await("^22\\s+conductor>\\s*\\z").pasteByKeys(tabs);
      pane.await("^6\\s+conductor>\\s*\\z");
      pane.enter("'''a").enter("").enter("").enter("b'''.size()").await("^5$");
      pane.await(PROMPT).enter("'x' * 300000").await("290,002 more characters");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  /** S7. */
  @Test
  void aTerminalThatCanDoLittleHasAPromptAndKeepsItsSession() throws Exception {
    try (var pane = new Pane(project, 80, 24, Map.of("TERM", "dumb", "LANG", "C.UTF-8"), "repl")) {
      pane.await("^conductor>").enter("1 + 1").await("^2$");
      pane.await(PROMPT).type("half").press("C-c").await("half\\^C\\s+conductor>\\s*\\z");
      pane.enter("def f() {").await("^ +\\|").enter("7 }");
      pane.await(PROMPT).enter("f()").await("^7$");
      pane.await(PROMPT);
      pane.enter("yield Sleep('100s')").await("→ \\d +Sleep").press("C-c").await("^cancelled$");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void aNarrowTerminalWithoutColoursWillDo() throws Exception {
    try (var pane = new Pane(project, 40, 12, Map.of("TERM", "vt100", "LANG", "C.UTF-8"), "repl")) {
      pane.await("^conductor>");
      pane.type("yield Exec(com").press("Tab").await("Exec\\(command: ");
      pane.enter("'echo narrow').output").await("^'narrow");
      pane.await(PROMPT).press("C-d").await("^EXIT 0$");
    }
  }

  @Test
  void aSessionThatIsStoppedFromElsewhereLetsGoOfTheTerminal() throws Exception {
    try (var pane = new Pane(project, 100, 30, PLAIN, "repl")) {
      pane.await("^conductor>").enter("1 + 1").await("^2$");
      project.conductor("stop", project.onlyRun()).ok();
      pane.await("^EXIT 1$");
    }
    assertThat(project.conductor("ps").out()).contains("aborted");
  }
}
