package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code show --since} shows what changed since a moment. */
class ShowSinceTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private List<String> since(String run, String time) {
    var positions = new ArrayList<String>();
    for (JsonNode effect :
        project.conductor("show", run, "--json", "--since", time).ok().json().path("effects")) {
      positions.add(effect.path("position").asString());
    }
    return positions;
  }

  @Test
  void whatEndedBeforeIsLeftOutAndWhatGoesOnAfterwardsIsNot() throws Exception {
    project.flow("yield Exec('true')\nyield Ask('go on?')\nyield Exec('true')", "--no-wait");
    String run = project.onlyRun();
    Instant between = Instant.now();
    assertThat(since(run, "1h30m")).containsExactly("1", "2");
    assertThat(since(run, between.toString())).isEmpty();
    assertThat(project.conductor("show", run, "--since", between.toString()).out())
        .contains("nothing changed since " + between, "asks   ");

    project.conductor("answer", run, "yes").ok();
    project.conductor("resume", run).ok();

    assertThat(since(run, between.toString())).containsExactly("2", "3");
    String local = LocalDateTime.ofInstant(between, ZoneId.systemDefault()).toString();
    assertThat(since(run, local)).containsExactly("2", "3");
    assertThat(project.conductor("show", run, "--since", between.toString()).out())
        .contains("✓ 2 Ask", "✓ 3 Exec")
        .doesNotContain("1 Exec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "4.impl.2", "2026-13-01T00:00", "10x"})
  void whatIsNoTimeIsRefused(String time) throws Exception {
    project.flow("yield Exec('true')");

    Project.Result refused = project.conductor("show", project.onlyRun(), "--since", time);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("--since must be a time such as 10m");
  }
}
