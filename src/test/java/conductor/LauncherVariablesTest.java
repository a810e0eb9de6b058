package conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher hands on to the JVM. */
class LauncherVariablesTest {

  @TempDir Path directory;

  /** Makefiles and CI export variables such as {@code version} and {@code target}. */
  @Test
  void leavesTheUsersVariablesAsTheyAre() throws Exception {
    var machine = new Machine(directory.toRealPath());
    Path jdk = machine.jdk("/opt/jdk", "25");
    String names = "file target version name root lib jar cache kind java jdk here options";
    Files.writeString(
        jdk.resolve("bin/java"),
        "#!/bin/sh\nfor each in %s; do eval \"echo $each=\\$$each\"; done\n".formatted(names));
    List<String> theirs = Stream.of(names.split(" ")).map(name -> name + "=theirs").toList();

    assertThat(machine.runWith(theirs).out()).isEqualTo(theirs);
  }
}
