package conductor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from files again, and what is not. */
class FileCacheTest {

  @TempDir private Path temp;
  private final List<String> read = new ArrayList<>();
  private final FileCache<String> cache = new FileCache<>(2, this::read);

  private String read(Path file) {
    try {
      read.add(file.getFileName().toString());
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  @Test
  void aFileIsReadOnceUntilItChanges() throws Exception {
    Path a = file("a", "one");
    assertThat(cache.of(a)).isEqualTo("one");
    assertThat(cache.of(a)).isEqualTo("one");
    file("a", "another");
    assertThat(cache.of(a)).isEqualTo("another");
    assertThat(read).containsExactly("a", "a");
  }

  @Test
  void whatWasAskedForLastIsKept() throws Exception {
    Path a = file("a", "1");
    Path b = file("b", "2");
    cache.of(a);
    cache.of(b);
    cache.of(a);
    cache.of(file("c", "3"));
    cache.of(a);
    cache.of(b);
    assertThat(read).containsExactly("a", "b", "c", "b");
  }

  @Test
  void aFailureIsToldAndNotKept() throws Exception {
    Path a = temp.resolve("a");
    assertThatThrownBy(() -> cache.of(a)).isInstanceOf(UncheckedIOException.class);
    assertThat(cache.of(file("a", "there"))).isEqualTo("there");
  }
}
