package conductor.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateJsonTest {

  @TempDir private Path temp;

  private record Letter(int v, Instant at) {}

  /** F4, F18: whoever reads it knows what to mend, and nothing of the host's classes. */
  @Test
  void aValueThatIsNoneOfItsTypeIsNamed() throws Exception {
    Path file = temp.resolve("letter.json");
    Files.writeString(file, "{\"v\": 1,\n \"at\": \"2026-11-29T16:29:p0Z\"}\n");

    assertThatThrownBy(() -> StateJson.read(file, Letter.class, 1))
        .isInstanceOf(UnreadableState.class)
        .hasMessageContaining("cannot be read: 'at' is no Instant: 2026-11-29T16:29:p0Z; it was")
        .hasMessageNotContaining("java");
  }
}
