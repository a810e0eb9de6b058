package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema of config.yaml is made from the table that the keys are checked by. */
class ConfigSchemaTest {

  @TempDir private Path temp;

  private Schema schema() throws Exception {
    String text = Project.withoutRepository(temp).conductor("config", "--schema").ok().out();
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "agent: mine | true",
        "agents: {mine: {command: [sh, a.sh], env: {A: b}, pass_env: [C]}} | true",
        "agents: {mine: {command: sh a.sh, timeout: 10}} | true",
        "caps: {agents: 3, types: {claude: 1}} | true",
        "agents: {mine: {command: x, env: {LEVEL: 3}}} | true",
        "params: {max_rounds: 3, files: [a, b], test_command: make test} | true",
        "roles: {writer: codex, reviewer: {agent: claude, profile: careful}} | true",
        "notify: {desktop: true, headers: {Authorization: Bearer $T}} | true",
        "params: {max_rounds: null} | false",
        "agnet: mine | false",
        "agents: {mine: {comand: x}} | false",
        "caps: {agents: many} | false",
        "agents: {mine: {pass_env: A}} | false",
      })
  void itAcceptsWhatIsRead(String yaml, boolean fits) throws Exception {
    assertThat(schema().validate(yaml, InputFormat.YAML).isEmpty()).isEqualTo(fits);
  }

  @Test
  void itIsOneJsonDocument() throws Exception {
    assertThat(
            Project.withoutRepository(temp)
                .conductor("config", "--schema")
                .json()
                .path("title")
                .asString())
        .contains("config.yaml");
  }
}
