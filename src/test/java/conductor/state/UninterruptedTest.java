package conductor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F15: a branch that loses a race while its agent starts must not stop the run. */
class UninterruptedTest {

  @TempDir private Path directory;

  @Test
  void anInterruptedThreadWritesItsFilesAndStaysInterrupted() {
    Path claim = directory.resolve("agents/a/claim");
    Path record = directory.resolve("agents/a/agent.json");

    Thread.currentThread().interrupt();
    boolean made = AtomicFile.create(claim, "key");
    AtomicFile.write(record, "{}");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(made).isTrue();
    assertThat(TextFile.read(claim)).isEqualTo("key");
    assertThat(TextFile.read(record)).isEqualTo("{}");
  }
}
