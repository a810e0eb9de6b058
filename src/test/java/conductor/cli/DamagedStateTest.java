package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F18: one damaged file is told of, where it is and what to do; other runs do not suffer. */
class DamagedStateTest {

  @TempDir private Path temp;
  private Project project;
  private String id = "";

  @BeforeEach
  void aRunThatIsDone() throws Exception {
    project = Project.withOrigin(temp);
    project.flow("yield Exec('echo ran >> $LEDGER')\nreturn 1").ok();
    id = project.onlyRun();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"v\": 1", "{\"v\": 1, \"id\": \"x\"}"})
  void aDamagedMetaIsToldOfAndOtherRunsAreListed(String content) throws Exception {
    Path meta = project.state.run(id).meta();
    project.flow("return 2").ok();
    Files.writeString(meta, content);

    Project.Result listed = project.conductor("ps").ok();

    assertThat(listed.out().lines()).hasSize(1).allMatch(line -> line.contains("done"));
    assertThat(listed.err()).contains(meta + ":1", "Restore it");
    assertThat(project.conductor("show", id).err()).contains(meta + ":1", "Restore it");
  }

  /** Its process lives, so that its status is the stored one and no look at the journal. */
  @Test
  void aDamagedJournalOfARunThatAsksHidesNoOther() throws Exception {
    Path flow =
        project.file("asks.groovy", "yield Exec('echo x > begun')\nreturn yield Ask('Go on?')");
    Process process = project.start("run", flow.toString(), "--name", "asks");
    Project.await(project.repo.resolve("begun"), process::isAlive);
    assertThat(project.conductor("wait", "asks").code()).isEqualTo(Exit.BLOCKED);
    String asking = project.conductor("show", "asks", "--json").json().path("id").asString();
    Path trace = project.state.run(asking).trace();
    byte[] whole = Files.readAllBytes(trace);
    Files.writeString(trace, "damaged\n" + new String(whole, StandardCharsets.UTF_8));
    try {
      Project.Result listed = project.conductor("ps").ok();
      assertThat(listed.out())
          .containsPattern(asking + "  blocked .*  ! its journal cannot be read\n")
          .containsPattern(id + "  done ");
      assertThat(listed.err()).contains(asking + ": " + trace + ":1");
      Project.Result json = project.conductor("ps", "--json").ok();
      assertThat(json.json()).hasSize(2);
      assertThat(json.json().get(0).path("id").asString()).isEqualTo(asking);
      assertThat(json.json().get(0).path("gates").isNull()).isTrue();
      assertThat(json.err()).contains(trace + ":1");
      for (List<String> list :
          List.of(
              List.of("gates"),
              List.of("watch"),
              List.of("pr", "list"),
              List.of("env", "list"),
              List.of("issue", "list"))) {
        project.conductor(list.toArray(String[]::new)).ok();
      }
      assertThat(project.conductor("gates").err()).contains(trace + ":1");
      assertThat(project.conductor("watch").err()).containsOnlyOnce(trace + ":1");
      assertThat(project.conductor("gc", "--older-than", "0s", "--json").ok().json())
          .anyMatch(verdict -> verdict.path("run").asString().equals(id))
          .anyMatch(verdict -> verdict.path("run").asString().equals(asking));
    } finally {
      Files.write(trace, whole);
      project.conductor("stop", "asks").ok();
      process.destroyForcibly().waitFor();
    }
  }

  /** What cannot be locked stays, and the others go. */
  @Test
  void aRunThatCannotBeRemovedKeepsNoOther() throws Exception {
    project.flow("return 2").ok();
    Files.deleteIfExists(project.state.run(id).lock());
    Files.createDirectory(project.state.run(id).lock());

    Project.Result collected = project.conductor("gc", "--older-than", "0s");

    assertThat(collected.ok().out())
        .containsPattern(id + "  kept: it cannot be removed: cannot lock .*owner\\.lock")
        .containsPattern("wf-\\w+  removed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void aDoneRunWhoseJournalIsCutOffIsNotRunAgain(int lines) throws Exception {
    Path trace = project.state.run(id).trace();
    Files.write(trace, Files.readAllLines(trace).subList(0, lines));

    Project.Result resumed = project.conductor("resume", id);

    assertThat(resumed.code()).isEqualTo(Exit.BROKEN);
    assertThat(resumed.err()).contains(trace + ":" + (lines + 1), "Restore it");
    assertThat(project.ledger()).containsExactly("ran");
  }

  @Test
  void aDoneRunWhoseJournalIsGoneIsNotRunAgain() throws Exception {
    Files.delete(project.state.run(id).trace());

    assertThat(project.conductor("resume", id).err()).contains("gone or cut off");
    assertThat(project.ledger()).containsExactly("ran");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "return 2", "yield Exec('echo other >> $LEDGER')"})
  void aKeptScriptThatIsNotWhatItWasIsNotRun(String script) throws Exception {
    project.flow("yield Exec('echo first >> $LEDGER')\nreturn yield Ask('go?')", "--no-wait");
    String asking = project.conductor("gates", "--json").json().get(0).path("run").asString();
    Path kept = project.state.run(asking).source().resolve("main.groovy");
    Files.writeString(kept, script);

    Project.Result resumed = project.conductor("resume", asking, "--no-wait");

    assertThat(resumed.code()).isEqualTo(Exit.BROKEN);
    assertThat(resumed.err()).contains(kept + ": it is not what the run began with", "--edited");
    assertThat(project.ledger()).containsExactly("ran", "first");
    Project.Result edited = project.conductor("resume", asking, "--edited", "--yes", "--no-wait");
    assertThat(edited.code()).as(edited.err()).isEqualTo(Exit.BLOCKED);
  }

  @Test
  void aRecordOfAWorktreeThatCannotBeReadStopsNoOther() throws Exception {
    project.flow("yield CreateWorktree(name: 'a')").ok();
    Path record;
    try (var files =
        Files.find(project.state.worktrees(), 2, (f, _) -> f.toString().endsWith(".json"))) {
      record = files.findFirst().orElseThrow();
    }
    Files.delete(record);
    Files.createSymbolicLink(record, record);

    project.flow("yield CreateWorktree(name: 'b')").ok();

    Project.Result listed = project.conductor("env", "list").ok();
    assertThat(listed.out()).startsWith("b-");
    assertThat(listed.err()).contains(record.toString());
    assertThat(project.conductor("env", "cleanup", "--dry-run").ok().out())
        .contains("kept: cannot read " + record);
  }
}
