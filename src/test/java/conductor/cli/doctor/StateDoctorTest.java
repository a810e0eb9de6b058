package conductor.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Exit;
import conductor.cli.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F4, F18, F21, P2, P19: {@code doctor --state} finds what is wrong and repairs what follows. */
class StateDoctorTest {

  @TempDir private Path temp;
  private Project project;
  private String id = "";
  private Path meta = Path.of("");

  @BeforeEach
  void aRunThatIsDone() throws Exception {
    project = Project.withOrigin(temp);
    project
        .flow(
            """
            def issue = yield CreateIssue(title: 'T', body: 'b')
            def env = yield CreateWorktree(issue: issue)
            yield RunAgent(env: env, prompt: 'go')
            yield Put('large', 'x' * 40000)
            yield Exec('true')
            yield CreatePR(env: env, title: 'T')
            return 'over'
            """)
        .ok();
    id = project.onlyRun();
    meta = project.state.run(id).meta();
  }

  private Project.Result doctor(String... more) {
    var words = new java.util.ArrayList<>(java.util.List.of("doctor", "--state"));
    words.addAll(java.util.List.of(more));
    return project.conductor(words.toArray(String[]::new));
  }

  @Test
  void aStateThatConductorWroteIsSound() {
    assertThat(doctor().ok().out()).contains(project.state.root() + " is sound");
    assertThat(doctor("--json").ok().json()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[1]", "{\"v\":1}", "gone"})
  void aMetaThatIsDamagedIsMadeFromTheJournal(String content) throws Exception {
    String before = Files.readString(meta);
    if (content.equals("gone")) {
      Files.delete(meta);
    } else {
      Files.writeString(meta, content);
    }

    Project.Result found = doctor();

    assertThat(found.code()).isEqualTo(Exit.FAILED);
    assertThat(found.out()).contains(meta.toString(), "--repair makes it from the journal");
    assertThat(project.conductor("ps").err()).contains(meta.toString(), "doctor --state");
    assertThat(doctor("--repair", "--yes").ok().out()).contains("repaired");
    assertThat(times(Files.readString(meta))).isEqualTo(times(before));
    doctor().ok();
  }

  /** When a run was begun is known from its journal, which is opened a moment later. */
  private static String times(String text) {
    return text.replaceAll("\"(created|updated)\" : \"[^\"]+\"", "");
  }

  @Test
  void aMetaThatDoesNotKnowTheEndIsMadeFromTheJournal() throws Exception {
    Files.writeString(meta, Files.readString(meta).replace("\"done\"", "\"running\""));

    assertThat(doctor().out()).contains("says that the run is running");
    doctor("--repair", "--yes").ok();

    assertThat(Files.readString(meta)).contains("\"status\" : \"done\"");
  }

  @Test
  void whatANewerVersionWroteIsLeftAlone() throws Exception {
    String newer = Files.readString(meta).replaceFirst("\"v\" : 1", "\"v\" : 99");
    Files.writeString(meta, newer);

    Project.Result found = doctor("--repair", "--yes");

    assertThat(found.code()).isEqualTo(Exit.FAILED);
    assertThat(found.out()).contains("is of format 99", "use the conductor that wrote it");
    assertThat(Files.readString(meta)).isEqualTo(newer);
  }

  @Test
  void aRunOfTheProgramInPythonIsNamedAsWhatItIs() throws Exception {
    Path old = project.state.run("wf-abc123").meta();
    Files.createDirectories(old.getParent());
    String text =
        """
        {"id": "wf-abc123", "name": "basic_pr", "status": "done", "template": "basic_pr",
         "issue_id": null, "created_at": "2026-01-01T00:00:00+00:00",
         "updated_at": "2026-01-01T00:00:00+00:00", "environments": [], "agents": []}
        """;
    Files.writeString(old, text);

    assertThat(project.conductor("ps").ok().err()).contains("doeff-conductor in Python");
    assertThat(project.conductor("ps").out()).contains(id);
    for (String command : new String[] {"show", "resume", "logs"}) {
      Project.Result said = project.conductor(command, "wf-abc123");
      assertThat(said.err()).doesNotContain("internal error", "NullPointer");
    }
    assertThat(project.conductor("show", "wf-abc123").err()).contains("doeff-conductor in Python");
    doctor("--repair", "--yes");
    assertThat(Files.readString(old)).isEqualTo(text);
  }

  @Test
  void lettersIndexAndPermissionsAreRepaired() throws Exception {
    Path letter = project.state.run(id).inbox().resolve("send-1.json");
    Files.createDirectories(letter.getParent());
    Files.writeString(letter, "null");
    Files.writeString(project.state.index(), "[");
    Path trace = project.state.run(id).trace();
    Files.setPosixFilePermissions(trace, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(doctor().out())
        .contains(letter.toString(), project.state.index().toString(), trace + ": others can");
    doctor("--repair", "--yes").ok();

    assertThat(letter.resolveSibling("send-1.json.bad")).hasContent("null");
    assertThat(Files.readString(project.state.index())).contains(id);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)))
        .isEqualTo("rw-------");
  }

  @Test
  void nothingIsRepairedUnasked() throws Exception {
    Files.writeString(meta, "");

    Project.Result refused = doctor("--repair");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("--yes");
    assertThat(meta).isEmptyFile();
    assertThat(project.conductor("doctor", "--repair").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aBlobThatIsGoneIsNamed() throws Exception {
    Path blob;
    try (var blobs = Files.list(project.state.run(id).blobs())) {
      blob = blobs.findFirst().orElseThrow();
    }
    Files.delete(blob);

    var found = doctor("--json").json();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("file").asString()).isEqualTo(blob.toString());
    assertThat(found.get(0).path("repairable").booleanValue()).isFalse();
  }
}
