package conductor.handlers.agent.known;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Openings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A32: where gemini is told to trust a directory. */
class GeminiBoundsTest {

  @TempDir private Path worktree;

  @Test
  void aDirectoryWithoutSettingsIsTrusted() {
    assertThat(bounds(null).words()).contains("--skip-trust", "--admin-policy");
    assertThat(bounds(null).variables()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".gemini", ".env"})
  void aDirectoryWithSettingsIsNot(String name) throws Exception {
    Files.createSymbolicLink(worktree.resolve(name), Path.of("nowhere"));

    for (Bounds bounds : List.of(bounds(null), bounds("plan"))) {
      assertThat(bounds.words()).contains("--admin-policy").doesNotContain("--skip-trust");
      assertThat(bounds.variables()).containsEntry("GEMINI_CLI_TRUST_WORKSPACE", "false");
    }
  }

  /** Who chooses a mode that gemini takes in trusted directories only trusts this one. */
  @Test
  void aChosenModeTrusts() throws Exception {
    Files.createDirectory(worktree.resolve(".gemini"));

    assertThat(bounds("yolo").words()).contains("--skip-trust");
    assertThat(bounds(null, "-y").words()).containsExactly("--skip-trust");
    assertThat(bounds(null, "--skip-trust").words()).doesNotContain("--skip-trust");
    assertThat(bounds(null, "--skip-trust").variables()).isEmpty();
  }

  private Bounds bounds(@Nullable String mode, String... arguments) {
    var opening = Openings.set(Openings.at(worktree), mode, null, null);
    return new Gemini().protocol().bounds(List.of(arguments), opening, Map.of());
  }
}
