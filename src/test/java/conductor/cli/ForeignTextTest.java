package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F20, N8: escape sequences of agents, issues and scripts do not reach the terminal. */
class ForeignTextTest {

  private static final String EVIL = "\u001b]0;title\u0007\u001b[31mred\u001b[0m\u202e\u009b2J!";

  @TempDir private Path temp;

  @Test
  void noCommandPrintsWhatATerminalObeys() throws Exception {
    Project project =
        Project.withOrigin(temp)
            .agent("cat > done.txt; printf '\\033]0;t\\007\\033[1mfine\\033[0m'");
    String text =
        """
        yield Status('EVIL')
        def env = yield CreateWorktree()
        yield RunAgent(env, 'EVIL', name: 'impl')
        yield Exec("printf 'EVIL'")
        yield CreateIssue('T', body: 'EVIL')
        yield CreatePR(env, 'TEVIL', body: 'EVIL')
        yield Ask('EVIL')
        """
            .replace("EVIL", EVIL.replace("\u001b", "\\u001b").replace("\u0007", "\\u0007"));
    Project.Result ran = project.flow(text, "--no-wait");
    assertThat(ran.code()).as(ran.err()).isEqualTo(Exit.BLOCKED);
    assertClean(ran.err());
    String run = project.onlyRun();

    List<List<String>> commands =
        List.of(
            List.of("ps"),
            List.of("show", run),
            List.of("watch", run),
            List.of("logs", run),
            List.of("logs", run + ":impl"),
            List.of("gates"),
            List.of("pr", "list"),
            List.of("pr", "show", "1"),
            List.of("issue", "list"),
            List.of("issue", "show", "ISSUE-001"),
            List.of("env", "list"),
            List.of("wait", run),
            List.of("answer", run, "7.x", EVIL),
            List.of("show", EVIL));
    for (List<String> command : commands) {
      Project.Result result = project.conductor(command.toArray(String[]::new));
      assertThat(result.out() + result.err()).as(command.toString()).isNotEmpty();
      assertClean(result.out());
      assertClean(result.err());
    }

    assertThat(project.conductor("ps", "--json").json().get(0).path("line").asString())
        .isEqualTo(EVIL);
    assertThat(project.conductor("gates", "--json").json().get(0).path("prompt").asString())
        .isEqualTo(EVIL);
  }

  private static void assertClean(String printed) {
    assertThat(printed.chars())
        .as(printed)
        .noneMatch(c -> c != '\n' && c != '\t' && (Character.isISOControl(c) || c == 0x202e));
    assertThat(printed).doesNotContain("[0m", "[31m", "[1m", "0;t");
  }

  /** Results are for programs too: exact, but for a person who looks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aResultIsExactOffATerminal(boolean screen) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var console = new Console(out, out, screen, true, true, false);

    console.result(EVIL);
    console.say(console.red(EVIL) + EVIL);

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo((screen ? "red!" : EVIL) + "\n\u001b[31mred!\u001b[0mred!\n");
  }
}
