package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An agent that printed a gigabyte, looked at by processes with a heap of 200 MB. */
class LargeOutputTest {

  private static final long SIZE = 1L << 30;

  @TempDir private Path temp;
  private Project project;
  private String run = "";

  @BeforeEach
  void agentThatPrintedMuch() throws Exception {
    project = Project.withOrigin(temp);
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'w')
            return yield RunAgent(env: env, name: 'impl', prompt: 'Work')
            """)
        .ok();
    run = project.onlyRun();
    try (Stream<Path> files = Files.walk(project.state.run(run).agent("impl"))) {
      print(files.filter(file -> file.endsWith("out")).findFirst().orElseThrow());
    }
    project.environment.put("JDK_JAVA_OPTIONS", "-Xmx200m");
  }

  /** Nothing is stored of the first part; the rest are 17 MB of the shortest lines. */
  private static void print(Path out) throws IOException {
    try (var file = new RandomAccessFile(out.toFile(), "rw")) {
      byte[] lines = "x\n".repeat(17 << 19).getBytes(StandardCharsets.US_ASCII);
      byte[] last = "the last line\n".getBytes(StandardCharsets.US_ASCII);
      file.setLength(SIZE);
      file.seek(SIZE - lines.length - last.length);
      file.write(lines);
      file.write(last);
    }
  }

  @Test
  void aReportHasTheEndAndSaysSo() throws Exception {
    Path file = temp.resolve("report.html");
    project.processIn(project.repo, "report", run, "-o", file.toString()).ok();
    assertThat(file)
        .content()
        .contains("bytes before this are left out", "x\nx\nthe last line\n")
        .containsPattern("… 1,07\\d,\\d{3},\\d{3} bytes before")
        .hasSizeLessThan(2_500_000);
  }

  @Test
  void logsHaveTheLinesThatAreAskedForAndSayWhatTheyDoNotRead() throws Exception {
    Project.Result three = project.processIn(project.repo, "logs", run + ":impl", "-n", "3");
    assertThat(three.ok().out()).isEqualTo("x\nx\nthe last line\n");
    assertThat(three.err()).doesNotContain("the end is shown");
    assertThat(project.processIn(project.repo, "logs", run, "-n", "2", "--skip", "1").ok().out())
        .isEqualTo("impl  x\nimpl  x\n");
    project.environment.remove("JDK_JAVA_OPTIONS");
    Project.Result all = project.processIn(project.repo, "logs", run + ":impl", "-n", "10000000");
    assertThat(all.ok().err()).contains("of an output of more than 16 MB the end is shown");
  }

  @Test
  void pagesShowTheEndAndSaySo() throws Exception {
    Process ui =
        project
            .builder(new ArrayList<>(), "ui", "--no-open", "--json", "--port", "0")
            .redirectError(temp.resolve("err").toFile())
            .start();
    try (var client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      String line = ui.inputReader().readLine();
      assertThat(line).as(Files.readString(temp.resolve("err"))).isNotNull();
      URI address = URI.create(JsonMapper.shared().readTree(line).get("address").asString());
      get(client, address);
      for (String path : List.of("/runs/" + run, "/live/runs/" + run)) {
        assertThat(get(client, address.resolve(path))).contains("the last line");
      }
      String agent = "/runs/" + run + "/agents/impl";
      for (String path : List.of(agent, "/live" + agent)) {
        assertThat(get(client, address.resolve(path)))
            .contains("the last line")
            .containsPattern("1,07\\d,\\d{3},\\d{3} bytes before this are left out");
      }
    } finally {
      ui.destroyForcibly().waitFor();
    }
  }

  /** Returns a page, or the first change that is sent of one. */
  private static String get(HttpClient client, URI address) throws Exception {
    HttpResponse<Stream<String>> answer =
        client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (Stream<String> lines = answer.body()) {
      return address.getPath().startsWith("/live")
          ? String.join(
              "\n",
              lines
                  .dropWhile(line -> !line.startsWith("data:"))
                  .takeWhile(line -> !line.isEmpty())
                  .toList())
          : String.join("\n", lines.toList());
    }
  }
}
