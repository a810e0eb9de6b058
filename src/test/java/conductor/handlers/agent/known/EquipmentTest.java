package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Equipment;
import conductor.handlers.agent.protocol.Equipment.McpServer;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.FailureKind;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Permission;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.Unequipped;
import conductor.handlers.agent.protocol.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each program gets a system prompt, MCP servers and skills; what it is known to take. */
class EquipmentTest {

  private static final McpServer PROGRAM =
      new McpServer(
          "tickets", List.of("node", "t s.js"), Map.of("A", "1"), null, Map.of(), Map.of());
  private static final McpServer ADDRESS =
      new McpServer(
          "docs", List.of(), Map.of(), "https://d.example/mcp", Map.of("X", "y"), Map.of());
  private static final McpServer SECRET =
      new McpServer(
          "docs",
          List.of(),
          Map.of(),
          "https://d.example/mcp",
          Map.of("X", "y", "Authorization", "Bearer z"),
          Map.of("Authorization", "V_1"));
  private static final Path OWN = Path.of("/own");

  @TempDir private Path worktree;

  private Opening opening(McpServer... servers) {
    var equipment =
        new Equipment("Be short.", List.of(servers), Map.of("review", Path.of("/s/a b")));
    return new Opening(
        worktree,
        worktree,
        null,
        false,
        null,
        null,
        null,
        "high",
        null,
        Usage.NONE,
        equipment,
        OWN);
  }

  private Bounds bounds(Protocol protocol, McpServer... servers) {
    return protocol.bounds(
        List.of("x"), opening(servers), Map.of("HOME", worktree.resolve("home").toString()));
  }

  @Test
  void claudeTakesAllByArgumentsAndFilesOfItsOwn() {
    Bounds bounds = bounds(new Claude().protocol(), PROGRAM, ADDRESS);

    assertThat(bounds.words())
        .contains(
            "--append-system-prompt=Be short.",
            "--mcp-config=/own/mcp.json",
            "--plugin-dir=/own/skills-review");
    assertThat(bounds.files().get("mcp.json"))
        .isEqualTo(
            "{\"mcpServers\":{\"tickets\":{\"type\":\"stdio\",\"command\":\"node\",\"args\":[\"t s.js\"],\"env\":{\"A\":\"1\"}},"
                + "\"docs\":{\"type\":\"http\",\"url\":\"https://d.example/mcp\",\"headers\":{\"X\":\"y\"}}}}");
    assertThat(bounds.files())
        .containsEntry("skills-review/.claude-plugin/plugin.json", "{\"name\":\"review\"}");
    assertThat(bounds.links()).containsEntry("skills-review/skills", Path.of("/s/a b"));
    assertThat(new Claude().protocol().words(List.of("claude"), opening()))
        .containsSequence("--effort", "high");
  }

  @Test
  void whatAVariableHoldsIsNotWrittenDown() {
    Bounds claude = bounds(new Claude().protocol(), SECRET);
    assertThat(claude.files().get("mcp.json"))
        .contains("{\"Authorization\":\"${V_1}\",\"X\":\"y\"}")
        .doesNotContain("Bearer z");
    assertThat(claude.variables()).containsEntry("V_1", "Bearer z");

    Dialogue codex = new Codex().protocol().begin(opening(SECRET));
    says(codex);
    codex.heard("{\"id\":\"initialize\",\"result\":{}}");
    says(codex);
    codex.heard("{\"id\":\"skills/extraRoots/set\",\"result\":{}}");
    assertThat(says(codex))
        .singleElement()
        .asString()
        .contains("\"http_headers\":{\"X\":\"y\"},\"env_http_headers\":{\"Authorization\":\"V_1\"}")
        .doesNotContain("Bearer z");
    assertThat(bounds(new Codex().protocol(), SECRET).variables()).containsEntry("V_1", "Bearer z");
  }

  @Test
  void codexTakesSkillsBeforeTheThreadAndTheRestWithIt() {
    Dialogue dialogue = new Codex().protocol().begin(opening(PROGRAM, ADDRESS));
    says(dialogue);
    dialogue.heard("{\"id\":\"initialize\",\"result\":{}}");
    assertThat(says(dialogue))
        .last()
        .asString()
        .contains("skills/extraRoots/set", "\"extraRoots\":[\"/s/a b\"]");
    dialogue.heard("{\"id\":\"skills/extraRoots/set\",\"result\":{}}");

    assertThat(says(dialogue))
        .singleElement()
        .asString()
        .contains(
            "thread/start",
            "\"developerInstructions\":\"Be short.\"",
            "\"mcp_servers.tickets\":{\"command\":\"node\",\"args\":[\"t s.js\"],\"env\":{\"A\":\"1\"}}",
            "\"mcp_servers.docs\":{\"url\":\"https://d.example/mcp\",\"http_headers\":{\"X\":\"y\"}}");
  }

