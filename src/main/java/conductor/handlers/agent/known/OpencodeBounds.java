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
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What opencode finds in its environment so that it asks conductor. Settings of the repository,
 * whose plugins, servers and tools it would run, are not loaded, nor are plugins of the user, which
 * could answer for conductor; the repository's memory is.
 *
 * <p>Of several rules for a tool opencode takes the last, and of settings for one name the first
 * place. So what its user permits is said again behind all that is there, under names that match
 * the same and are new, with {@code ask} for {@code allow} but for what only reads; for each agent
 * of the user too, whose rules come behind those for all.
 */
final class OpencodeBounds {

  /** What acts, beside the tools of servers. */
  private static final List<String> ACTS =
      List.of("edit", "bash", "webfetch", "websearch", "codesearch", "task", "execute");

  /** What only reads, within the worktree: elsewhere it is {@code external_directory} as well. */
  private static final List<String> READS =
      List.of("read", "glob", "grep", "list", "lsp", "skill", "todowrite", "todoread");

  /** Files that opencode asks for even where all may be read. */
  private static final List<String> HIDDEN = List.of("*.env", "*.env.*");

  private static final List<String> MEMORIES = List.of("AGENTS.md", "CLAUDE.md", "CONTEXT.md");

  private final OpencodeSettings settings;

  private OpencodeBounds(OpencodeSettings settings) {
    this.settings = settings;
  }

  static Bounds of(List<String> program, Opening opening, Map<String, String> environment) {
    var settings = new OpencodeSettings(opening.directory(), environment);
    var bounds = new OpencodeBounds(settings);
    return new Bounds(
        List.of(),
        null,
        Map.of(
            "OPENCODE_DISABLE_PROJECT_CONFIG",
            "true",
            "OPENCODE_PURE",
            "true",
            "OPENCODE_PERMISSION",
            bounds.rules(Lines.object()).toString(),
            "OPENCODE_CONFIG_CONTENT",
            bounds.content(opening.directory()).toString()));
  }

  private ObjectNode content(Path worktree) {
    ObjectNode content = settings.content().deepCopy();
    MEMORIES.stream()
        .map(worktree::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(memory -> instructions(content).add(memory.toString()));
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

  private static ArrayNode instructions(ObjectNode content) {
    return content.get("instructions") instanceof ArrayNode there
        ? there
        : content.putArray("instructions");
  }

  /** Returns the rules of an agent, made where there are none. */
  private static ObjectNode permission(ObjectNode content, String kind, String agent) {
    ObjectNode at = content;
    for (String name : List.of(kind, agent, "permission")) {
      at = at.get(name) instanceof ObjectNode there ? there : at.putObject(name);
    }
    return at;
  }

  /**
   * Returns the rules that come last.
   *
   * @param agents what an agent of the user says over what is said for all
   */
  private ObjectNode rules(ObjectNode agents) {
    var taken = new HashSet<String>(settings.permission().propertyNames());
    taken.addAll(agents.propertyNames());
    var rules = new Last(taken, Lines.object());
    ACTS.forEach(tool -> rules.add(tool + "*", "ask"));
    for (String server : settings.servers()) {
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

  /**
   * Rules in their order.
   *
   * @param taken names that have a place already
   */
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

    /** A rule of the user, which permits nothing but reading. */
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
