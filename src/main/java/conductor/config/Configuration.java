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
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All settings: flags over environment over the project's file over the user's file. A map is
 * merged key by key, everything else replaced.
 */
public final class Configuration {

  private final Map<String, Setting> settings;
  private final List<String> warnings;

  private Configuration(Map<String, Setting> settings, List<String> warnings) {
    this.settings = settings;
    this.warnings = warnings;
  }

  /**
   * Reads the files and the environment.
   *
   * @param flags by key
   * @throws BadConfiguration when a file is not YAML, a value is of the wrong kind, or agents would
   *     have no places
   */
  public static Configuration load(Places places, Map<String, Object> flags) {
    var all = new TreeMap<String, Setting>();
    var warnings = new ArrayList<String>();
    for (Path file : files(places)) {
      add(all, new ConfigurationFile(file).settings(), warnings);
    }
    String agent = places.environment().getOrDefault("CONDUCTOR_AGENT", "");
    if (!agent.isEmpty()) {
      all.put("agent", new Setting("agent", agent, "CONDUCTOR_AGENT"));
    }
    flags.forEach((key, value) -> all.put(key, new Setting(key, value, "flag")));
    var configuration = new Configuration(all, List.copyOf(warnings));
    all.keySet().stream().filter(key -> key.startsWith("caps.")).forEach(configuration::places);
    return configuration;
  }

  /**
   * The same, without what a project that nobody trusts could run something by: for those who only
   * look at what there is.
   */
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
    return new Configuration(left, all.warnings);
  }

  /** Returns the files that are read, the weakest first. */
  public static List<Path> files(Places places) {
    var files = new ArrayList<Path>();
    files.add(places.userConfig().resolve("config.yaml"));
    places.projectConfig().ifPresent(project -> files.add(project.resolve("config.yaml")));
    return files.stream().filter(Files::exists).toList();
  }

  private static void add(Map<String, Setting> all, List<Setting> settings, List<String> warnings) {
    for (Setting setting : settings) {
      if (Shape.of(setting.key()).isPresent() || ofTexts(setting.key())) {
        all.put(setting.key(), setting);
      } else {
        warnings.add(unknown(setting));
      }
    }
  }

  private static boolean ofTexts(String key) {
    int dot = key.lastIndexOf('.');
    return dot > 0
        && Shape.of(key.substring(0, dot))
            .filter(shape -> shape == Shape.TEXTS || shape == Shape.NUMBERS)
            .isPresent();
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

  /** Returns a known key with the names that the user chose. */
  private static String named(String known, String given) {
    String[] parts = known.split("\\.", -1);
    String[] names = given.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].equals("*") && i < names.length ? names[i] : parts[i];
    }
    return String.join(".", parts);
  }

  /** Returns what is worth telling the user, a line each. */
  public List<String> warnings() {
    return warnings;
  }

  /** Everything that is set, by key. */
  public List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /** Returns one value that is set. */
  public Optional<Setting> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  /** Returns a text; numbers and booleans as written. */
  public Optional<String> text(String key) {
    return setting(key).map(Setting::value).map(Objects::toString);
  }

  /** Returns a file; one that is set in a file is relative to it. */
  public Optional<Path> file(String key) {
    return setting(key).map(setting -> setting.file());
  }

  /** Returns a whole number. */
  public Optional<Integer> number(String key) {
    return setting(key).map(Setting::value).map(value -> ((Number) value).intValue());
  }

  /**
   * Returns a number of places, which none of would wait for ever.
   *
   * @throws BadConfiguration when it is less than one
   */
  public Optional<Integer> places(String key) {
    Optional<Setting> setting = setting(key);
    Optional<Integer> number = number(key);
    if (number.filter(places -> places < 1).isPresent()) {
      throw new BadConfiguration(
          "%s is %d in %s; it must be 1 or more"
              .formatted(key, number.get(), setting.orElseThrow().origin()));
    }
    return number;
  }

  /** Returns a list of texts; empty when it is not set. */
  public List<String> list(String key) {
    return setting(key).map(Setting::value).map(Configuration::texts).orElse(List.of());
  }

  /** Returns the words of a command; one given as text goes to the shell. */
  public Optional<List<String>> command(String key) {
    return setting(key)
        .map(Setting::value)
        .map(value -> value instanceof List<?> ? texts(value) : List.of("sh", "-c", value + ""));
  }

  /** Returns the texts below a key. */
  public Map<String, String> texts(String key) {
    return settings.values().stream()
        .filter(setting -> setting.key().startsWith(key + "."))
        .collect(
            Collectors.toMap(
                setting -> setting.key().substring(key.length() + 1),
                setting -> String.valueOf(setting.value())));
  }

  /** Returns the names that the user chose below a key, such as the agents'. */
  public List<String> names(String key) {
    var names = new TreeSet<String>();
    for (String set : settings.keySet()) {
      if (set.startsWith(key + ".")) {
        String rest = set.substring(key.length() + 1);
        int dot = rest.indexOf('.');
        names.add(dot < 0 ? rest : rest.substring(0, dot));
      }
    }
    return List.copyOf(names);
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
