package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that run no script load neither Groovy nor JGit. */
class StartUpTest {

  private static final List<String> LIBRARIES =
      List.of(
          " groovy.",
          " org.codehaus.groovy",
          " org.eclipse.jgit",
          " org.eclipse.jetty",
          " gg.jte.",
          " io.modelcontextprotocol",
          " org.apache.commons.",
          " reactor.");

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "--help",
        "help permissions",
        "ps",
        "ps --json",
        "gates",
        "issue list",
        "env list",
        "pr list",
        "template show basic_pr",
        "config",
        "effects CreatePR",
        "completion bash",
        "trust"
      })
  void loadsNeitherGroovyNorJGit(String line) throws Exception {
    String loaded = loaded(line, temp.resolve("state"));

    assertThat(loaded).contains("conductor.main.Main ");
    for (String library : LIBRARIES) {
      assertThat(loaded.lines().filter(text -> text.contains(library))).as(line).isEmpty();
    }
  }

  @Test
  void whatListsAndShowsReadsNoAnnotations() throws Exception {
    Project project = Project.withoutRepository(temp);
    project.flow("yield Status('greeting')\nreturn 'Hello'").ok();
    String done = project.onlyRun();
    project.flow("yield Ask(prompt: 'Go on?')", "--no-wait");
    for (String line : List.of("ps", "ps --json", "gates", "show " + done, "completion bash")) {
      assertThat(loaded(line, project.state.root()).lines())
          .as(line)
          .noneMatch(text -> text.contains("$Proxy"));
    }
  }

  /** The JVM generates code for each switch over types: what lists runs does without. */
  @Test
  void whatListsSwitchesOverNoTypes() throws Exception {
    Project project = Project.withoutRepository(temp);
    project.flow("yield Status('greeting')\nreturn 'Hello'").ok();
    for (String line : List.of("ps --json", "completion bash")) {
      assertThat(loaded(line, project.state.root()).lines())
          .as(line)
          .noneMatch(text -> text.contains("$$TypeSwitch"));
    }
  }

  private String loaded(String line, Path state) throws Exception {
    var words =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout",
                    "-Xshare:off",
                    "-XX:TieredStopAtLevel=1",
                    "-Dconductor.home=" + Project.home(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "conductor.main.Main"),
                Stream.of(line.split(" ", -1)))
            .toList();
    var builder = new ProcessBuilder(words).directory(temp.toFile()).redirectErrorStream(true);
    builder.environment().put("CONDUCTOR_STATE_DIR", state.toString());
    Process process = builder.start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return loaded;
  }
}
