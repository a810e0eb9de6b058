package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.run.record.Ownership;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Calls that wait for a run leave room for those that do not. */
class McpWaitsTest {

  private static final int WAITS = 40;

  @TempDir private Path temp;

  @Test
  @Timeout(120)
  void aRunIsStoppedWhileManyWaitForIt() throws Exception {
    Project project = Project.withOrigin(temp);
    Path flow = project.file("flow.groovy", "yield Sleep('1h')\n");
    try (var client = new McpLines(project)) {
      client.begin();
      client.send(McpLines.call(100, "start_run", Map.of("workflow", flow.toString())));
      assertThat(client.answer().path("id").asInt()).isEqualTo(100);
      String run = project.onlyRun();
      long owner = Ownership.of(project.state.run(run)).orElseThrow().process().pid();
      ProcessHandle runner = ProcessHandle.of(owner).orElseThrow();
      for (int id = 0; id < WAITS; id++) {
        client.send(McpLines.call(id, "wait_for_run", Map.of("run", run, "timeout", "10m")));
      }
      client.send(McpLines.call(101, "stop_run", Map.of("run", run)));

      var waited = new TreeSet<Integer>();
      var refused = new TreeSet<Integer>();
      boolean stopped = false;
      while (!stopped || waited.size() + refused.size() < WAITS) {
        JsonNode answer = client.answer();
        int id = answer.path("id").asInt();
        String text = answer.path("result").path("content").path(0).path("text").asString("");
        if (id == 101) {
          assertThat(text).contains("aborted");
          stopped = true;
        } else if (answer.has("error")) {
          assertThat(answer.path("error").path("message").asString())
              .contains("wait_for_run", "16");
          refused.add(id);
        } else {
          assertThat(text).contains("aborted");
          waited.add(id);
        }
      }
      assertThat(waited).hasSize(16).contains(0).doesNotContain(WAITS - 1);
      runner.onExit().join();
    }
  }
}
