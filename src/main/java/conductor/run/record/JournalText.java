package conductor.run.record;

import conductor.journal.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads encoded values as plain ones: maps, lists, texts, numbers, booleans and null. */
final class JournalText {

  /** Types of values that name something which only the run has. */
  private static final Set<String> HANDLES = Set.of("PRHandle", "WorktreeEnv", "AgentRef");

  private JournalText() {}

  /** Returns the fields of an encoded object, without handles. */
  static Map<String, @Nullable Object> parts(JsonNode object, Redactor secrets) {
    var parts = new LinkedHashMap<String, @Nullable Object>();
    object.forEachEntry((name, part) -> {
      if (!name.equals("$") && !HANDLES.contains(part.path("$").asString(""))) {
        parts.put(name, value(part, secrets));
      }
    });
    return parts;
  }

  static @Nullable Object value(JsonNode node, Redactor secrets) {
    if (node.isObject()) {
      return node.has("is") && node.has("$")
          ? value(node.get("is"), secrets)
          : parts(node, secrets);
    }
    if (node.isArray()) {
      var values = new ArrayList<@Nullable Object>();
      node.forEach(one -> values.add(value(one, secrets)));
      return values;
    }
    if (node.isNumber()) {
      return node.numberValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isNull() || node.isMissingNode() ? null : secrets.redact(node.asString());
  }
}
