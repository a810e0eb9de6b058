package conductor.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes that a job started and that left its group, found by what their environment says. */
final class Strays {

  /** The variable that every process of a job inherits. */
  static final String MARK = "CONDUCTOR_JOB";

  private Strays() {}

  static void kill(String job) {
    String mark = "\0" + MARK + "=" + job + "\0";
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      if (environment(process.pid()).contains(mark)) {
        process.destroyForcibly();
      }
    }
  }

  private static String environment(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return "\0" + new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
