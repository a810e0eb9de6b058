package conductor.handlers.agent;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.known.KnownAgent;
import conductor.handlers.agent.known.KnownAgents;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Protocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which versions are too old, by what is known of the program or of the protocol it speaks. */
class AgentVersionTest {

  static List<KnownAgent> agents() {
    return KnownAgents.all();
  }

  private static AgentVersion version(String type, @Nullable Protocol protocol) {
    var settings =
        new AgentSettings(
            type,
            "agents." + type,
            List.of(type),
            protocol,
            null,
            Map.of(),
            List.of(),
            AgentSettings.Limits.USUAL,
            null,
            null,
            null,
            Rules.USUAL,
            Equipment.NONE);
    return new AgentVersion(settings, Path.of("/"), Map.of());
  }

  @ParameterizedTest
  @MethodSource("agents")
  void aKnownAgentIsTooOldBeforeItsLeastVersion(KnownAgent agent) {
    AgentVersion version = version(agent.name(), agent.protocol());

    assertThat(version.isKnown()).isTrue();
    assertThat(version.tooOld("0.0.1").isPresent()).isEqualTo(agent.least().isPresent());
    agent.least().ifPresent(least -> assertThat(version.tooOld(least)).isEmpty());
  }

  @Test
  void anotherProgramIsTooOldByTheProtocolThatItSpeaks() {
    Map<String, Protocol> protocols = KnownAgents.protocols();

    assertThat(version("mine", protocols.get("claude")).tooOld("1.0.0")).isPresent();
    assertThat(version("claude", protocols.get("acp")).tooOld("0.1.0")).isEmpty();
    assertThat(version("mine", protocols.get("acp")).isKnown()).isFalse();
    assertThat(version("claude", null).isKnown()).isFalse();
    assertThat(version("claude", null).tooOld("0.1.0")).isEmpty();
  }
}
