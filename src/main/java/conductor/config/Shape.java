package conductor.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of values in a configuration, and the known keys with their kinds. */
enum Shape {
  TEXT("a text"),
  NUMBER("a number"),
  BOOLEAN("true or false"),
  LIST("a list of texts"),
  COMMAND("a command: a text for the shell, or a list of words"),
  /** Any keys with texts. */
  TEXTS("a map of texts"),
  /** Any keys with texts, or with maps of such. */
  TREE("a map of texts"),
  /** Any keys with numbers. */
  NUMBERS("a map of numbers");

  private static final Map<String, Shape> KEYS = new LinkedHashMap<>();

  static {
    put("", TEXT, "agent");
    put("agents.*.", COMMAND, "command");
    put("agents.*.", TEXT, "program", "protocol", "model", "script");
    put("agents.*.", TEXTS, "env");
    put("agents.*.", LIST, "pass_env");
    put("agents.*.", TEXT, "mode", "effort", "system", "timeout", "idle_timeout");
    put("agents.*.", NUMBER, "retries");
    put("agents.*.", TEXT, "backoff");
    put("agents.*.", BOOLEAN, "wait_for_limits");
    put("profiles.*.", TEXT, "agent", "model", "mode", "effort", "system");
    put("profiles.*.", TEXTS, "env");
    put("profiles.*.", TEXT, "timeout", "idle_timeout");
    for (String whose : List.of("agents", "profiles")) {
      put(whose + ".*.", LIST, "mcp", "skills");
      put(whose + ".*.permissions.", TEXT, "default");
      put(whose + ".*.permissions.", LIST, "allow", "ask", "deny");
    }
    put("mcp.*.", COMMAND, "command");
    put("mcp.*.", TEXTS, "env");
    put("mcp.*.", TEXT, "url");
    put("mcp.*.", TEXTS, "headers");
    put("", TEXTS, "skills");
    put("", TREE, "roles");
    put("caps.", NUMBER, "agents");
    put("caps.", NUMBERS, "types");
    put("worktree.", COMMAND, "setup");
    put("worktree.", TREE, "setups");
    put("worktree.", TEXT, "branch_prefix");
    put("git.", TEXT, "timeout");
    put("forge.", TEXT, "type", "url");
    put("forge.", COMMAND, "token_command");
    put("forge.", TEXT, "settle");
    put("notify.", BOOLEAN, "desktop", "bell");
    put("notify.", COMMAND, "command");
    put("notify.", TEXT, "webhook");
    put("notify.", TEXTS, "headers");
    put("", TREE, "params");
    put("", TEXT, "on_failure");
    put("", LIST, "secrets");
  }

  /** What errors call such a value. */
  final String words;

  Shape(String words) {
    this.words = words;
  }

  private static void put(String prefix, Shape shape, String... names) {
    for (String name : names) {
      KEYS.put(prefix + name, shape);
    }
  }

  boolean fits(@Nullable Object value) {
    return switch (this) {
      case TEXT -> value != null && !(value instanceof List<?>);
      case NUMBER -> value instanceof Number;
      case BOOLEAN -> value instanceof Boolean;
      case LIST -> value instanceof List<?>;
      case COMMAND -> value instanceof List<?> || value instanceof String;
      case TEXTS, TREE, NUMBERS -> false;
    };
  }

  /** Returns all known keys, with {@code *} for a name that the user chooses. */
  static List<String> keys() {
    return List.copyOf(KEYS.keySet());
  }

  /** Returns the kind of a key's value; empty for a key that has parts, or is unknown. */
  static Optional<Shape> of(String key) {
    return KEYS.entrySet().stream()
        .filter(entry -> key.matches(entry.getKey().replace(".", "\\.").replace("*", "[^.]+")))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
