package conductor.handlers.agent;

import conductor.error.Unchecked;
import conductor.process.Command;
import conductor.script.ScriptedTurn;
import conductor.script.groovy.Play;
import conductor.state.TextFile;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays an agent by a Groovy script, for demonstrations, tests and trying a workflow without costs.
 * Runs as a program of its own like any other agent, in the worktree, with the prompt on standard
 * input and the reply on standard output.
 */
public final class ScriptedAgent implements ScriptedTurn {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofHours(1);

  private final String prompt;
  private final Path worktree;
  private final Map<String, String> environment;
  private final PrintStream out;

  public ScriptedAgent(
      String prompt, Path worktree, Map<String, String> environment, PrintStream out) {
    this.prompt = prompt;
    this.worktree = worktree;
    this.environment = Map.copyOf(environment);
    this.out = out;
  }

  /**
   * Plays one turn.
   *
   * @throws conductor.script.ScriptErrors when the script does not compile
   * @throws conductor.script.groovy.AgentScript.Fails when the script fails on purpose
   */
  public void play(Path script) {
    Play.turn(script.toString(), TextFile.read(script), this);
    out.flush();
  }

  @Override
  public String prompt() {
    return prompt;
  }

  @Override
  public Map<String, @Nullable Object> variables() {
    var variables = new LinkedHashMap<String, @Nullable Object>();
    variables.put("agent", environment.getOrDefault("CONDUCTOR_AGENT", ""));
    variables.put("turn", Integer.parseInt(environment.getOrDefault("CONDUCTOR_TURN", "1")));
    String schema = environment.get("CONDUCTOR_SCHEMA_FILE");
    variables.put(
        "schema",
        schema == null ? null : JSON.readValue(TextFile.read(Path.of(schema)), Object.class));
    return variables;
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void answer(@Nullable Object value) {
    say(JSON.writeValueAsString(value));
  }

  @Override
  public void write(String path, String text) {
    Path file = worktree.resolve(path);
    Unchecked.get(
        "write " + file,
        () -> {
          Files.createDirectories(file.getParent());
          return Files.writeString(file, text);
        });
  }

  @Override
  public String read(String path) {
    return TextFile.read(worktree.resolve(path));
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(worktree.resolve(path));
  }

  @Override
  public String sh(String lines) throws InterruptedException {
    var words = List.of("sh", "-c", lines);
    Command.Ended ended = new Command(words, worktree, environment, "", LIMIT).run();
    if (!ended.ok()) {
      throw new IllegalStateException(
          "'%s' ended with exit code %d: %s"
              .formatted(lines.strip(), ended.code(), (ended.out() + ended.err()).strip()));
    }
    return ended.out().stripTrailing();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
