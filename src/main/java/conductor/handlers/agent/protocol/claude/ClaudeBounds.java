package conductor.handlers.agent.protocol.claude;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arguments that make Claude Code ask conductor for permissions. Settings of the repository are not
 * loaded, because their hooks and servers would be run; the repository's memory files are. The
 * user's settings stay in force except where they allow something: an {@code ask} rule, which takes
 * precedence, is added for each allowed tool, and for every tool where a hook could allow one.
 */
final class ClaudeBounds {

  private static final String SOURCES = "--setting-sources";
  private static final String UNBOUND = "bypassPermissions";
  private static final List<String> ALLOWING_HOOKS = List.of("PreToolUse", "PermissionRequest");
  private static final String ASKS =
      "echo '{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\",\"permissionDecision\":\"ask\"}}'";

  private final List<JsonNode> userSettings;
  private final List<JsonNode> repositorySettings;

  ClaudeBounds(Opening opening, Map<String, String> environment) {
    this.userSettings = settings(home(environment).resolve("settings.json")).stream().toList();
    this.repositorySettings =
        opening.directories().stream()
            .flatMap(directory ->
                Stream.of("settings.json", "settings.local.json")
                    .map(name -> directory.resolve(".claude").resolve(name)))
            .flatMap(file -> settings(file).stream())
            .toList();
  }

  private static Path home(Map<String, String> environment) {
    String own = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
    return own.isEmpty() ? Path.of(environment.getOrDefault("HOME", "/"), ".claude") : Path.of(own);
  }

  private static Optional<JsonNode> settings(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Lines.parse(Files.readString(file)).map(JsonNode.class::cast)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the arguments to add; the command may choose the sources of settings itself. */
  Bounds of(List<String> program, Opening opening) {
    var words = new ArrayList<String>();
    if (program.stream().noneMatch(word -> word.startsWith(SOURCES))) {
      words.addAll(List.of(SOURCES, "user", "--add-dir=" + opening.worktree()));
    }
    words.addAll(List.of("--settings", settings(UNBOUND.equals(opening.mode())).toString()));
    return Bounds.of(words);
  }

  private ObjectNode settings(boolean unbound) {
    ObjectNode settings = Lines.object();
    ObjectNode permissions = settings.putObject("permissions");
    list(permissions, "deny", rules(repositorySettings, "deny"));
    if (!unbound) {
      var ask = new TreeSet<>(rules(repositorySettings, "ask"));
      ask.addAll(rules(userSettings, "allow"));
      ask.addAll(rules(repositorySettings, "allow"));
      list(permissions, "ask", ask);
      settings.putObject("sandbox").put("autoAllowBashIfSandboxed", false);
      if (Stream.concat(userSettings.stream(), repositorySettings.stream())
          .anyMatch(ClaudeBounds::hooks)) {
        ObjectNode every =
            settings.putObject("hooks").putArray("PreToolUse").addObject().put("matcher", "*");
        every.putArray("hooks").addObject().put("type", "command").put("command", ASKS);
      }
    }
    return settings;
  }

  private static void list(ObjectNode permissions, String name, Set<String> rules) {
    rules.forEach(permissions.putArray(name)::add);
  }

  private static Set<String> rules(List<JsonNode> settings, String verdict) {
    var rules = new TreeSet<String>();
    for (JsonNode one : settings) {
      one.path("permissions")
          .path(verdict)
          .valueStream()
          .filter(JsonNode::isString)
          .forEach(rule -> rules.add(rule.asString("")));
    }
    return rules;
  }

  /** Returns whether a hook or plugin in the settings could allow a tool by itself. */
  private static boolean hooks(JsonNode settings) {
    return !settings.path("enabledPlugins").isEmpty()
        || ALLOWING_HOOKS.stream().anyMatch(hook -> settings.path("hooks").has(hook));
  }
}