  @Test
  void aCodexThatTakesNoSkillsSaysSoBeforeItIsAsked() {
    Dialogue dialogue = new Codex().protocol().begin(opening());
    says(dialogue);
    dialogue.heard("{\"id\":\"initialize\",\"result\":{}}");
    says(dialogue);

    assertThat(
            dialogue.heard(
                "{\"id\":\"skills/extraRoots/set\",\"error\":{\"message\":\"unknown method\"}}"))
        .containsExactly(
            new Event.Unopened(
                FailureKind.REFUSED, "codex takes no directories of skills: unknown method"));
  }

  /** As codex 0.169.0 asks. */
  @Test
  void codexAsksForToolsOfServersAsForOthers() {
    Dialogue dialogue = new Codex().protocol().begin(opening(PROGRAM));
    String asks =
        "{\"method\":\"mcpServer/elicitation/request\",\"id\":0,\"params\":{\"threadId\":\"T\",\"turnId\":\"U\","
            + "\"serverName\":\"tickets\",\"mode\":\"form\",\"_meta\":{\"codex_approval_kind\":\"mcp_tool_call\","
            + "\"tool_name\":\"list\",\"tool_params\":{\"n\":1}},\"message\":\"Allow?\",\"requestedSchema\":{}}}";
    dialogue.heard(asks);

    Permission asked = dialogue.open().getFirst();
    assertThat(asked.tool()).isEqualTo("mcp__tickets__list");
    assertThat(asked.what()).isEqualTo("{\"n\":1}");
    assertThat(dialogue.answer(asked, new Decision.Allow())).contains("\"action\":\"accept\"");
    String denial = dialogue.answer(asked, new Decision.Deny("no"));
    assertThat(denial).contains("\"id\":0", "\"action\":\"decline\"");
    dialogue.said(denial);
    assertThat(dialogue.open()).isEmpty();
    dialogue.heard(asks.replace("mcp_tool_call", "other").replace("\"id\":0", "\"id\":1"));
    assertThat(dialogue.open()).isEmpty();
  }

  private static List<String> says(Dialogue dialogue) {
    List<String> due = dialogue.due();
    due.forEach(dialogue::said);
    return due;
  }

  @Test
  void opencodeReadsTheSystemPromptAndSkillsAndAsksForToolsOfServers() {
    Bounds bounds = bounds(new Opencode().protocol(), PROGRAM);

    assertThat(bounds.files()).containsEntry("system.md", "Be short.");
    assertThat(bounds.variables().get("OPENCODE_CONFIG_CONTENT"))
        .contains("\"instructions\":[\"/own/system.md\"]", "\"skills\":{\"paths\":[\"/s/a b\"]}");
    assertThat(bounds.variables().get("OPENCODE_PERMISSION")).contains("\"tickets_*\":\"ask\"");
  }

  @Test
  void agentsOfTheClientProtocolGetServersWithTheirSession() {
    Dialogue dialogue = new Opencode().protocol().begin(opening(PROGRAM, ADDRESS));
    says(dialogue);
    dialogue.heard(
        "{\"jsonrpc\":\"2.0\",\"id\":\"initialize\",\"result\":{\"protocolVersion\":1,\"agentCapabilities\":{\"mcpCapabilities\":{\"http\":true}}}}");

    assertThat(says(dialogue))
        .singleElement()
        .asString()
        .contains(
            "session/new",
            "{\"name\":\"tickets\",\"command\":\"node\",\"args\":[\"t s.js\"],\"env\":[{\"name\":\"A\",\"value\":\"1\"}]}",
            "{\"name\":\"docs\",\"type\":\"http\",\"url\":\"https://d.example/mcp\",\"headers\":[{\"name\":\"X\",\"value\":\"y\"}]}");
  }

  @Test
  void anAgentThatTakesNoAddressesSaysSo() {
    Dialogue dialogue = new Gemini().protocol().begin(opening(ADDRESS));
    says(dialogue);

    assertThat(
            dialogue.heard(
                "{\"jsonrpc\":\"2.0\",\"id\":\"initialize\",\"result\":{\"protocolVersion\":1,\"agentCapabilities\":{}}}"))
        .singleElement()
        .asString()
        .contains("REFUSED", "no MCP servers with a 'url'");
  }

  /** Gemini starts no servers in a directory that it does not trust, and does not say so. */
  @Test
  void geminiIsNotStartedWhereItWouldPassOverServers() throws Exception {
    assertThat(bounds(new Gemini().protocol(), PROGRAM).files()).containsKey("bounds.toml");
    Files.createDirectory(worktree.resolve(".gemini"));

    assertThatThrownBy(() -> bounds(new Gemini().protocol(), PROGRAM))
        .isInstanceOf(Unequipped.class)
        .hasMessageContaining("brings .gemini or .env");
  }
}
