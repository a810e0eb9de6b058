package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command that serves pages, as a process. */
class UiCommandTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** Serves pages, and returns the line that says where; the process ends with the test. */
  private String served(List<Process> started, String... more) throws IOException {
    var words = new ArrayList<>(List.of("ui", "--no-open"));
    words.addAll(List.of(more));
    Process process =
        project
            .builder(new ArrayList<>(), words.toArray(String[]::new))
            .redirectError(temp.resolve("err").toFile())
            .start();
    started.add(process);
    BufferedReader out = process.inputReader();
    return out.readLine();
  }

  @Test
  void theAddressIsPrintedAndLetsIn() throws Exception {
    var started = new ArrayList<Process>();
    try (var client = HttpClient.newHttpClient();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String line = served(started, "--json", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(JsonShapesTest.wrong(JsonShapesTest.shape("ui"), line)).as(line).isEmpty();
      JsonNode where = JsonMapper.shared().readTree(line);
      assertThat(where.get("port").asInt())
          .as("the next port that is free")
          .isGreaterThan(taken.getLocalPort());
      URI address = URI.create(where.get("address").asString());
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Set-Cookie")).isPresent();
      assertThat(temp.resolve("err"))
          .content()
          .contains("port " + taken.getLocalPort() + " is taken");
    } finally {
      started.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void aWrongPortOrRunIsSaid() {
    assertThat(project.conductor("ui", "--port", "70000").code()).isEqualTo(2);
    assertThat(project.conductor("ui", "--no-open", "wf-000000").err())
        .contains("no run is named 'wf-000000'");
  }
}
