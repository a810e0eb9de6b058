package conductor.handlers.agent.known;

import conductor.handlers.agent.protocol.Bounds;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Opening;
import conductor.handlers.agent.protocol.Wildcard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Variables that make opencode ask conductor for permissions. Settings of the repository are not
 * loaded, because opencode would run their plugins, servers and tools; nor are plugins of the user,
 * because they could answer in place of conductor. The repository's memory files, such as {@code
 * AGENTS.md}, are loaded.
 *
 * <p>Of several rules for a tool opencode uses the last one, and a repeated name keeps its first
 * position. So the user's rules are repeated after all others, under new names that match the same
 * tools, with {@code ask} in place of {@code allow} except for tools that only read. This is done
 * for each agent of the user too, because an agent's rules come after the general ones.
 */
record OpencodeBounds(OpencodeSettings settings, Set<String> servers) {

  private static final String SYSTEM = "system.md";

  /** The tools that change something or connect, besides the tools of servers. */
  private static final List<String> ACTS =
      List.of("edit", "bash", "webfetch", "websearch", "codesearch", "task", "execute");

  /** The tools that only read; outside the worktree {@code external_directory} applies too. */
  private static final List<String> READS =
      List.of("read", "glob", "grep", "list", "lsp", "skill", "todowrite", "todoread");

  /** Files that are asked for even where all files may be read. */
  private static final List<String> HIDDEN = List.of("*.env", "*.env.*");

  private static final List<String> MEMORIES = List.of("AGENTS.md", "CLAUDE.md", "CONTEXT.md");

  static Bounds of(List<String> program, Opening opening, Map<String, String> environment) {
    var settings = new OpencodeSettings(opening.directory(), environment);
    var servers = new TreeSet<>(settings.servers());
    opening.equipment().servers().forEach(server -> servers.add(server.name()));
    var bounds = new OpencodeBounds(settings, servers);
    String system = opening.equipment().system();
    return new Bounds(
        List.of(),
        system == null ? Map.of() : Map.of(SYSTEM, system),
        Map.of(),
        Map.of(
            "OPENCODE_DISABLE_PROJECT_CONFIG",
            "true",
            "OPENCODE_PURE",
            "true",
            "OPENCODE_PERMISSION",
            bounds.rules(Lines.object()).toString(),
            "OPENCODE_CONFIG_CONTENT",
            bounds.content(opening).toString()));
  }

  private ObjectNode content(Opening opening) {
    ObjectNode content = settings.content().deepCopy();
    equip(content, opening);
    for (Path directory : opening.directories()) {
      MEMORIES.stream()
          .map(directory::resolve)
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresent(memory -> instructions(content).add(memory.toString()));
    }
    if (!settings.agents().containsKey("plan")) {
      permission(content, "agent", "plan").put("edit**", "deny");
    }
    settings
        .agents()
        .forEach((name, said) -> {
          String kind = settings.modes().contains(name) ? "mode" : "agent";
          permission(content, kind, name).setAll(rules(said));
        });
    return content;
  }

  private static void equip(ObjectNode content, Opening opening) {
    if (opening.equipment().system() != null) {
      instructions(content).add(opening.own().resolve(SYSTEM).toString());
    }
    if (!opening.equipment().skills().isEmpty()) {
      ObjectNode skills =
          content.get("skills") instanceof ObjectNode there ? there : content.putObject("skills");
      ArrayNode paths =
          skills.get("paths") instanceof ArrayNode there ? there : skills.putArray("paths");
      opening.equipment().skills().values().stream()
          .map(Path::toString)
          .sorted()
          .forEach(paths::add);
    }
  }

  private static ArrayNode instructions(ObjectNode content) {
    return content.get("instructions") instanceof ArrayNode there
        ? there
        : content.putArray("instructions");
  }

  private static ObjectNode permission(ObjectNode content, String kind, String agent) {
    ObjectNode at = content;
    for (String name : List.of(kind, agent, "permission")) {
      at = at.get(name) instanceof ObjectNode there ? there : at.putObject(name);
    }
    return at;
  }

  /** Returns the rules to be put last, with those of one agent of the user. */
  private ObjectNode rules(ObjectNode agents) {
    var taken = new HashSet<String>(settings.permission().propertyNames());
    taken.addAll(agents.propertyNames());
    var rules = new Last(taken, Lines.object());
    ACTS.forEach(tool -> rules.add(tool + "*", "ask"));
    for (String server : servers) {
      rules.add(server.replaceAll("[^a-zA-Z0-9_-]", "_") + "_*", "ask");
    }
    Stream.of(settings.permission(), agents)
        .flatMap(said -> said.properties().stream())
        .forEach(rule -> rules.narrowed(rule.getKey(), rule.getValue()));
    for (String tool : settings.tools()) {
      rules.add(tool, "deny");
      rules.add(tool + "_*", "deny");
    }
    return rules.all;
  }

  private record Last(Set<String> taken, ObjectNode all) {

    void add(String tool, String verdict) {
      all.put(fresh(tool), verdict);
    }

    private String fresh(String tool) {
      String name = tool;
      while (!taken.add(name)) {
        name += "*";
      }
      return name;
    }

    /** Adds a rule of the user, reduced so that it allows nothing but reading. */
    void narrowed(String tool, JsonNode rule) {
      if (READS.contains(tool)) {
        all.set(fresh(tool), reading(tool, rule));
        return;
      }
      all.set(fresh(tool), asking(rule));
      if (!rule.isObject() && !narrows(rule)) {
        READS.stream()
            .filter(Wildcard.withMarks(tool)::matches)
            .forEach(read -> all.set(fresh(read), reading(read, rule)));
      }
    }

    private static boolean narrows(JsonNode verdict) {
      return verdict.asString("").equals("deny") || verdict.asString("").equals("ask");
    }

    private static JsonNode asking(JsonNode rule) {
      if (rule instanceof ObjectNode patterns) {
        ObjectNode asking = Lines.object();
        patterns.properties().forEach(one -> asking.set(one.getKey(), asking(one.getValue())));
        return asking;
      }
      return narrows(rule) ? rule : StringNode.valueOf("ask");
    }

    private static JsonNode reading(String tool, JsonNode rule) {
      if (!tool.equals("read") || narrows(rule)) {
        return rule;
      }
      ObjectNode reading =
          rule instanceof ObjectNode patterns
              ? patterns.deepCopy()
              : Lines.object().put("*", "allow");
      for (String hidden : HIDDEN) {
        reading.put(hidden, narrows(reading.path(hidden)) ? reading.get(hidden).asString() : "ask");
      }
      return reading;
    }
  }
}
