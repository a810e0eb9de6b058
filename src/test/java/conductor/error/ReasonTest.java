package conductor.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {

  @TempDir private Path temp;

  private static String reason(ThrowingCallable refused) {
    return Reason.of(catchThrowableOfType(IOException.class, refused));
  }

  /** The host's messages are the file's name alone. */
  @Test
  void saysWhatTheHostLeavesToItsClasses() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("link"));

    assertThat(reason(() -> Files.readString(temp.resolve("gone"))))
        .isEqualTo("no such file or directory");
    assertThat(reason(() -> Files.createDirectory(file))).isEqualTo("it exists already");
    assertThat(reason(() -> Files.delete(temp))).isEqualTo("the directory is not empty");
    assertThat(reason(() -> Files.list(file).close())).isEqualTo("not a directory");
    assertThat(reason(() -> Files.readSymbolicLink(file))).isEqualTo("not a symbolic link");
    assertThat(reason(() -> Files.readString(link))).contains("symbolic links");
    assertThat(Reason.of(new AccessDeniedException("x"))).isEqualTo("permission denied");
  }

  @Test
  void takesTheSystemsWordsWhereThereAreSome() {
    assertThat(reason(() -> Files.createDirectories(Path.of("/proc/none")))).isNotBlank();
    assertThat(Reason.of(new FileSystemException("f", null, "File name too long")))
        .isEqualTo("File name too long");
    assertThat(Reason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(Reason.of(new IOException())).isEqualTo("IOException");
  }
}
