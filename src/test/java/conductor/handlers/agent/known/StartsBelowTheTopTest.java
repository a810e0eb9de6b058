package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Openings;
import conductor.handlers.agent.protocol.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs are told when they start in a directory of a worktree. */
class StartsBelowTheTopTest {

  @TempDir private Path worktree;
  private Opening opening;

  @BeforeEach
  void opening() throws Exception {
    Path directory = Files.createDirectories(worktree.resolve("services/api"));
    opening = Openings.at(directory, worktree);
  }

  private Bounds bounds(Protocol protocol) {
    return protocol.bounds(List.of("program"), opening, Map.of("HOME", worktree + "/none"));
  }

  @Test
  void claudeWorksOnTheWorktreeAndObeysTheSettingsOfBothDirectories() throws Exception {
    for (Path directory : List.of(worktree, opening.directory())) {
      Files.createDirectory(directory.resolve(".claude"));
      Files.writeString(
          directory.resolve(".claude/settings.json"),
          "{\"permissions\":{\"deny\":[\"Read(%s)\"]}}".formatted(directory.getFileName()));
    }

    assertThat(bounds(new Claude().protocol()).words())
        .contains("--add-dir=" + worktree)
        .last()
        .asString()
        .contains("Read(api)", "Read(" + worktree.getFileName() + ")");
  }

  @Test
  void codexMayWriteInTheWorktree() {
    Dialogue dialogue = new Codex().protocol().begin(opening);
    dialogue.heard("{\"id\":\"initialize\",\"result\":{}}");

    assertThat(dialogue.due().getLast())
        .contains("\"cwd\":\"" + opening.directory() + "\"")
        .contains("{\"sandbox_workspace_write.writable_roots\":[\"" + worktree + "\"]}");
  }

  @Test
  void geminiWorksOnTheWorktreeAndTrustsNoVariablesAbove() throws Exception {
    assertThat(bounds(new Gemini().protocol()).words())
        .contains("--skip-trust", "--include-directories=" + worktree);
    Files.writeString(worktree.resolve(".env"), "X=1");

    assertThat(bounds(new Gemini().protocol()).words()).doesNotContain("--skip-trust");
  }

  @Test
  void opencodeReadsTheMemoriesOfBothDirectories() throws Exception {
    Files.writeString(worktree.resolve("AGENTS.md"), "x");
    Files.writeString(opening.directory().resolve("CLAUDE.md"), "x");

    assertThat(bounds(new Opencode().protocol()).variables().get("OPENCODE_CONFIG_CONTENT"))
        .contains(worktree + "/AGENTS.md", opening.directory() + "/CLAUDE.md");
  }
}
