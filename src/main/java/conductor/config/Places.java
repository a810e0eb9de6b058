package conductor.config;

import conductor.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment and the directories of a conductor process.
 *
 * @param environment the process's variables, and {@link #PROJECT}
 * @param directory the directory in which it was started
 * @param home the directory in which conductor itself is installed: {@code workflows/}, {@code
 *     stdlib/}, {@code examples/}
 * @param state the state directory
 */
public record Places(
    Map<String, String> environment, Path directory, Path home, StateDirectory state) {

  /** The variable that holds {@link #project}: it is set for agents, commands and hooks. */
  public static final String PROJECT = "CONDUCTOR_PROJECT";

  private static final String NAME = "doeff-conductor";

  public Places {
    var all = new TreeMap<>(environment);
    all.put(PROJECT, project(directory).toString());
    environment = Collections.unmodifiableMap(all);
  }

  /** Returns the places of this process, whose state directory a flag may give. */
  public static Places of(
      Map<String, String> environment, Path directory, Path home, Optional<Path> stateDir) {
    Path state =
        stateDir
            .or(() -> set(environment, "CONDUCTOR_STATE_DIR").map(Path::of))
            .orElseGet(() ->
                absolute(environment, "XDG_STATE_HOME")
                    .orElseGet(() -> userHome(environment).resolve(".local/state"))
                    .resolve(NAME));
    return new Places(environment, directory, home, new StateDirectory(directory.resolve(state)));
  }

  /** Returns the user's configuration directory, which need not exist. */
  public Path userConfig() {
    return absolute(environment, "XDG_CONFIG_HOME")
        .orElseGet(() -> userHome(environment).resolve(".config"))
        .resolve(NAME);
  }

  /**
   * Returns the project's configuration directory: the nearest {@code .conductor} in the starting
   * directory or above it, up to the root of the repository; empty when there is none.
   */
  public Optional<Path> projectConfig() {
    for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve(".conductor");
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
      if (Files.exists(at.resolve(".git"))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the root of the checkout: the nearest directory with a {@code .git}, the starting
   * directory or one above it; outside of repositories the nearest with a {@code .conductor}, else
   * the starting directory.
   */
  public Path project() {
    return Path.of(Objects.requireNonNull(environment.get(PROJECT)));
  }

  private static Path project(Path directory) {
    Path start = directory.toAbsolutePath().normalize();
    for (String mark : List.of(".git", ".conductor")) {
      for (Path at = start; at != null; at = at.getParent()) {
        if (Files.exists(at.resolve(mark))) {
          return at;
        }
      }
    }
    return start;
  }

  /** Returns the user's home directory, from the system's accounts when {@code HOME} is not set. */
  private static Path userHome(Map<String, String> environment) {
    String account = System.getProperty("user.home", "");
    return absolute(environment, "HOME")
        .or(() ->
            Optional.of(Path.of(account))
                .filter(path -> path.isAbsolute() && path.getNameCount() > 0)) // not the root
        .orElseThrow(() ->
            new BadConfiguration(
                "HOME is not an absolute path, and the account has no home; set HOME, or"
                    + " CONDUCTOR_STATE_DIR and XDG_CONFIG_HOME"));
  }

  /** The XDG specification has relative directories ignored. */
  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    return set(environment, name).map(Path::of).filter(Path::isAbsolute);
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
