package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Project;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Openings;
import conductor.realagents.RealAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of each known agent, for every one there is: see adding-an-agent.md. */
class KnownAgentsTest {

  private static final Opening OPENING = Openings.at(Path.of("/w"));

  @TempDir private Path temp;

  static List<KnownAgent> agents() {
    return KnownAgents.all();
  }

  private static String read(Path file) {
    try {
      return Files.readString(Project.home().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Test
  void eachIsThereOnceInTheOrderOfTheNames() {
    assertThat(KnownAgents.names()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(3);
    assertThat(KnownAgents.named("mine")).isEmpty();
    assertThat(KnownAgents.protocols().keySet()).containsExactly("acp", "claude", "codex");
  }

  @ParameterizedTest
  @MethodSource("agents")
  void aDescriptionIsWhole(KnownAgent agent) {
    AgentDescription.isWhole(agent);
    assertThat(KnownAgents.named(agent.name())).containsSame(agent);
    assertThat(KnownAgents.protocols()).containsKey(agent.protocol().name());
  }

  /** The table of programs and what is said of versions and variables. */
  @ParameterizedTest
  @MethodSource("agents")
  void thePageAboutAgentsTellsOfIt(KnownAgent agent) {
    String page = read(Path.of("docs/agents.md"));
    KnownAgent.Texts texts = agent.texts();

    assertThat(page)
        .contains(
            "| `%s` | %s | %s | `%s` | %s |"
                .formatted(
                    agent.name(), texts.title(), texts.speech(), texts.install(), texts.login()));
    assertThat(agent.variables())
        .allSatisfy(start -> assertThat(page).contains("`" + start + "*`"));
    agent.least().ifPresent(least -> assertThat(page).contains(agent.name() + " before " + least));
    assertThat(page.replace("\n", " "))
        .containsPattern("run as [^.]*`" + test(agent) + "`")
        .containsPattern("\\| \\| (\\w+ \\| )*" + agent.name() + " \\|");
  }

  private static String test(KnownAgent agent) {
    return agent.name().substring(0, 1).toUpperCase(Locale.ROOT) + agent.name().substring(1) + "IT";
  }

  /** A conversation of the real program is recorded, and the contract is run with it. */
  @ParameterizedTest
  @MethodSource("agents")
  void itsProtocolIsTestedWithWhatTheProgramSaid(KnownAgent agent) throws Exception {
    Path transcripts = Project.home().resolve("src/test/resources/transcripts");
    try (Stream<Path> files = Files.walk(transcripts)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches(Pattern.quote(agent.name()) + "[.-].*"));
    }
    assertThat(RealAgent.values()).extracting(RealAgent::command).contains(agent.program());
    assertThat(read(Path.of("src/test/java/conductor/cli", test(agent) + ".java")))
        .contains("extends RealAgentContract", "RealAgent.");
  }

  @Test
  void doctorAndAgentsNameEach() throws Exception {
    Project project = Project.withOrigin(temp);
    project.environment.put("PATH", "/usr/bin:/bin");
    String doctor = project.conductor("doctor").out();
    String agents = project.conductor("agents").ok().out();

    assertThat(KnownAgents.all())
        .allSatisfy(agent -> {
          assertThat(doctor).containsPattern("(?m)^\\S+ agent .*\\b" + agent.name() + "\\b");
          assertThat(agents).containsPattern("(?m)^" + agent.name() + " ");
        });
  }

  /** A name elsewhere would be knowledge that a description lacks. */
  @Test
  void noOtherSourceNamesAnAgent() throws Exception {
    var name = Pattern.compile("\"(?:" + String.join("|", KnownAgents.names()) + ")\"");
    Path sources = Project.home().resolve("src/main/java/conductor");
    try (Stream<Path> files = Files.walk(sources)) {
      assertThat(files.filter(Files::isRegularFile))
          .filteredOn(file -> name.matcher(read(file)).find())
          .allSatisfy(file ->
              assertThat(sources.relativize(file))
                  .matches(source ->
                      source.startsWith("handlers/agent/known")
                          || source.startsWith("handlers/agent/protocol")));
    }
  }

  @Test
  void aYoungSessionOfGeminiIsNotResumedInItsMinute() {
    Instant opened = Instant.parse("2026-11-24T22:06:58Z");
    assertThat(new Gemini().protocol().resumableFrom(opened)).isEqualTo("2026-11-24T22:07:00Z");
    assertThat(new Opencode().protocol().resumableFrom(opened)).isEqualTo(opened);
  }

  @Test
  void programsAreCalledWithWhatMakesThemSpeak() {
    assertThat(new Gemini().protocol().words(List.of("gemini", "--skip-trust"), OPENING))
        .containsExactly("gemini", "--skip-trust", "--acp");
    assertThat(new Opencode().protocol().words(List.of("opencode"), OPENING))
        .containsExactly("opencode", "acp");
    assertThat(KnownAgents.protocols().get("acp").words(List.of("my-agent", "serve"), OPENING))
        .containsExactly("my-agent", "serve");
    assertThat(KnownAgents.protocols().get("acp").bounds(List.of(), OPENING, Map.of()).words())
        .isEmpty();
  }
}
