package conductor.handlers.git;

import conductor.process.GitVariables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fixed settings and the environment that every git command gets. */
final class GitSettings {

  private static final List<String> FIXED =
      List.of(
          ("color.ui=false color.advice=false color.branch=false color.diff=false"
                  + " color.grep=false color.push=false color.remote=false color.status=false"
                  + " color.transport=false core.fsmonitor=false core.ignoreStat=false"
                  + " core.quotePath=false gc.auto=0 i18n.commitEncoding=UTF-8"
                  + " i18n.logOutputEncoding=UTF-8 log.showSignature=false maintenance.auto=false"
                  + " rerere.enabled=false submodule.recurse=false")
              .split(" "));

  /**
   * Disables the filters of git-lfs. Where git-lfs is missing they would fail each checkout;
   * without them the pointer files stay.
   */
  static final List<String> WITHOUT_LFS =
      List.of(
          "filter.lfs.process= filter.lfs.smudge= filter.lfs.clean= filter.lfs.required=false"
              .split(" "));

  private GitSettings() {}

  /** Returns the fixed settings, with those that disable git-lfs where it is not on the PATH. */
  static List<String> of(Map<String, String> host) {
    var settings = new ArrayList<>(FIXED);
    if (!isOnPath("git-lfs", host)) {
      settings.addAll(WITHOUT_LFS);
    }
    return List.copyOf(settings);
  }

  private static boolean isOnPath(String program, Map<String, String> host) {
    return Stream.of(host.getOrDefault("PATH", "").split(":"))
        .filter(place -> !place.isEmpty())
        .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
  }

  /** Returns git's environment, made of the host's. */
  static Map<String, String> environment(Map<String, String> host) {
    Map<String, String> environment = new TreeMap<>(GitVariables.withoutRepository(host));
    environment.keySet().removeIf(name -> name.startsWith("GIT_TRACE"));
    environment.remove("LANGUAGE");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_EDITOR", "true");
    environment.put("GIT_SEQUENCE_EDITOR", "true");
    // without such a program ssh asks for passwords at the terminal
    environment.putIfAbsent("SSH_ASKPASS", "false");
    environment.putIfAbsent("SSH_ASKPASS_REQUIRE", "force");
    environment.put("LC_ALL", "C.UTF-8");
    return environment;
  }
}
