package conductor.journal;

import conductor.state.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies the entries of a run as those of another run: replaces names, such as the run's id,
 * wherever they stand, in handles, paths and texts, and copies large values. Arguments that change
 * thereby get another hash. Writes blobs, but no journal.
 */
public final class JournalCopy {

  private final Map<String, String> names;
  private final Pattern allNames;
  private final Blobs from;
  private final Blobs to;
  private final Codec codec;

  /**
   * Returns an instance for one pair of runs.
   *
   * @param names the names to replace, each with its replacement; of two that begin alike the
   *     longer one is found
   * @param from the blobs of the run that is copied
   * @param to the blobs of the other run
   * @param codec of the other run
   */
  public JournalCopy(Map<String, String> names, Blobs from, Blobs to, Codec codec) {
    this.names = Map.copyOf(names);
    this.allNames =
        Pattern.compile(
            names.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    this.from = from;
    this.to = to;
    this.codec = codec;
  }

  /** Returns an entry as the other run has it. */
  public Entry of(Entry entry) {
    Entry told = EntryJson.decode(told(EntryJson.encode(entry)));
    boolean changed =
        entry instanceof Entry.Asked before
            && told instanceof Entry.Asked after
            && !before.position().isStep()
            && !before.arguments().equals(after.arguments());
    return changed ? rehashed((Entry.Asked) told) : told;
  }

  private Entry rehashed(Entry.Asked e) {
    String hash = codec.hash(codec.decodeEffect(e.effect(), e.arguments()));
    return new Entry.Asked(
        e.at(), e.position(), e.effect(), e.arguments(), e.resolved(), hash, e.epoch(), e.calls());
  }

  /** Returns text with the other run's names. */
  public String told(String text) {
    return allNames
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(Objects.requireNonNull(names.get(found.group()))));
  }

  private JsonNode told(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> JsonNodeFactory.instance.stringNode(told(node.stringValue()));
      case ARRAY -> {
        var array = JsonNodeFactory.instance.arrayNode();
        node.forEach(item -> array.add(told(item)));
        yield array;
      }
      case OBJECT -> node.path("$").asString("").equals("blob") ? blob(node) : object(node);
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> node;
    };
  }

  private ObjectNode object(JsonNode node) {
    var object = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(field -> object.set(told(field.getKey()), told(field.getValue())));
    return object;
  }

  private ObjectNode blob(JsonNode node) {
    byte[] bytes = from.read(node.path("sha256").asString());
    byte[] told =
        node.path("of").asString().equals("json")
            ? JsonTrees.bytes(told(JsonTrees.parse(bytes)))
            : told(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    return ((ObjectNode) node.deepCopy()).put("size", told.length).put("sha256", to.store(told));
  }
}
