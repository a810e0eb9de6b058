package conductor.web;

import conductor.cli.Project;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a project's runs, on a port of their own. */
abstract class UiScene {

  private static final Pattern WRITES = Pattern.compile("name=\"writes\" value=\"(\\w+)\"");

  @TempDir private Path temp;
  Project project;
  Ui ui;
  HttpClient client;

  @BeforeEach
  void serve() throws Exception {
    project = Project.withOrigin(temp);
    ui =
        Ui.serve(
            project.state,
            0,
            this::perform,
            _ -> Redactor.of(Map.of("API_TOKEN", "s3cr3t-of-the-project"), List.of("API_TOKEN")),
            at -> Git.in(at, project.environment));
    client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  }

  @AfterEach
  void end() {
    client.close();
    ui.close();
  }

  private Commands.Done perform(List<String> words) {
    Project.Result result = project.conductor(words.toArray(String[]::new));
    return new Commands.Done(result.code() == 0, result.err() + result.out());
  }

  String token() {
    return ui.address("").replaceAll(".*token=", "");
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + ui.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path))
        .header("Cookie", "conductor-" + ui.port() + "=" + token());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String... fields)
      throws IOException, InterruptedException {
    String form = String.join("&", fields);
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** Returns the field that the forms of a page send with what they ask for. */
  String writes(String page) throws IOException, InterruptedException {
    Matcher found = WRITES.matcher(get(page).body());
    if (!found.find()) {
      throw new AssertionError("no form on " + page);
    }
    return "writes=" + found.group(1);
  }

  /** Returns the events that are sent of a page from now on; the stream is to be closed. */
  Stream<String> events(String page) throws IOException, InterruptedException {
    return client.send(request("/live" + page).build(), HttpResponse.BodyHandlers.ofLines()).body();
  }
}
