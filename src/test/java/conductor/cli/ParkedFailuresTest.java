package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P7: failures that people decide on, while the rest of the run goes on. */
@Timeout(120)
class ParkedFailuresTest {

  private static final String FAILS_UNTIL_REPAIRED =
      "def r = yield Exec(command: 'echo ran >> %s; test -e %s/repaired', check: true%s)\nreturn r.passed";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private Project.Result parked(String onFailure) throws Exception {
    return project.flow(
        FAILS_UNTIL_REPAIRED.formatted(project.ledger, temp, onFailure), "--no-wait");
  }

  private String gate() {
    return project.conductor("gates", "--json").ok().json().get(0).path("position").asString();
  }

  private Project.Result answer(String... words) {
    var all =
        new java.util.ArrayList<String>(java.util.List.of("answer", project.onlyRun(), gate()));
    all.addAll(java.util.List.of(words));
    return project.conductor(all.toArray(String[]::new));
  }

  @Test
  void aFailureThatIsParkedIsAQuestionAndItsEffectIsDoneAgain() throws Exception {
    Project.Result first = parked(", on_failure: 'park'");

    assertThat(first.code()).as(first.err()).isEqualTo(Exit.BLOCKED);
    assertThat(first.err())
        .contains("? 1 ", "Exec  ExecFailed", "retry | extend TIME | edit TEXT | fail");
    assertThat(project.conductor("ps").out()).contains("blocked", "Exec failed:");
    assertThat(
            project
                .conductor("show", project.onlyRun(), "--json")
                .json()
                .path("effects")
                .get(0)
                .path("status")
                .asString())
        .isEqualTo("parked");
    project.sh("touch repaired");
    answer("retry").ok();

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("true\n");
    assertThat(project.ledger()).containsExactly("ran", "ran");
  }

  @Test
  void theConfigurationParksAllFailuresThatAScriptDoesNotKeep() throws Exception {
    project.configure("on_failure: park");

    assertThat(parked("").code()).isEqualTo(Exit.BLOCKED);
    assertThat(answer("fail").ok().code()).isZero();
    assertThat(project.conductor("resume", project.onlyRun()).code()).isEqualTo(Exit.FAILED);
    assertThat(parked(", on_failure: 'fail'").code()).isEqualTo(Exit.FAILED);
  }

  @Test
  void resumeCanAskWhatBecomesOfTheFailuresThatEndedARun() throws Exception {
    assertThat(parked("").code()).isEqualTo(Exit.FAILED);

    Project.Result asked = project.conductor("resume", project.onlyRun(), "--ask", "--no-wait");
    assertThat(asked.code()).as(asked.err()).isEqualTo(Exit.BLOCKED);
    assertThat(project.ledger()).containsExactly("ran");
    answer("edit", "echo edited >> " + project.ledger).ok();

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("true\n");
    assertThat(project.ledger()).containsExactly("ran", "edited");
    assertThat(project.conductor("resume", project.onlyRun()).err()).contains("is done");
  }

  @Test
  void whatIsNoAnswerIsRefusedAndTheQuestionStays() throws Exception {
    parked(", on_failure: 'park'");

    assertThat(answer("again").err())
        .contains("'again' is none of the answers: retry, extend TIME");
    assertThat(answer("extend", "soon").code()).isEqualTo(Exit.USAGE);
    assertThat(gate()).isEqualTo("1/failure-0");
  }

  @Test
  void siblingsGoOnWhileAFailureIsParked() throws Exception {
    project.agent("cat >> $LEDGER; test -e %s/repaired || exit 1; echo fine".formatted(temp));
    Project.Result first =
        project.flow(
            """
            def env = yield CreateWorktree()
            return yield Gather(
                agent: RunAgent(env, 'build it', on_failure: 'park'),
                other: { yield Exec('sleep 1'); yield Exec('echo other >> %s'); 'over' })
            """
                .formatted(project.ledger),
            "--no-wait");
    assertThat(first.code()).as(first.err()).isEqualTo(Exit.BLOCKED);
    assertThat(String.join("\n", project.ledger())).contains("other");
    answer("answer", "by", "hand").ok();

    assertThat(project.conductor("resume", project.onlyRun()).ok().json().path("agent").asString())
        .isEqualTo("by hand");
  }

  @Test
  void anAgentThatIsToGoOnIsToldWhatHappenedAndWhatIsChanged() throws Exception {
    project.agent(
        "cat >> $LEDGER; echo >> $LEDGER; test -e %s/repaired || exit 1; echo fine"
            .formatted(temp));
    project.flow(
        "def env = yield CreateWorktree()\nreturn yield RunAgent(env, 'build it', on_failure: 'park')",
        "--no-wait");
    project.sh("touch repaired");
    answer("edit", "build it small").ok();

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("fine\n");
    assertThat(project.ledger().getLast()).isEqualTo("build it small");
    assertThat(project.conductor("show", project.onlyRun(), "--json").json().path("agents"))
        .hasSize(1);
  }

  @Test
  void aWrongWordIsAnErrorOfTheScript() throws Exception {
    assertThat(parked(", on_failure: 'ignore'").err())
        .contains("Exec's 'on_failure' must be", "found ignore");
  }
}
