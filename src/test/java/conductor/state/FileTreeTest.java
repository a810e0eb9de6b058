package conductor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir private Path directory;

  @Test
  void listsWhatIsBelowDownToADepthAndFollowsNoLink() throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("one"), "");
    Files.writeString(directory.resolve("a/two"), "");
    Files.writeString(directory.resolve("a/b/three"), "");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));

    assertThat(FileTree.below(directory, 2))
        .containsExactlyInAnyOrder(
            directory.resolve("one"), directory.resolve("a/two"), directory.resolve("link"));
    assertThat(FileTree.below(directory.resolve("none"), 2)).isEmpty();
  }

  @Test
  void listsWhileFilesAreReplaced() throws Exception {
    Path file = directory.resolve("a/status");
    AtomicFile.write(file, "");
    var listed = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              while (!listed.get()) {
                AtomicFile.write(file, "next");
              }
            });
    try {
      for (int looks = 0; looks < 5000; looks++) {
        FileTree.below(directory, 3);
      }
    } finally {
      listed.set(true);
      writer.join();
    }

    assertThat(FileTree.files(directory)).containsExactly(file);
  }
}
