package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people say of their answers is kept beside them. */
@Timeout(120)
class AnswersWithNotesTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.environment.put("USER", "ana");
  }

  private JsonNode notes(String run) {
    return project
        .conductor("show", run, "--json")
        .ok()
        .json()
        .path("effects")
        .get(0)
        .path("notes");
  }

  @Test
  void showSaysWhoAnsweredAndWhyAndTheScriptGetsTheAnswerAlone() throws Exception {
    project.flow("return yield Ask('go on?')", "--no-wait");
    String run = project.onlyRun();

    JsonNode answered =
        project.conductor("answer", run, "no", "way", "--note", "it is frozen", "--json").json();
    assertThat(answered.path("answer").asString()).isEqualTo("no way");
    assertThat(answered.path("note").asString()).isEqualTo("it is frozen");
    assertThat(project.conductor("answer", run, "yes", "--note", "another").code()).isEqualTo(2);

    assertThat(project.conductor("resume", run).ok().out()).isEqualTo("no way\n");
    assertThat(project.conductor("show", run).out())
        .containsPattern("· answered by ana at 20\\S+Z: it is frozen")
        .doesNotContain("another");
    assertThat(notes(run)).hasSize(1);
    assertThat(project.conductor("answer", run, "yes", "--note", "late").code()).isEqualTo(2);
    assertThat(notes(run)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb\tc",
        "\u001b[31mred\u001b[0m",
        "-x --json",
        "'\"\\ $(id) ü 🙂",
        "answered by x: y"
      })
  void anyTextIsANote(String text) throws Exception {
    project.flow("return yield Ask('go on?', options: ['yes'])", "--no-wait");
    String run = project.onlyRun();

    project.conductor("answer", run, "1", "yes", "--note=" + text).ok();
    project.conductor("resume", run).ok();

    assertThat(notes(run).get(0).asString()).endsWith(": " + text);
    assertThat(project.conductor("show", run).out()).doesNotContain("\u001b");
  }

  @Test
  void aBlankNoteIsNoNote() throws Exception {
    project.flow("return yield Ask('go on?')", "--no-wait");
    String run = project.onlyRun();

    assertThat(project.conductor("answer", run, "yes", "--note", " ").err())
        .contains("--note needs a text, found ' '");
    assertThat(project.conductor("gates").out()).contains("go on?");
  }

  @Test
  void aRunThatAnotherProcessExecutesKeepsTheNote() throws Exception {
    Path flow = project.file("flow.groovy", "return yield Ask('go on?')");
    Process process = project.start("run", flow.toString());
    while (project.conductor("gates").out().isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
    }
    String run = project.onlyRun();

    project.conductor("answer", run, "yes", "--note", "looked at it").ok();

    assertThat(process.waitFor()).isZero();
    assertThat(notes(run).get(0).asString()).endsWith(": looked at it");
  }

  @Test
  void aDecisionAboutAFailureHasANoteToo() throws Exception {
    project.flow("return yield Exec('exit 3', check: true, on_failure: 'park')", "--no-wait");
    String run = project.onlyRun();

    project.conductor("answer", run, "fail", "--note", "it is broken").ok();
    project.conductor("resume", run);

    assertThat(project.conductor("show", run).out()).contains(": it is broken");
  }
}
