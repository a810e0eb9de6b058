package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The permissions in the user's own settings of opencode, read in the same way as opencode reads
 * them: later files override earlier ones, and a repeated name keeps its first position. A file
 * that opencode cannot read is ignored.
 */
final class OpencodeSettings {

  /** Reads JSON with comments and trailing commas; opencode's variables in it are not replaced. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private static final Pattern FRONT = Pattern.compile("(?s)\\A---\\R(.*?)\\R---");
  private static final Set<String> EDITS = Set.of("write", "edit", "patch");
  private static final int MOST_DEEP = 20;

  private final ObjectNode permission = Lines.object();
  private final Map<String, ObjectNode> agents = new LinkedHashMap<>();
  private final Set<String> modes = new TreeSet<>();
  private final Set<String> servers = new TreeSet<>();
  private final Set<String> tools = new TreeSet<>();
  private ObjectNode content = Lines.object();

  /**
   * @param worktree the directory that relative paths in the environment are relative to
   * @param environment the program's whole environment
   */
  OpencodeSettings(Path worktree, Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", "/"));
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path own = (config.isEmpty() ? home.resolve(".config") : Path.of(config)).resolve("opencode");
    List.of("config.json", "opencode.json", "opencode.jsonc")
        .forEach(name -> file(own.resolve(name)));
    given(environment, "OPENCODE_CONFIG").ifPresent(file -> file(worktree.resolve(file)));
    directory(own);
    var more = new ArrayList<>(List.of(home.resolve(".opencode")));
    given(environment, "OPENCODE_CONFIG_DIR").map(worktree::resolve).ifPresent(more::add);
    for (Path directory : more) {
      file(directory.resolve("opencode.json"));
      file(directory.resolve("opencode.jsonc"));
      directory(directory);
    }
    given(environment, "OPENCODE_CONFIG_CONTENT")
        .flatMap(OpencodeSettings::json)
        .ifPresent(text -> {
          content = text;
          settings(text);
        });
    given(environment, "OPENCODE_PERMISSION")
        .flatMap(OpencodeSettings::json)
        .ifPresent(text -> merge(permission, text));
  }

  /** Returns the general verdicts by tool, or by tool and pattern of its input. */
  ObjectNode permission() {
    return permission;
  }

  /** Returns the rules of the user's agents, in the same form, by the agents' names. */
  Map<String, ObjectNode> agents() {
    return agents;
  }

  /** Returns the names of those agents that are modes, whose settings override all others. */
  Set<String> modes() {
    return modes;
  }

  Set<String> servers() {
    return servers;
  }

  /** Returns the names, without extension, of the files in which the user defined tools. */
  Set<String> tools() {
    return tools;
  }

  ObjectNode content() {
    return content;
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private void file(Path file) {
    text(file).flatMap(OpencodeSettings::json).ifPresent(this::settings);
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ObjectNode> json(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private void settings(ObjectNode settings) {
    merge(permission, permissions(settings));
    for (String agents : List.of("agent", "agents", "mode")) {
      settings.path(agents).properties().forEach(agent -> agent(agent.getKey(), agent.getValue()));
    }
    modes.addAll(settings.path("mode").propertyNames());
    for (JsonNode named : List.of(settings.path("mcp"), settings.path("mcp").path("servers"))) {
      named.propertyNames().forEach(servers::add);
    }
  }

  private void agent(String name, JsonNode settings) {
    merge(agents.computeIfAbsent(name, any -> Lines.object()), permissions(settings));
  }

  /** Returns the rules in {@code tools} and {@code permission}, two forms of one setting. */
  private static ObjectNode permissions(JsonNode settings) {
    ObjectNode all = Lines.object();
    settings
        .path("tools")
        .properties()
        .forEach(tool ->
            all.put(
                EDITS.contains(tool.getKey()) ? "edit" : tool.getKey(),
                tool.getValue().asBoolean(false) ? "allow" : "deny"));
    JsonNode permission = settings.path("permission");
    if (permission.isString()) {
      all.set("*", permission);
    } else if (permission instanceof ObjectNode rules) {
      merge(all, rules);
    }
    return all;
  }

  private static void merge(ObjectNode into, ObjectNode more) {
    more.properties()
        .forEach(member -> {
          if (into.get(member.getKey()) instanceof ObjectNode below
              && member.getValue() instanceof ObjectNode values) {
            merge(below, values);
          } else {
            into.set(member.getKey(), member.getValue().deepCopy());
          }
        });
  }

  /** Reads the agents, modes and tools that have files of their own in a directory. */
  private void directory(Path directory) {
    for (String kind : List.of("agent", "agents", "mode", "modes")) {
      below(directory.resolve(kind), ".md")
          .forEach(file -> {
            String name = directory.resolve(kind).relativize(file).toString();
            JsonNode front = text(file).map(OpencodeSettings::front).orElseGet(Lines::object);
            agent(front.path("name").asString(name.substring(0, name.length() - 3)), front);
          });
    }
    for (String kind : List.of("tool", "tools")) {
      Stream.of(".js", ".ts")
          .flatMap(end -> below(directory.resolve(kind), end).stream())
          .map(file -> file.getFileName().toString())
          .forEach(name -> tools.add(name.substring(0, name.length() - 3)));
    }
  }

  private static List<Path> below(Path directory, String end) {
    try (Stream<Path> files = Files.walk(directory, MOST_DEEP, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(file -> file.getFileName().toString().endsWith(end)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static JsonNode front(String text) {
    var front = FRONT.matcher(text);
    try {
      return front.find() ? new YAMLMapper().readTree(front.group(1)) : Lines.object();
    } catch (JacksonException e) {
      return Lines.object();
    }
  }
}
