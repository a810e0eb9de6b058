package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests start is what is compiled now, and starts from a cache. */
class PackagedConductorTest {

  private static final Path CLASSES = Project.home().resolve("target/classes");

  @TempDir private Path temp;

  @Test
  void aProcessTakesItsClassesFromTheCache() throws Exception {
    PackagedConductor.made().awaitCache();
    List<String> words = PackagedConductor.made().words(List.of("--version"));
    Path loaded = temp.resolve("loaded");
    words.add(words.indexOf("-cp"), "-Xlog:class+load:file=" + loaded);

    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();

    assertThat(Files.readString(loaded))
        .contains("conductor.main.Main source: shared objects file");
  }

  @Test
  void itsJarHasTheClassesOfNow() throws Exception {
    try (var jar = new ZipFile(PackagedConductor.made().jar().toFile());
        Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        var entry = jar.getEntry(CLASSES.relativize(file).toString());
        assertThat(entry).as("%s", file).isNotNull();
        assertThat(jar.getInputStream(entry)).hasBinaryContent(Files.readAllBytes(file));
      }
    }
  }
}
