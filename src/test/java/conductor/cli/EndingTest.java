package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.state.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a process leaves that is killed just when a run, or its child, has ended. */
class EndingTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** F4: the journal says that the run has ended, whatever meta.json says. */
  @Test
  void aRunIsDoneWhenItsJournalSaysSo() throws Exception {
    project.flow("return 'the result'").ok();
    String id = project.onlyRun();
    forgetTheEnd(project.state.run(id));

    assertThat(project.conductor("ps").ok().out()).contains("done");
    assertThat(project.conductor("wait", id).ok().out()).contains("done");
    JsonNode shown = project.conductor("show", id, "--json").ok().json();
    assertThat(shown.path("status").asString()).isEqualTo("done");
    assertThat(shown.path("result").asString()).isEqualTo("the result");
    assertThat(project.conductor("stop", id).err()).contains("it is done");
  }

  /** F5: a parent that was killed before it heard of its child's end takes the child's result. */
  @Test
  void aParentTakesTheResultOfAChildThatHadEnded() throws Exception {
    project.file("child.groovy", "yield Exec('echo child >> $LEDGER')\nreturn [1, 2]");
    project.flow("return yield RunWorkflow('%s')".formatted(temp.resolve("child.groovy"))).ok();

    assertThat(project.conductor("resume", parentBeforeItsReply()).ok().out()).isEqualTo("[1,2]\n");
    assertThat(project.ledger()).containsExactly("child");
  }

  /** F5: the same where the child failed; another resume tries it again. */
  @Test
  void aParentTakesTheFailureOfAChildThatHadEnded() throws Exception {
    project.file(
        "child.groovy", "yield Exec(command: 'test -e ' + '%s/go', check: true)".formatted(temp));
    project.flow("yield RunWorkflow('%s')\nreturn 'ok'".formatted(temp.resolve("child.groovy")));
    String parent = parentBeforeItsReply();

    assertThat(project.conductor("resume", parent).err()).contains("ExecFailed");
    Files.createFile(temp.resolve("go"));
    assertThat(project.conductor("resume", parent).ok().out()).isEqualTo("ok\n");
  }

  /** Leaves of the parent's journal what there is before the child's end is known. */
  private String parentBeforeItsReply() throws Exception {
    for (JsonNode run : project.conductor("ps", "--json").json()) {
      if (run.path("parent").isNull()) {
        String id = run.path("id").asString();
        Path trace = project.state.run(id).trace();
        List<String> lines = Files.readAllLines(trace);
        int end = 0;
        while (!lines.get(end).contains("\"k\":\"replied\"")
            || !lines.get(end).contains("\"pos\":\"1/run\"")) {
          end++;
        }
        Files.write(trace, lines.subList(0, end));
        forgetTheEnd(project.state.run(id));
        return id;
      }
    }
    throw new AssertionError("no run has no parent");
  }

  private static void forgetTheEnd(RunDirectory run) throws Exception {
    String meta = Files.readString(run.meta());
    Files.writeString(
        run.meta(),
        meta.replaceAll("\"status\" : \"(done|error)\"", "\"status\" : \"running\"")
            .replaceAll("\"result\" : .*,", "\"result\" : null,"));
  }
}
