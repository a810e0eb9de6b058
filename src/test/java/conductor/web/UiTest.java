package conductor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages on runs: who gets them, what they say, and what their forms do. */
class UiTest extends UiScene {

  private static final String ASKS =
      """
      def name = yield Ask(prompt: 'Which <b>name</b>?', options: ['old', 'new'])
      def why = yield Ask(prompt: 'Why?')
      return "$name: $why"
      """;

  @Test
  void theFirstAddressLetsInAndKeepsTheTokenOutOfAddresses() throws Exception {
    HttpResponse<String> first =
        send(HttpRequest.newBuilder(java.net.URI.create(ui.address("runs/wf-1"))));
    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Location")).hasValue("/runs/wf-1");
    assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Strict", "conductor-" + ui.port());
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/gates", "/runs/wf-123456", "/live/", "/nothing", "/?token=wrong"})
  void withoutTheTokenThereIsNothingButAHint(String path) throws Exception {
    HttpResponse<String> refused = send(HttpRequest.newBuilder(at(path)));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("Open the address that 'conductor ui' printed")
        .doesNotContain("<table");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:80", "localhost", "127.0.0.1:1", "127.0.0.1.nip.io"})
  void aForeignNameThatLeadsHereGetsNothing(String host) throws Exception {
    try (var socket = new Socket("127.0.0.1", ui.port())) {
      String request =
          "GET / HTTP/1.1\r\nHost: %s\r\nCookie: conductor-%d=%s\r\nConnection: close\r\n\r\n"
              .formatted(host, ui.port(), token());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 421")
          .doesNotContain("<table");
    }
  }

  @Test
  void pagesTakeScriptsFromHereOnlyAndAreInNoFrame() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "form-action 'self'");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body()).doesNotContain("<script>", "onclick", "http://", "https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/../pom.xml",
        "/assets/%2e%2e/pom.xml",
        "/assets/Ui.class",
        "/assets/..%2fui.css"
      })
  void filesAreThoseOfAListOnly(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
    assertThat(get("/assets/report.css").body()).contains("color-scheme");
    assertThat(get("/assets/turbo.js").statusCode()).isEqualTo(200);
  }

  @Test
  void runsAreListedAndThoseThatWaitComeFirst() throws Exception {
    project.flow(ASKS, "--no-wait", "--name", "first");
    project.flow("yield Status('half'); return 1", "--name", "second").ok();
    String page = get("/").body();
    assertThat(page).contains("blocked", "Which &lt;b&gt;name&lt;/b&gt;?", "half", "2 runs");
    assertThat(page.indexOf(">first<")).isLessThan(page.indexOf(">second<"));
    assertThat(get("/?status=done").body()).contains(">second<").doesNotContain(">first<");
    assertThat(get("/?text=FIR").body()).contains(">first<").doesNotContain(">second<");
    assertThat(get("/?text=%22%3E%3Cscript%3E").body())
        .contains("0 runs")
        .doesNotContain("<script>");
  }

  @Test
  void questionsAreAnsweredFromThePage() throws Exception {
    project.flow(ASKS, "--no-wait", "--name", "asks");
    String run = project.onlyRun();
    String writes = writes("/gates");
    HttpResponse<String> answered =
        post(
            "/runs/" + run + "/answer",
            writes,
            "position=1",
            "answer=new",
            "note=it+is+shorter",
            "back=%2Fgates");
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(303);
    assertThat(answered.headers().firstValue("Location")).hasValue("/gates");
    project.conductor("resume", "--no-wait", run);
    assertThat(get("/runs/" + run).body()).contains("Why?", "it is shorter");
    post(
        "/runs/" + run + "/answer",
        writes,
        "position=2",
        "answer=two%0D%0Alines",
        "back=//evil.example");
    assertThat(project.conductor("resume", "--no-wait", run).ok().out())
        .contains("new: two\nlines");
    HttpResponse<String> late =
        post("/runs/" + run + "/answer", writes, "position=2", "answer=again");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("was answered before");
  }

  @Test
  void whatChangesSomethingNeedsTheTokenOfAPage() throws Exception {
    project.flow(ASKS, "--no-wait");
    String run = project.onlyRun();
    String writes = writes("/gates");
    assertThat(post("/runs/" + run + "/stop").statusCode()).isEqualTo(403);
    assertThat(post("/runs/" + run + "/stop", "writes=wrong").statusCode()).isEqualTo(403);
    assertThat(get("/runs/" + run + "/stop?" + writes).statusCode()).isEqualTo(404);
    HttpRequest.Builder foreign =
        request("/runs/" + run + "/stop")
            .header("Origin", "http://evil.example")
            .POST(HttpRequest.BodyPublishers.ofString(writes));
    assertThat(send(foreign).statusCode()).isEqualTo(403);
    assertThat(project.conductor("show", run).out()).contains("blocked");
    assertThat(post("/runs/" + run + "/stop", writes, "back=/").statusCode()).isEqualTo(303);
    assertThat(project.conductor("show", run).out()).contains("aborted");
  }

  @Test
  void anOptionInTheWordsOfAPersonIsNoOption() throws Exception {
    project.flow("return yield Ask(prompt: 'Why?')", "--no-wait");
    String run = project.onlyRun();
    HttpResponse<String> answered =
        post(
            "/runs/" + run + "/answer",
            writes("/gates"),
            "position=1",
            "answer=--note",
            "back=%2F%5Cevil.example");
    assertThat(answered.headers().firstValue("Location")).hasValue("/");
    assertThat(project.conductor("resume", "--no-wait", run).ok().out()).contains("--note");
  }

  @Test
  void aRunThatCannotBeReadIsSaidAndHidesNoOther() throws Exception {
    project.flow("return 1", "--name", "whole").ok();
    project.flow("yield Exec('true'); return 2", "--name", "damaged").ok();
    String damaged = project.conductor("show", "damaged", "--json").json().get("id").asString();
    Path journal = project.state.run(damaged).trace();
    byte[] bytes = Files.readAllBytes(journal);
    bytes[10] ^= 1;
    Files.write(journal, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(get("/runs/" + damaged).body())
        .contains("cannot be read", journal.getFileName() + ":1");
    assertThat(get("/").body()).contains(">whole<");
    assertThat(get("/runs/wf-000000").body()).contains("no run is named");
  }

  @Test
  void secretsAndMarkupOfTheWorldAreText() throws Exception {
    project
        .flow(
            "return yield Exec('echo \"<script>alert(1)</script> s3cr3t-of-the-project \\u202eabc\"')")
        .ok();
    String page = get("/runs/" + project.onlyRun()).body();
    assertThat(page)
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert", "s3cr3t-of-the-project", "\u202e");
  }

  @Test
  void anOpenPageIsToldWhatChanged() throws Exception {
    project.flow(ASKS, "--no-wait");
    String run = project.onlyRun();
    String writes = writes("/gates");
    try (Stream<String> lines = events("/gates")) {
      Iterator<String> read = lines.iterator();
      awaitLine(read, "Which"); // a page that was not seen comes as a whole
      post("/runs/" + run + "/answer", writes, "position=1", "answer=old");
      awaitLine(read, "Nothing waits for you");
    }
  }

  @Test
  void twoHundredOpenPagesAreToldOfAChange() throws Exception {
    project.flow(ASKS, "--no-wait");
    String run = project.onlyRun();
    String writes = writes("/gates");
    var open = new CountDownLatch(200);
    var told = new CountDownLatch(200);
    try (var pages = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 200; n++) {
        pages.submit(() -> {
          try (Stream<String> lines = events("/gates")) {
            Iterator<String> read = lines.iterator();
            awaitLine(read, "Which");
            open.countDown();
            awaitLine(read, "Nothing waits for you");
            told.countDown();
          }
          return null;
        });
      }
      open.await();
      post("/runs/" + run + "/answer", writes, "position=1", "answer=old");
      told.await();
    }
    assertThat(told.getCount()).isZero();
  }

  private static void awaitLine(Iterator<String> lines, String text) {
    String line = lines.next();
    while (!line.contains(text)) {
      line = lines.next();
    }
  }

  @Test
  void aPageOfARunThatIsRemovedSaysSo() throws Exception {
    project.flow("return 1").ok();
    String run = project.onlyRun();
    try (Stream<String> lines = events("/runs/" + run)) {
      Iterator<String> read = lines.iterator();
      awaitLine(read, "status done");
      project.conductor("rm", run).ok();
      awaitLine(read, "cannot be read");
    }
    assertThat(get("/").body()).contains("0 runs");
  }

  @Test
  void formsAreBoundedAndOtherMethodsRefused() throws Exception {
    project.flow(ASKS, "--no-wait");
    String run = project.onlyRun();
    HttpResponse<String> large =
        post("/runs/" + run + "/answer", writes("/gates"), "answer=" + "x".repeat(2 << 20));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(send(request("/").DELETE()).statusCode()).isEqualTo(405);
    assertThat(post("/runs/" + run + "/rm", writes("/gates")).statusCode()).isEqualTo(404);
  }
}
