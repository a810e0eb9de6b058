package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Friction 6: what a command printed is addressed by its position, with the time of each line. */
class LogsTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String logs(String... more) {
    var words = Stream.concat(Stream.of("logs"), Stream.of(more)).toArray(String[]::new);
    return project.conductor(words).ok().out();
  }

  @Test
  void aStepIsWhatItsCommandsHooksAndAgentsPrinted() throws Exception {
    project.agent("cat > done.txt; echo \"turn $CONDUCTOR_TURN\"");
    Files.writeString(
        temp.resolve("home/.config/doeff-conductor/config.yaml"),
        "worktree: {setup: \"echo preparing\"}\n",
        java.nio.file.StandardOpenOption.APPEND);
    project.sh(
        project.repo,
        "printf '#!/bin/sh\\necho hooked\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit");
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'x')
            yield Gather(a: { yield Exec('echo one; echo two >&2'); yield Exec('echo three') }, b: Exec('echo four'))
            yield RunAgent(env: env, prompt: 'p', name: 'impl')
            def ref = yield RunAgent(env: env, prompt: 'q', name: 'other')
            yield Commit(env, 'All')
            yield Verify(env, command: 'echo verified')
            """)
        .ok();
    String run = project.onlyRun();

    assertThat(logs(run + ":1")).isEqualTo("preparing\n");
    assertThat(logs(run + ":2.a.1")).isEqualTo("one\ntwo\n");
    assertThat(logs(run + ":2")).isEqualTo("one\ntwo\nfour\nthree\n");
    assertThat(logs(run + ":3")).isEqualTo("turn 1\n").isEqualTo(logs(run + ":impl"));
    assertThat(logs(run + ":5")).contains("hooked");
    assertThat(logs(run + ":6")).isEqualTo("verified\n");
    assertThat(project.conductor("logs", run + ":2.a.1", "--json").json().get(0).path("from"))
        .hasToString("\"2.a.1\"");
    var missing = project.conductor("logs", run + ":9.x.1");
    assertThat(missing.code()).isEqualTo(Exit.USAGE);
    assertThat(missing.err()).contains("has no step '9.x.1'", "conductor show " + run);
  }

  @Test
  void eachLineHasTheTimeAtWhichItWasPrintedAndOldLogsStayReadable() throws Exception {
    project
        .flow(
            """
            yield Exec('''
              echo early
              times=$(readlink /proc/$$/fd/1).times
              until [ -s "$times" ]; do echo tick; sleep 0.2; done # the first line's time is written
              echo "late \\033[1m"
            ''')
            """
                .replace("\\033", "\\u001b"))
        .ok();
    String step = project.onlyRun() + ":1";

    List<String> lines = logs(step, "-t").lines().toList();
    assertThat(lines.get(0)).matches(TIME + "  early");
    assertThat(lines.getLast()).matches(TIME + "  late ?");
    String early = lines.get(0).substring(0, 24);
    String late = lines.getLast().substring(0, 24);
    assertThat(early).isLessThan(late);
    List<String> since =
        lines.stream()
            .filter(line -> line.substring(0, 24).compareTo(late) >= 0)
            .map(line -> line.substring(26))
            .toList();
    assertThat(since).doesNotContain("early").last().asString().startsWith("late");
    assertThat(logs(step, "--since", late).lines()).containsExactlyElementsOf(since);
    assertThat(logs(step, "--since", "1h")).startsWith("early\n");

    project.sh("find state -name '*.times' -delete");
    assertThat(logs(step, "-t").lines().toList().getFirst()).matches("- {23}  early");
    assertThat(logs(step, "--since", "1h")).startsWith("early\n");
    assertThat(logs(step, "--since", "2999-01-01T00:00")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "-", "2026-13-01T00:00"})
  void aTimeThatIsNoneIsSaid(String since) throws Exception {
    project.flow("yield Exec('echo a')").ok();

    var ended = project.conductor("logs", project.onlyRun(), "--since=" + since);

    assertThat(ended.code()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).contains("--since must be a time such as 10m", since);
  }

  @Test
  void followingAStepEndsWithItAlthoughTheRunGoesOn() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            yield Exec('echo begun; echo x > $LEDGER; while ! [ -e go ]; do sleep 0.1; done; printf over')
            yield Ask('Go on?')
            """);
    Process process = project.start("run", flow.toString());
    try {
      Project.await(project.ledger, process::isAlive);
      var followed =
          CompletableFuture.supplyAsync(() -> logs(project.onlyRun() + ":1", "-f", "-t"));
      project.sh(project.repo, "touch go");

      assertThat(followed.get(60, TimeUnit.SECONDS).lines().toList())
          .satisfiesExactly(
              line -> assertThat(line).matches(TIME + "  begun"),
              line -> assertThat(line).matches(TIME + "  over"));
      assertThat(process.isAlive()).isTrue();
    } finally {
      project.conductor("stop", project.onlyRun());
      process.destroyForcibly().waitFor();
    }
  }

  /** Friction 7. */
  @Test
  void attachWaitsForTheAgentThatHasNotStartedYet() throws Exception {
    project.agent("cat > done.txt; echo 'I work'");
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'x')
            yield Exec('echo x > $LEDGER; while ! [ -e go ]; do sleep 0.1; done')
            yield RunAgent(env: env, prompt: 'p', name: 'impl')
            """);
    Process process = project.start("run", flow.toString());
    try {
      Project.await(project.ledger, process::isAlive);
      Process attached =
          project
              .builder(new ArrayList<>(), "attach", project.onlyRun())
              .redirectErrorStream(true)
              .start();
      try (var said = attached.inputReader()) {
        assertThat(said.readLine()).contains("has no agent yet; waiting until it starts");
        project.sh(project.repo, "touch go");
        assertThat(said.lines()).anyMatch("I work"::equals);
      } finally {
        attached.destroyForcibly().waitFor();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    project.conductor("stop", project.onlyRun());
    assertThat(project.conductor("attach", project.onlyRun() + ":none").code())
        .isEqualTo(Exit.USAGE);
  }
}
