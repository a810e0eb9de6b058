package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What shells complete when TAB is pressed. */
@Timeout(600)
class ShellCompletionTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp).agent("echo first; printf 'last words'");
  }

  private List<String> completed(String line) throws Exception {
    Path script = project.file("completion", project.conductor("completion", "bash").ok().out());
    String answer =
        project.sh(
            project.repo,
            "bash -c 'source %s; COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=:; _conductor; echo ${COMPREPLY[*]}' bash '%s'"
                .formatted(script, line));
    return List.of(answer.split(" ", -1));
  }

  @Test
  void knowsWhatThereIs() throws Exception {
    project.flow("yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'impl')").ok();
    project.conductor("issue", "create", "One").ok();
    project
        .flow(
            "def e = yield CreateWorktree()\nyield WriteFile(e, 'a', 'b')\nyield CreatePR(e, 'T')")
        .ok();
    String run = project.conductor("ps", "--json").json().get(1).path("id").asString();

    assertThat(completed("conductor iss")).containsExactly("issue");
    assertThat(completed("conductor hel")).containsExactly("help");
    assertThat(completed("conductor help pe")).containsExactly("permissions");
    assertThat(completed("conductor help res")).containsExactly("resume");
    assertThat(completed("conductor issue "))
        .containsExactly("create", "list", "show", "resolve", "import");
    assertThat(completed("conductor issue show ")).containsExactly("ISSUE-001");
    assertThat(completed("conductor issue list --status r")).containsExactly("resolved");
    assertThat(completed("conductor show wf-")).hasSize(2).contains(run);
    assertThat(completed("conductor logs " + run + ":")).containsExactly("impl");
    assertThat(completed("conductor watch " + run + " --agent ")).containsExactly("impl");
    assertThat(completed("conductor run ba")).containsExactly("basic_pr");
    assertThat(completed("conductor run basic_pr --issue I")).containsExactly("ISSUE-001");
    assertThat(completed("conductor run x --issue REA")).containsExactly("README.md");
    assertThat(completed("conductor run x --agent ")).contains("mine");
    assertThat(completed("conductor run x --det")).containsExactly("--detach");
    assertThat(completed("conductor pr diff ")).containsExactly("1");
    assertThat(completed("conductor effects CreateI")).containsExactly("CreateIssue");
    assertThat(completed("conductor env delete ")).hasSize(2).contains("flow-" + run);
    assertThat(completed("conductor template new x --lang j")).containsExactly("java");
    assertThat(completed("conductor check ba")).containsExactly("basic_pr");
    assertThat(completed("conductor answer " + run + " ")).containsExactly("");
  }

  @Test
  void speaksNoOtherShells() {
    assertThat(project.conductor("completion", "csh").err()).contains("none of bash, zsh, fish");
  }

  @Test
  void bashCompletesAtATerminal() throws Exception {
    complete("bash", "bash", "--norc");
  }

  @Test
  void zshCompletesAtATerminal() throws Exception {
    complete("zsh", "zsh", "-f");
  }

  @Test
  void fishCompletesAtATerminal() throws Exception {
    project.file("home/.local/share/fish/generated_completions/none", ""); // else it makes them
    complete("fish", "fish", "--private");
  }

  /** S15: what {@code repl} takes, values of options, and names with blanks and quotes. */
  private void complete(String shell, String... command) throws Exception {
    assumeThat(onPath(shell)).as("%s is there", shell).isTrue();
    project.conductor("issue", "create", "One").ok();
    project.flow("yield RunAgent(env: yield(CreateWorktree()), prompt: 'x', name: 'im pl')").ok();
    String run = project.onlyRun();
    project.file("repo/my dir/a b.groovy", "1");
    project.file("repo/it's $(touch x)/c.groovy", "1");
    project.file("repo/params.json", "{}");
    Path script = project.file("words." + shell, project.conductor("completion", shell).ok().out());
    Path given =
        project.file("bin/conductor", "#!/bin/sh\nprintf given; printf '<%s>' \"$@\"; echo");
    project.sh("chmod +x bin/conductor");
    project.environment.put("PATH", given.getParent() + ":" + System.getenv("PATH"));

    try (Pane pane = Pane.of(project, command)) {
      if (shell.equals("zsh")) {
        pane.enter("autoload -U compinit; compinit -u -D");
      }
      pane.enter("source " + script + "; echo rea''dy").await("^ready");
      var lines = new Lines(pane);
      lines.become("issue sh", "<issue><show>");
      lines.become("issue show ", "<issue><show><ISSUE-001>");
      lines.become("run ba", "<run><basic_pr>");
      lines.become("run x --det", "<run><x><--detach>");
      lines.become("run x --issue REA", "<run><x><--issue><README.md>");
      lines.become("run x --issue=REA", "<run><x><--issue=README.md>");
      lines.become("run x --params @par", "<run><x><--params><@params.json>");
      lines.become("run x --params=@par", "<run><x><--params=@params.json>");
      lines.become("repl wf-", "<repl><" + run + ">");
      lines.become("repl REA", "<repl><README.md>");
      lines.become("repl --lang gr", "<repl><--lang><groovy>");
      lines.become("repl --lang=gr", "<repl><--lang=groovy>");
      lines.become("check 1 my\\ dir/a", "<check><1><my dir/a b.groovy>");
      lines.become("check 2 \"my dir/a", "<check><2><my dir/a b.groovy>");
      lines.become("check 3 'my dir/a", "<check><3><my dir/a b.groovy>");
      lines.become("check 4 my\\ dir/", "<check><4><my dir/a b.groovy>");
      lines.become("check it\\'s\\ \\$\\(touch\\ x\\)/c", "<check><it's $(touch x)/c.groovy>");
      lines.become("logs " + run + ":", "<logs><" + run + ":im pl>");
      pane.enter("exit").await("^EXIT");
    }
    assertThat(project.repo.resolve("x")).doesNotExist();
  }

  /** Lines that are typed, completed and entered. */
  private record Lines(Pane pane) {

    void become(String typed, String given) throws Exception {
      pane.type("conductor " + typed).press("Tab", "Enter").await("^given" + Pattern.quote(given));
    }
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
