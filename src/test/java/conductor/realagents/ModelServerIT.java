package conductor.realagents;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.modelserver.ModelServer;
import conductor.modelserver.ModelTurn;
import conductor.modelserver.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Real agents do what the prompt tells the model, and their turns are counted.
 *
 * <p>Alone on two cores a test takes about 2 s with claude and codex, 5 s with gemini and 15 s with
 * opencode; the first that needs a program waits for its installation.
 */
@Tag("agents")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ModelServerIT {

  private static final String WORK =
      "Please [[write:made.txt|made\n]] then [[bash:cat made.txt made.txt > twice.txt]] and"
          + " [[say:all done]]";

  @TempDir private Path temp;
  private ModelServer model;
  private AgentHome home;
  private Path worktree;

  @BeforeEach
  void start() throws Exception {
    model = new ModelServer();
    home = AgentHome.make(temp.resolve("home"), model.address());
    worktree = Files.createDirectories(temp.resolve("worktree"));
    assertThat(run(Map.of("PATH", System.getenv("PATH")), List.of("git", "init", "-q")).exit())
        .isZero();
  }

  @AfterEach
  void stop() throws IOException {
    model.close();
    Headless.endAllIn(temp.resolve("home"));
  }

  @ParameterizedTest
  @EnumSource
  void writesAFileRunsACommandAndEnds(RealAgent agent) throws Exception {
    Headless run = run(agent, WORK);

    assertThat(run.exit()).as(run::toString).isZero();
    assertThat(worktree.resolve("made.txt")).hasContent("made\n");
    assertThat(worktree.resolve("twice.txt")).hasContent("made\nmade\n");
    assertThat(run.lines()).anySatisfy(line -> assertThat(line).contains("all done"));
    assertThat(model.realTurns()).extracting(ModelTurn::step).containsExactly(0, 1, 2);
    assertThat(model.realTurns()).allMatch(turn -> turn.prompt().contains(WORK));
    assertThat(model.realTurns()).allMatch(turn -> turn.protocol() == agent.protocol());
    assertThat(reported(agent, run)).isEqualTo(model.tokens());
  }

  @ParameterizedTest
  @EnumSource
  void seesAnErrorOfHttp(RealAgent agent) throws Exception {
    Headless run = run(agent, "Please [[http:400]]");

    assertThat(run.lines() + run.err()).contains("scripted 400");
    assertThat(model.answered()).allMatch(ModelTurn::auxiliary);
  }

  @ParameterizedTest
  @EnumSource(names = {"CLAUDE", "CODEX"})
  void goesOnWhereItWasWhenItWasKilled(RealAgent agent) throws Exception {
    String prompt = "[[bash:echo one >> ran]] [[gate:g]] [[bash:echo two >> ran]] [[say:all done]]";
    Process process =
        Headless.start(
            worktree,
            home.environment(agent),
            command(agent, prompt),
            temp.resolve("out"),
            temp.resolve("err"));
    model.awaitTurn("gate:g", 1);
    awaitKept(agent);
    Headless.end(process);
    model.open("g");

    Headless run = run(agent, resumed(agent));

    assertThat(run.exit()).as(run::toString).isZero();
    assertThat(worktree.resolve("ran")).hasContent("one\ntwo\n");
    assertThat(model.realTurns()).extracting(ModelTurn::step).containsExactly(0, 1, 1, 2);
    assertThat(model.realTurns().getLast().heard()).containsExactly(prompt, "go on");
  }

  /** The program asks its model before it has written the command's result to its own files. */
  private void awaitKept(RealAgent agent) throws Exception {
    String result = agent == RealAgent.CLAUDE ? "\"tool_result\"" : "function_call_output";
    while (!isKept(result)) {
      Thread.sleep(20); // of files of a foreign program, in directories that it has yet to make
    }
  }

  private boolean isKept(String result) throws IOException {
    try (Stream<Path> files = Files.walk(temp.resolve("home"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        if (Files.readString(file).contains(result)) {
          return true;
        }
      }
      return false;
    } catch (UncheckedIOException e) {
      return false; // something vanished meanwhile
    }
  }

  private Headless run(RealAgent agent, String prompt) throws Exception {
    return run(home.environment(agent), command(agent, prompt));
  }

  private Headless run(RealAgent agent, List<String> arguments) throws Exception {
    return run(home.environment(agent), command(agent, arguments));
  }

  private static List<String> command(RealAgent agent, String prompt) {
    return command(agent, arguments(agent, prompt));
  }

  private static List<String> command(RealAgent agent, List<String> arguments) {
    return Stream.concat(Stream.of(agent.program().toString()), arguments.stream()).toList();
  }

  private Headless run(Map<String, String> environment, List<String> command) throws Exception {
    return Headless.run(worktree, environment, command);
  }

  private static List<String> arguments(RealAgent agent, String prompt) {
    return switch (agent) {
      case CLAUDE ->
          List.of(
              "-p",
              prompt,
              "--output-format",
              "stream-json",
              "--verbose",
              "--allowedTools",
              "Write",
              "Bash");
      case CODEX -> List.of("exec", "--json", "-s", "workspace-write", prompt);
      case OPENCODE -> List.of("run", "--format", "json", prompt);
      case GEMINI ->
          List.of("-p", prompt, "--approval-mode", "yolo", "--output-format", "stream-json");
    };
  }

  private static List<String> resumed(RealAgent agent) {
    return agent == RealAgent.CLAUDE
        ? List.of(
            "-p",
            "go on",
            "--continue",
            "--output-format",
            "stream-json",
            "--verbose",
            "--allowedTools",
            "Bash")
        : List.of("exec", "--json", "-s", "workspace-write", "resume", "--last", "go on");
  }

  /** The tokens that the agent itself says it used. */
  private static Tokens reported(RealAgent agent, Headless run) {
    return switch (agent) {
      case CLAUDE -> {
        JsonNode usage = run.event("result").path("usage");
        yield new Tokens(
            usage.path("input_tokens").asLong(),
            usage.path("cache_read_input_tokens").asLong(),
            usage.path("cache_creation_input_tokens").asLong(),
            usage.path("output_tokens").asLong());
      }
      case CODEX -> {
        JsonNode usage = run.event("turn.completed").path("usage");
        long cached = usage.path("cached_input_tokens").asLong();
        yield new Tokens(
            usage.path("input_tokens").asLong() - cached,
            cached,
            0,
            usage.path("output_tokens").asLong());
      }
      case OPENCODE ->
          run.events("step_finish")
              .map(step -> step.path("part").path("tokens"))
              .map(tokens ->
                  new Tokens(tokens.path("input").asLong(), 0, 0, tokens.path("output").asLong()))
              .reduce(Tokens.NONE, Tokens::plus);
      case GEMINI -> {
        JsonNode stats = run.event("result").path("stats");
        yield new Tokens(
            stats.path("input_tokens").asLong(), 0, 0, stats.path("output_tokens").asLong());
      }
    };
  }
}
