package conductor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessStartTest {

  /** What the system counts up from for the next process. */
  private static final Path LAST_ID = Path.of("/proc/sys/kernel/ns_last_pid");

  @Test
  void aProcessWithTheIdOfOneWhoseOutputIsStillReadHasAnEndOfItsOwn() throws Exception {
    assertThat(end(Start.AS_CONDUCTOR)).isEqualTo("3 out\n");
  }

  @Test
  void theJvmItselfTakesItForTheOther() throws Exception {
    assertThat(end(Start.AS_THE_JVM)).isEqualTo("0 \n");
  }

  enum Start {
    AS_CONDUCTOR,
    AS_THE_JVM
  }

  /** Asks another JVM: its notes of ends are what is spoiled, and other tests need theirs. */
  private static String end(Start start) throws IOException {
    assumeThat(Files.isWritable(LAST_ID) && System.getProperty("user.name").equals("root"))
        .as("ids of processes can be chosen")
        .isTrue();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = String.join(File.pathSeparator, "target/classes", "target/test-classes");
    Process jvm =
        new ProcessBuilder(java, "-cp", classes, SameId.class.getName(), start.name())
            .redirectErrorStream(true)
            .start();
    return new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Starts processes until one has the id of one that ended, and prints how it ends. */
  static final class SameId {

    private SameId() {}

    public static void main(String[] args) throws Exception {
      Process first =
          new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; read line; exit 0").start();
      var lines = first.inputReader();
      long grandchild = Long.parseLong(lines.readLine());
      try {
        Thread reader = Thread.ofPlatform().daemon().start(() -> lines.lines().toList());
        while (!isInRead(reader)) {
          Thread.onSpinWait();
        }
        first.getOutputStream().close();
        first.waitFor();
        Process second = started(first.pid(), Start.valueOf(args[0]));
        String out = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(second.waitFor() + " " + out.strip());
      } finally {
        ProcessHandle.of(grandchild).ifPresent(ProcessHandle::destroyForcibly);
      }
    }

    private static boolean isInRead(Thread reader) {
      return List.of(reader.getStackTrace()).stream()
          .anyMatch(frame -> frame.getMethodName().equals("readBytes"));
    }

    private static Process started(long id, Start start) throws IOException {
      var builder = new ProcessBuilder("sh", "-c", "sleep 0.2; echo out; exit 3");
      for (int tries = 0; tries < 1000; tries++) {
        Files.writeString(LAST_ID, String.valueOf(id - 1));
        Process process = start == Start.AS_CONDUCTOR ? ProcessStart.of(builder) : builder.start();
        if (isOurs(id)) {
          return process;
        }
        process.destroyForcibly();
      }
      throw new IllegalStateException("other processes took the id " + id);
    }

    private static boolean isOurs(long id) {
      Optional<ProcessHandle> parent = ProcessHandle.of(id).flatMap(ProcessHandle::parent);
      return parent.equals(Optional.of(ProcessHandle.current()));
    }
  }
}
