package conductor.config;

import conductor.effect.vocabulary.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings: flags win over the environment, that over the project's file, and that over the
 * user's file. Maps are merged key by key, all other values replaced.
 */
public final class Configuration {

  private final Map<String, Setting> settings;
  private final List<String> warnings;
  private final NamedPaths paths;

  private Configuration(Map<String, Setting> settings, List<String> warnings, NamedPaths paths) {
    this.settings = settings;
    this.warnings = warnings;
    this.paths = paths;
  }

  /**
   * Reads the settings.
   *
   * @param flags the values of flags by key
   * @throws BadConfiguration when a file is not YAML, a value is of the wrong kind, or a limit of
   *     concurrent agents is below 1
   */
  public static Configuration load(Places places, Map<String, Object> flags) {
    var all = new TreeMap<String, Setting>();
    var warnings = new ArrayList<String>();
    for (Path file : files(places)) {
      for (Setting setting : new ConfigurationFile(file).settings()) {
        if (Shape.of(setting.key()).isPresent() || isChosen(setting.key())) {
          all.put(setting.key(), setting);
        } else {
          warnings.add(unknown(setting));
        }
      }
    }
    String agent = places.environment().getOrDefault("CONDUCTOR_AGENT", "");
    if (!agent.isEmpty()) {
      all.put("agent", new Setting("agent", agent, "CONDUCTOR_AGENT"));
    }
    flags.forEach((key, value) -> all.put(key, new Setting(key, value, "flag")));
    var configuration =
        new Configuration(all, List.copyOf(warnings), new NamedPaths(places.project()));
    all.keySet().stream().filter(key -> key.startsWith("caps.")).forEach(configuration::places);
    return configuration;
  }

  /** Leaves out settings by which a project that nobody trusts could run something. */
  public static Configuration trusted(Places places, Map<String, Object> flags) {
    Configuration all = load(places, flags);
    if (new Trust(places).given()) {
      return all;
    }
    String project =
        places.projectConfig().map(at -> at.resolve("config.yaml").toString()).orElse("");
    var left = new TreeMap<>(all.settings);
    left.values()
        .removeIf(
            one -> one.origin().equals(project) && (Trust.runs(one.key()) || Trust.floods(one)));
    return new Configuration(left, all.warnings, all.paths);
  }

  /** Returns the files that are read, the weakest first. */
  public static List<Path> files(Places places) {
    return Stream.concat(Stream.of(places.userConfig()), places.projectConfig().stream())
        .map(directory -> directory.resolve("config.yaml"))
        .filter(Files::exists)
        .toList();
  }

  /** Returns whether a key is a name that the user chose in a map. */
  private static boolean isChosen(String key) {
    int last = key.lastIndexOf('.');
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      Optional<Shape> map = Shape.of(key.substring(0, dot));
      if (map.isPresent()
          && (map.get() == Shape.TREE
              || (dot == last && (map.get() == Shape.TEXTS || map.get() == Shape.NUMBERS)))) {
        return true;
      }
    }
    return false;
  }

  private static String unknown(Setting setting) {
    return "%s: unknown key '%s'%s"
        .formatted(
            setting.origin(),
            setting.key(),
            Nearest.to(setting.key(), Shape.keys())
                .map(key -> "; did you mean '" + named(key, setting.key()) + "'?")
                .orElse(""));
  }

  private static String named(String known, String given) {
    String[] parts = known.split("\\.", -1);
    String[] names = given.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].equals("*") && i < names.length ? names[i] : parts[i];
    }
    return String.join(".", parts);
  }

  /** Returns warnings for the user, such as of unknown keys, a line each. */
  public List<String> warnings() {
    return warnings;
  }

  public List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  public Optional<Setting> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Returns a value as text, also a number or boolean; empty when it is not set. */
  public Optional<String> text(String key) {
    return setting(key).map(Setting::value).map(Objects::toString);
  }

  /** Returns a value as a path, relative to the file that sets it; empty when it is not set. */
  public Optional<Path> file(String key) {
    return setting(key).map(Setting::file);
  }

  public Optional<Integer> number(String key) {
    return setting(key).map(Setting::value).map(value -> ((Number) value).intValue());
  }

  /**
   * Returns a limit of things that run at once; empty when it is not set. With a limit of 0 they
   * would wait for ever.
   *
   * @throws BadConfiguration when it is less than one
   */
  public Optional<Integer> places(String key) {
    Optional<Integer> number = number(key);
    if (number.filter(places -> places < 1).isPresent()) {
      throw new BadConfiguration(
          "%s is %d in %s; it must be 1 or more"
              .formatted(key, number.get(), setting(key).orElseThrow().origin()));
    }
    return number;
  }

  public List<String> list(String key) {
    return setting(key).map(Setting::value).map(Configuration::texts).orElse(List.of());
  }

  /**
   * Returns the words of a command, of which one given as text goes to the shell. In words {@code
   * $CONDUCTOR_PROJECT} is the root of the checkout.
   */
  public Optional<List<String>> command(String key) {
    return setting(key)
        .map(setting ->
            setting.value() instanceof List<?> words
                ? texts(words).stream().map(paths::expanded).toList()
                : List.of("sh", "-c", setting.value() + ""));
  }

  /**
   * Returns the words of a command as {@link #command} does; in a list those that name a file
   * beside the configuration file are that file. The first word does so with a slash only: without
   * one it is a program of the PATH.
   */
  public Optional<List<String>> commandBeside(String key) {
    return setting(key)
        .flatMap(setting ->
            command(key)
                .map(words ->
                    setting.value() instanceof List<?> ? paths.beside(setting, words) : words));
  }

  /** Returns a program, which with a slash may be a file beside the configuration file. */
  public Optional<String> program(String key) {
    return setting(key)
        .map(setting ->
            paths
                .beside(setting, List.of(paths.expanded(String.valueOf(setting.value()))))
                .getFirst());
  }

  /** Returns variables by name; in values {@code $CONDUCTOR_PROJECT} is the checkout's root. */
  public Map<String, String> variables(String key) {
    var variables = new TreeMap<>(texts(key));
    variables.replaceAll((_, value) -> paths.expanded(value));
    return variables;
  }

  /** Returns the values below a key as texts, by the rest of their keys. */
  public Map<String, String> texts(String key) {
    return settings.values().stream()
        .filter(setting -> setting.key().startsWith(key + "."))
        .collect(
            Collectors.toMap(
                setting -> setting.key().substring(key.length() + 1),
                setting -> String.valueOf(setting.value())));
  }

  /** Returns the names that the user chose below a key, such as those of agents, in order. */
  public List<String> names(String key) {
    return texts(key).keySet().stream()
        .map(rest -> rest.split("\\.", 2)[0])
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
