package conductor.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the command line that starts this program once more. */
public final class SelfCommand {

  /** The launcher's: for a short-lived process, with threads to spare for busy scripts. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xss16m",
          "-Xms32m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Djdk.virtualThreadScheduler.parallelism=8",
          "--enable-native-access=ALL-UNNAMED",
          "-Xlog:disable",
          "-Xlog:all=warning,aot*=off,cds*=off:stderr");

  private SelfCommand() {}

  /** Returns the command line of the conductor in {@code home}, with these arguments. */
  public static List<String> command(Path home, String... arguments) {
    // as in the launcher: names and texts are UTF-8, whatever the user's locale
    var words = new ArrayList<String>(List.of("env", "LC_ALL=C.UTF-8"));
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    String cache = System.getProperty("conductor.cache", "");
    if (!cache.isEmpty()) {
      words.add("-XX:AOTCache=" + cache);
      words.add("-Dconductor.cache=" + cache);
    }
    String locale = System.getProperty("conductor.locale");
    if (locale != null) {
      words.add("-Dconductor.locale=" + locale);
    }
    words.add("-Dconductor.home=" + home);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "conductor.main.Main"));
    words.addAll(List.of(arguments));
    return words;
  }
}
