package conductor.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of values in a configuration, and the known keys with their kinds. */
enum Shape {
  TEXT,
  NUMBER,
  BOOLEAN,
  /** A list of texts. */
  LIST,
  /** A text for the shell or a list of words. */
  COMMAND,
  /** Any keys with texts. */
  TEXTS,
  /** Any keys with numbers. */
  NUMBERS;

  private static final Map<String, Shape> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put("agent", TEXT);
    KEYS.put("agents.*.command", COMMAND);
    KEYS.put("agents.*.program", TEXT);
    KEYS.put("agents.*.protocol", TEXT);
    KEYS.put("agents.*.model", TEXT);
    KEYS.put("agents.*.script", TEXT);
    KEYS.put("agents.*.env", TEXTS);
    KEYS.put("agents.*.pass_env", LIST);
    KEYS.put("agents.*.mode", TEXT);
    KEYS.put("agents.*.effort", TEXT);
    KEYS.put("agents.*.timeout", TEXT);
    KEYS.put("agents.*.idle_timeout", TEXT);
    KEYS.put("agents.*.retries", NUMBER);
    KEYS.put("agents.*.backoff", TEXT);
    KEYS.put("agents.*.wait_for_limits", BOOLEAN);
    KEYS.put("profiles.*.agent", TEXT);
    KEYS.put("profiles.*.model", TEXT);
    KEYS.put("profiles.*.mode", TEXT);
    KEYS.put("profiles.*.effort", TEXT);
    KEYS.put("profiles.*.env", TEXTS);
    KEYS.put("profiles.*.timeout", TEXT);
    KEYS.put("profiles.*.idle_timeout", TEXT);
    for (String whose : List.of("agents", "profiles")) {
      KEYS.put(whose + ".*.permissions.default", TEXT);
      KEYS.put(whose + ".*.permissions.allow", LIST);
      KEYS.put(whose + ".*.permissions.ask", LIST);
      KEYS.put(whose + ".*.permissions.deny", LIST);
    }
    KEYS.put("caps.agents", NUMBER);
    KEYS.put("caps.types", NUMBERS);
    KEYS.put("worktree.setup", COMMAND);
    KEYS.put("worktree.branch_prefix", TEXT);
    KEYS.put("git.timeout", TEXT);
    KEYS.put("forge.type", TEXT);
    KEYS.put("forge.url", TEXT);
    KEYS.put("forge.token_command", COMMAND);
    KEYS.put("forge.settle", TEXT);
    KEYS.put("on_failure", TEXT);
    KEYS.put("secrets", LIST);
  }

  /** Returns all known keys, with {@code *} for a name that the user chooses. */
  static List<String> keys() {
    return List.copyOf(KEYS.keySet());
  }

  /** Returns the kind of a key's value; empty for a key that has parts, or is unknown. */
  static Optional<Shape> of(String key) {
    return KEYS.entrySet().stream()
        .filter(entry -> key.matches(pattern(entry.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns whether a key has parts that are known. */
  static boolean hasParts(String key) {
    return KEYS.keySet().stream().anyMatch(known -> startsWith(known, key));
  }

  private static boolean startsWith(String known, String key) {
    List<String> knownParts = List.of(known.split("\\.", -1));
    List<String> parts = List.of(key.split("\\.", -1));
    return parts.size() < knownParts.size()
        && key.matches(pattern(String.join(".", knownParts.subList(0, parts.size()))));
  }

  private static String pattern(String known) {
    return known.replace(".", "\\.").replace("*", "[^.]+");
  }
}
