package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Openings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A32: what the settings of opencode become before it asks conductor. */
class OpencodeBoundsTest {

  @TempDir private Path temp;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void home() {
    environment.put("HOME", temp.toString());
  }

  /** What is allowed is asked, last and in its order; what is denied stays. */
  @Test
  void rulesOfTheUserStayButForWhatTheyAllow() throws Exception {
    settings("'permission':{'bash':{'*':'allow','rm *':'deny'},'edit':'deny','list':'deny'}");

    assertThat(permission().properties().stream().skip(7).map(Object::toString))
        .containsExactly(
            "bash**={\"*\":\"ask\",\"rm *\":\"deny\"}", "edit**=\"deny\"", "list*=\"deny\"");
  }

  @Test
  void readingMayBeAllowedButForHiddenFiles() throws Exception {
    settings("'permission':'allow'");

    JsonNode rules = permission();
    assertThat(rules.path("**").asString()).isEqualTo("ask");
    assertThat(rules.path("glob").asString()).isEqualTo("allow");
    assertThat(rules.path("read"))
        .hasToString("{\"*\":\"allow\",\"*.env\":\"ask\",\"*.env.*\":\"ask\"}");
  }

  @Test
  void toolsOfServersAreAskedAndThoseOfTheUserLeftOut() throws Exception {
    settings("'mcp':{'my.server':{}}");
    file(".opencode/tools/mine.ts", "export default {}");

    JsonNode rules = permission();
    assertThat(rules.path("my_server_*").asString()).isEqualTo("ask");
    assertThat(rules.path("mine").asString()).isEqualTo("deny");
    assertThat(rules.path("mine_*").asString()).isEqualTo("deny");
  }

  @Test
  void agentsOfTheUserAreBoundByTheirNames() throws Exception {
    settings(
        "'agent':{'one':{'permission':{'bash':'allow'}},'none':{}},'mode':{'two':{'tools':{'write':true}}}");
    file(".config/opencode/agents/deep/three.md", "---\npermission: allow\n---\nx");
    file(".config/opencode/agent/any.md", "---\nname: four\ntools: {bash: false}\n---\nx");
    file(".config/opencode/agent/broken.md", "---\n: [\n---\nx");
    environment.put(
        "OPENCODE_CONFIG_CONTENT", "{\"agent\":{\"five\":{\"prompt\":\"x\"}},\"model\":\"m\"}");

    JsonNode content = content();
    assertThat(content.path("agent").propertyNames())
        .containsExactlyInAnyOrder("plan", "one", "none", "deep/three", "four", "broken", "five");
    assertThat(rule(content, "one", "bash**")).isEqualTo("ask");
    assertThat(content.at("/mode/two/permission/edit**").asString())
        .as("what modes say comes over what agents say")
        .isEqualTo("ask");
    assertThat(rule(content, "deep/three", "**")).isEqualTo("ask");
    assertThat(rule(content, "four", "bash**")).isEqualTo("deny");
    assertThat(rule(content, "five", "bash*")).isEqualTo("ask");
    assertThat(content.at("/agent/five/prompt").asString()).isEqualTo("x");
    assertThat(content.path("model").asString()).isEqualTo("m");
  }

  @Test
  void theMemoryOfTheRepositoryIsRead() throws Exception {
    file("wt/CLAUDE.md", "x");

    assertThat(content().path("instructions")).hasToString("[\"" + temp + "/wt/CLAUDE.md\"]");
  }

  private static String rule(JsonNode content, String agent, String tool) {
    return content.path("agent").path(agent).path("permission").path(tool).asString("");
  }

  private void settings(String members) throws Exception {
    file(".config/opencode/opencode.jsonc", "{ // mine\n" + members.replace('\'', '"') + ",}");
  }

  private void file(String name, String text) throws Exception {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private JsonNode permission() {
    return variable("OPENCODE_PERMISSION");
  }

  private JsonNode content() {
    return variable("OPENCODE_CONFIG_CONTENT");
  }

  private JsonNode variable(String name) {
    var opening = Openings.at(temp.resolve("wt"));
    String text =
        new Opencode()
            .protocol()
            .bounds(List.of("opencode"), opening, environment)
            .variables()
            .get(name);
    return Lines.value(String.valueOf(text)).orElseThrow();
  }
}
