package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of conductor in places that are not as usual: outputs that are full, no home. */
class PlaceTest {

  private static final int LIMIT_SECONDS = 60;

  @TempDir private Path temp;

  @BeforeEach
  void setUp() throws Exception {
    Files.writeString(temp.resolve("flow.groovy"), "return 'the result'\n");
  }

  private int run(File out, Map<String, String> environment, String... words) throws Exception {
    var builder =
        new ProcessBuilder(
                PackagedConductor.made()
                    .words(Files.createDirectories(temp.resolve("tmp")), List.of(words)))
            .directory(temp.toFile())
            .redirectOutput(out)
            .redirectError(temp.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", System.getenv("PATH"));
    Process process = builder.start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(temp.resolve("err"));
  }

  @ParameterizedTest(name = "A8 {0}")
  @ValueSource(
      strings = {"run flow.groovy -q", "ps --json", "template list", "--help", "--version"})
  void anOutputThatIsFullIsNoSuccess(String line) throws Exception {
    int code = run(new File("/dev/full"), Map.of("HOME", temp.toString()), line.split(" ", -1));

    assertThat(code).isEqualTo(Exit.BROKEN);
    assertThat(said()).contains("cannot write to standard output: No space left on device");
  }

  @Test
  void withoutHomeItIsThatOfTheAccount() throws Exception {
    Path out = temp.resolve("out");

    int code = run(out.toFile(), Map.of(), "config");

    assertThat(code).as(said()).isZero();
    assertThat(Files.readString(out)).contains(System.getProperty("user.home"));
    assertThat(Path.of("/.local")).doesNotExist();
  }
}
