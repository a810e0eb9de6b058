package conductor.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledCacheTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir private Path temp;

  @Test
  void findsWhatItKept() {
    CompiledCache cache = cache("1");

    cache.keep("key", CONTENT);

    assertThat(cache.find("key")).hasValue(CONTENT);
    assertThat(cache.find("other")).isEmpty();
  }

  @Test
  void namesAScriptByAllThatDecidesWhatIsCompiled() {
    assertThat(
            Stream.of(
                    cache("1").key("a.groovy", "text"),
                    cache("2").key("a.groovy", "text"),
                    cache("1").key("b.groovy", "text"),
                    cache("1").key("a.groovy", "other"))
                .distinct())
        .hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx---rwx"})
  void trustsNoDirectoryThatOthersCanWriteTo(String permissions) throws Exception {
    CompiledCache cache = cache("1");
    cache.keep("key", CONTENT);

    Files.setPosixFilePermissions(cache.directory(), PosixFilePermissions.fromString(permissions));

    assertThat(cache.find("key")).isEmpty();
  }

  @Test
  void trustsNoFileThatOthersCanWriteTo() throws Exception {
    CompiledCache cache = cache("1");
    cache.keep("key", CONTENT);

    Files.setPosixFilePermissions(
        cache.directory().resolve("key"), PosixFilePermissions.fromString("rw--w----"));

    assertThat(cache.find("key")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 64, 66})
  void takesAFileThatWasCutOffForNone(int length) throws Exception {
    CompiledCache cache = cache("1");
    cache.keep("key", CONTENT);
    Path file = cache.directory().resolve("key");

    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), length));

    assertThat(cache.find("key")).isEmpty();
  }

  @Test
  void takesAFileThatWasChangedForNone() throws Exception {
    CompiledCache cache = cache("1");
    cache.keep("key", CONTENT);
    Path file = cache.directory().resolve("key");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1]++;

    Files.write(file, bytes);

    assertThat(cache.find("key")).isEmpty();
  }

  @Test
  void goesWithoutWhereItCannotWrite() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    var cache = new CompiledCache(file.resolve("compiled"), "1");

    cache.keep("key", CONTENT);

    assertThat(cache.find("key")).isEmpty();
  }

  @Test
  void keepsAFewHundredFiles() throws Exception {
    CompiledCache cache = cache("1");

    for (int n = 0; n < 450; n++) {
      cache.keep("key" + n, CONTENT);
    }

    try (Stream<Path> files = Files.list(cache.directory())) {
      assertThat(files.count()).isBetween(100L, 200L);
    }
    assertThat(cache.find("key449")).isPresent();
  }

  @Test
  void ofVariantsOfAKeyTheLastAreKept() throws Exception {
    CompiledCache cache = cache("1");
    cache.keep("other", CONTENT);

    for (int n = 0; n < 30; n++) {
      cache.keep("key", "v" + n, new byte[] {(byte) n});
      var time = FileTime.fromMillis(1_000_000L + n * 1000L);
      Files.setLastModifiedTime(cache.directory().resolve("key.v" + n), time);
    }

    assertThat(cache.variants("key")).hasSize(20).startsWith("key.v29", "key.v28");
    assertThat(cache.find("key.v29")).hasValue(new byte[] {29});
    assertThat(cache.find("key.v0")).isEmpty();
    assertThat(cache.find("other")).hasValue(CONTENT);
    assertThat(cache.variants("ke")).isEmpty();
  }

  private CompiledCache cache(String build) {
    return new CompiledCache(temp.resolve("compiled"), build);
  }
}
