package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Openings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What every description of an agent holds to, also one that is only in a page. */
public final class AgentDescription {

  private AgentDescription() {}

  /** Fails where something is missing, or not as who asks for it expects. */
  public static void isWhole(KnownAgent agent) {
    assertThat(agent.name()).matches("[a-z][a-z0-9_-]*");
    assertThat(agent.program()).isNotBlank().doesNotContain("/", " ");
    agent.least().ifPresent(least -> assertThat(least).matches("\\d+(\\.\\d+)+"));
    assertThat(agent.variables()).isNotEmpty().allMatch(start -> start.matches("[A-Z]+_"));
    assertThat(agent.keys()).allMatch(key -> agent.variables().stream().anyMatch(key::startsWith));
    assertThat(Path.of(agent.loginFile())).isRelative();
    assertThat(agent.shells()).isNotEmpty().allMatch(tool -> tool.matches("[a-z_]+"));
    assertThat(agent.fileTools()).allMatch(tool -> tool.matches("[a-z_]+"));
    KnownAgent.Texts texts = agent.texts();
    assertThat(List.of(texts.title(), texts.speech(), texts.install(), texts.login()))
        .noneMatch(String::isBlank);
    speaks(agent);
  }

  private static void speaks(KnownAgent agent) {
    var opening = Openings.at(Path.of("/w"));
    List<String> program = List.of(agent.program());
    assertThat(agent.protocol().words(program, opening))
        .startsWith(agent.program())
        .hasSizeGreaterThan(1);
    assertThat(agent.protocol().bounds(program, opening, Map.of("HOME", "/nowhere"))).isNotNull();
    assertThat(agent.protocol().resumableFrom(Instant.EPOCH)).isAfterOrEqualTo(Instant.EPOCH);
    assertThat(agent.protocol().begin(opening).ready()).isFalse();
    assertThat(new TreeSet<>(agent.protocol().environment().keySet()))
        .allMatch(name -> agent.variables().stream().anyMatch(name::startsWith));
  }
}
