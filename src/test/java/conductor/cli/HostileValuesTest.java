package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F18: values and settings that JSON cannot hold are errors that say so, also on resume. */
class HostileValuesTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void aProject() throws Exception {
    project = Project.withOrigin(temp);
  }

  @Test
  void aValueOf490ListsIsKept() throws Exception {
    project.flow("def v = 1\n490.times { v = [v] }\nyield Put('k', v)\nreturn 1").ok();
  }

  @ParameterizedTest
  @ValueSource(ints = {491, 499, 500, 600, 1500})
  void aValueThatIsNestedTooDeepIsAFailure(int depth) throws Exception {
    String put = "def v = 1\n%d.times { v = [v] }\n".formatted(depth) + "yield Put('k', v)";

    Project.Result failed = project.flow(put);

    assertThat(failed.code()).as(failed.err()).isEqualTo(Exit.FAILED);
    assertThat(failed.err()).contains("flow.groovy:3", "nested more than 490 deep");
    String id = project.onlyRun();
    assertThat(project.conductor("resume", id).err()).contains("--edited");
    assertThat(project.conductor("show", id).ok().out()).contains("nested more than 490 deep");
  }

  @Test
  void aKeyThatIsTooLongIsAFailure() throws Exception {
    Project.Result failed = project.flow("yield Put('k', [('k' * 60000): 1])");

    assertThat(failed.code()).as(failed.err()).isEqualTo(Exit.FAILED);
    assertThat(failed.err()).contains("of 60000 characters where 49999 is the most");
    assertThat(failed.err()).hasSizeLessThan(2000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void anAnswerThatIsNestedTooDeepIsAFailureOfTheAgent(String open) throws Exception {
    String close = open.equals("[") ? "]" : "}";
    Path answer = project.file("answer", open.repeat(499) + "1" + close.repeat(499));
    project.agent("cat > /dev/null; cat " + answer);

    Project.Result told =
        project
            .flow(
                """
                def e = yield CreateWorktree(name: 'j')
                def r = yield Try(RunAgent(env: e, prompt: 'p', output_format: [:]))
                return r.ok() ? 'kept' : r.failure.class.simpleName
                """)
            .ok();

    assertThat(told.out().strip()).isIn("NotJournalable", "InvalidOutput");
  }

  @Test
  void aConfigurationThatIsNestedTooDeepIsNamed() throws Exception {
    Path file = project.repo.resolve(".conductor/config.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "agents: " + "{a: ".repeat(600) + "1" + "}".repeat(600) + "\n");

    Project.Result told = project.conductor("config");

    assertThat(told.code()).isEqualTo(Exit.USAGE);
    assertThat(told.err()).contains(file.toString()).doesNotContain("internal error");
  }
}
