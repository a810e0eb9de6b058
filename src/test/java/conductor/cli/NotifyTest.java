package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Missing 3: people are told when a run waits, fails or ends. */
class NotifyTest {

  /** What the server got. */
  private record Post(String authorization, JsonNode body) {}

  @TempDir private Path temp;
  private Project project;
  private HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final CountDownLatch hangs = new CountDownLatch(1);

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/hook",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          posts.add(
              new Post(String.valueOf(authorization), JsonMapper.builder().build().readTree(body)));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/hangs",
        exchange -> {
          try {
            hangs.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.createContext(
        "/refuses",
        exchange -> {
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    hangs.countDown();
    server.stop(0);
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Test
  void aWebhookIsToldOfAQuestionAndOfTheEndEachOnceAcrossResumes() throws Exception {
    project.environment.put("HOOK_TOKEN", "hook-secret-1");
    project.environment.put("DEPLOY_PASSWORD", "hush-hush-2");
    project.configure(
        "notify: {webhook: '%s', headers: {Authorization: 'Bearer $HOOK_TOKEN'}}\n"
            .formatted(address("/hook")));

    var asked =
        project.flow("yield Ask('Use hush-hush-2\\u001b[1m now?', options: ['yes'])", "--no-wait");
    assertThat(asked.code()).as(asked.err()).isEqualTo(Exit.BLOCKED);
    String run = project.onlyRun();
    assertThat(project.conductor("resume", run, "--no-wait").code()).isEqualTo(Exit.BLOCKED);
    project.conductor("answer", run, "yes").ok();
    project.conductor("resume", run).ok();

    assertThat(posts)
        .extracting(Post::authorization)
        .containsExactly("Bearer hook-secret-1", "Bearer hook-secret-1");
    JsonNode waits = posts.getFirst().body();
    assertThat(waits.path("v").asInt()).isOne();
    assertThat(waits.path("event").asString()).isEqualTo("waits");
    assertThat(waits.path("run").asString()).isEqualTo(run);
    assertThat(waits.path("text").asString())
        .startsWith("flow waits: Use ")
        .endsWith(" now? [yes]")
        .doesNotContain("hush-hush-2", "\u001b");
    assertThat(posts.getLast().body().path("event").asString()).isEqualTo("done");
  }

  @Test
  void aCommandGetsTheEventAndChildRunsDoNotTell() throws Exception {
    project.configure(
        "notify: {command: 'cat >> $LEDGER; echo $CONDUCTOR_EVENT $CONDUCTOR_RUN $CONDUCTOR_WORKFLOW >> $LEDGER'}\n");
    project.file("child.groovy", "return 1");

    var ended =
        project.flow(
            "yield RunWorkflow('%s/child.groovy')\nthrow new Exception('no <b>')".formatted(temp));

    assertThat(ended.code()).isOne();
    List<String> told = project.ledger();
    assertThat(told).hasSize(2);
    JsonNode event = JsonMapper.builder().build().readTree(told.getFirst());
    assertThat(event.path("event").asString()).isEqualTo("failed");
    assertThat(event.path("text").asString()).startsWith("flow failed: ").contains("no <b>");
    assertThat(told.getLast()).isEqualTo("failed %s flow".formatted(event.path("run").asString()));
  }

  @Test
  void whatHangsIsGivenUpAndSaidOnceAndTheRunIsDone() throws Exception {
    project.configure(
        "notify: {webhook: '%s', command: 'echo $$ > $LEDGER; exec sleep 1000'}\n"
            .formatted(address("/hangs")));

    var ended = project.flow("return 'the result'");

    assertThat(ended.ok().out()).isEqualTo("the result\n");
    assertThat(ended.err())
        .containsOnlyOnce("notify.webhook: nobody was told: it took longer than 10 s")
        .containsOnlyOnce("notify.command: nobody was told: it took longer than 10 s");
    long pid = Long.parseLong(project.ledger().getFirst());
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
  }

  @Test
  void whatFailsIsOneWarningThatNamesNoAddress() throws Exception {
    project.configure(
        "notify: {webhook: '%s', command: 'exit 7', headers: {X: 'a'}}\n"
            .formatted(address("/refuses")));

    var ended = project.flow("return 1").ok();

    assertThat(ended.err())
        .contains("notify.webhook: nobody was told: 127.0.0.1 answers 500")
        .contains("notify.command: nobody was told: exit code 7")
        .doesNotContain("/refuses");
  }

  @Test
  void theDesktopShowsTheLineAndDoctorSaysWhatIsMissing() throws Exception {
    String path = project.environment.get("PATH");
    project.configure("notify: {desktop: true, webhok: 'x', headers: {X: '$NOT_THERE'}}\n");
    var doctor = project.conductor("doctor");
    assertThat(doctor.out() + doctor.err())
        .contains("notify.desktop: neither notify-send nor osascript is on the PATH")
        .contains("unknown key 'notify.webhok'; did you mean 'notify.webhook'?")
        .contains("notify.headers.X: the variable NOT_THERE is not set");
    Path program = project.file("bin/notify-send", "#!/bin/sh\nprintf '%s\\n' \"$@\" >> $LEDGER\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    project.environment.put("PATH", program.getParent() + ":" + path);

    project.configure("notify: {desktop: true}\n");

    Project.Result failed = project.flow("throw new Exception('a < b')");

    assertThat(failed.code()).as(failed.err()).isEqualTo(Exit.FAILED);
    assertThat(project.ledger()).startsWith("--app-name=conductor", "--");
    assertThat(project.ledger().getLast()).startsWith("flow failed: ").contains("a &lt; b");
    assertThat(project.conductor("doctor").out()).contains("notify.desktop: " + program);
  }

  /** What a repository brings runs only when somebody trusts it. */
  @Test
  void aProjectsCommandIsNotRunUntrusted() throws Exception {
    Files.createDirectories(project.repo.resolve(".conductor"));
    Files.writeString(
        project.repo.resolve(".conductor/config.yaml"), "notify: {command: 'echo x >> $LEDGER'}\n");

    var refused = project.flow("return 1");
    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("is not trusted", "notify.command");
    project.conductor("trust").ok();
    project.flow("return 1").ok();

    assertThat(project.ledger()).containsExactly("x");
  }

  @Test
  void theBellRingsAtATerminalOnly() throws IOException {
    for (boolean terminal : List.of(true, false)) {
      var bytes = new ByteArrayOutputStream();
      var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
      new Console(err, err, true, terminal, true, false).bell();
      assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(terminal ? "\u0007" : "");
    }
  }
}
