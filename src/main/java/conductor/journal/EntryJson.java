package conductor.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes entries as JSON objects, and decodes them: {@code k} is the kind, {@code at} the time,
 * {@code pos} the position.
 */
final class EntryJson {

  private EntryJson() {}

  static ObjectNode encode(Entry entry) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("k", kind(entry));
    node.put("at", entry.at().toString());
    switch (entry) {
      case Entry.Opened e -> node.put("run", e.run()).put("workflow", e.workflow());
      case Entry.Owned e -> node.put("owner", e.owner()).put("pid", e.pid()).put("host", e.host());
      case Entry.Asked e -> asked(node, e);
      case Entry.Replied e -> replied(node, e);
      case Entry.Branched e -> branched(node, e);
      case Entry.Settled e -> settled(node, e);
      case Entry.Stopped e -> node.put("reason", e.reason());
      case Entry.Expired e -> node.put("branch", e.branch().text());
      case Entry.Retried e -> positions(node.put("epoch", e.epoch()), "causes", e.causes());
      case Entry.Edited e ->
          positions(node.put("epoch", e.epoch()), "differences", e.differences());
      case Entry.Parked e ->
          node.put("pos", e.position().text()).put("epoch", e.epoch()).set("failure", e.failure());
      case Entry.Reattempted e ->
          node.put("pos", e.position().text())
              .put("epoch", e.epoch())
              .set("resolved", e.resolved());
      case Entry.Noted e -> node.put("pos", e.position().text()).put("line", e.note().text());
      case Entry.Ended e -> ended(node, e);
    }
    return node;
  }

  private static String kind(Entry entry) {
    return entry instanceof Entry.Reattempted
        ? "again"
        : entry.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  static Entry decode(JsonNode node) {
    Instant at = Timestamp.parse(text(node, "at"));
    return switch (text(node, "k")) {
      case "opened" -> new Entry.Opened(at, text(node, "run"), text(node, "workflow"));
      case "owned" ->
          new Entry.Owned(
              at, node.path("owner").intValue(), node.path("pid").longValue(), text(node, "host"));
      case "asked" -> asked(at, node);
      case "replied" ->
          new Entry.Replied(
              at, position(node), outcome(node), node.path("late").booleanValue(false));
      case "branched" -> branched(at, node);
      case "settled" -> settled(at, node);
      case "stopped" -> new Entry.Stopped(at, text(node, "reason"));
      case "expired" -> new Entry.Expired(at, new BranchPath(text(node, "branch")));
      case "retried" ->
          new Entry.Retried(at, node.path("epoch").intValue(), positions(node, "causes"));
      case "edited" ->
          new Entry.Edited(at, node.path("epoch").intValue(), positions(node, "differences"));
      case "parked" ->
          new Entry.Parked(
              at, position(node), node.path("epoch").intValue(), node.required("failure"));
      case "again" ->
          new Entry.Reattempted(
              at, position(node), node.path("epoch").intValue(), node.required("resolved"));
      case "noted" -> new Entry.Noted(at, position(node), Note.of(text(node, "line")));
      case "ended" -> ended(at, node);
      default ->
          throw new IllegalArgumentException("unknown kind of record '" + text(node, "k") + "'");
    };
  }

  private static void replied(ObjectNode node, Entry.Replied e) {
    node.put("pos", e.position().text());
    outcome(node, e.outcome());
    if (e.late()) {
      node.put("late", true);
    }
  }

  private static void branched(ObjectNode node, Entry.Branched e) {
    node.put("pos", e.position().text()).put("control", e.control());
    texts(node, "keys", e.keys());
    if (e.arguments() != null) {
      node.set("args", e.arguments());
      node.put("hash", e.hash());
    }
    texts(node, "calls", e.calls());
  }

  private static void settled(ObjectNode node, Entry.Settled e) {
    node.put("pos", e.position().text()).put("how", e.how());
    if (e.decider() != null) {
      node.put("decider", e.decider());
    }
    texts(node, "cancelled", e.cancelled());
    node.put("delivered", e.delivered());
  }

  private static void ended(ObjectNode node, Entry.Ended e) {
    node.put("status", e.status());
    outcome(node, e.outcome());
    node.put("message", e.message());
    positions(node, "causes", e.causes());
  }

  private static void asked(ObjectNode node, Entry.Asked e) {
    node.put("pos", e.position().text()).put("effect", e.effect());
    node.set("args", e.arguments());
    if (e.resolved() != null) {
      node.set("resolved", e.resolved());
    }
    node.put("hash", e.hash()).put("epoch", e.epoch());
    texts(node, "calls", e.calls());
  }

  private static Entry.Asked asked(Instant at, JsonNode node) {
    return new Entry.Asked(
        at,
        position(node),
        text(node, "effect"),
        node.path("args"),
        node.get("resolved"),
        text(node, "hash"),
        node.path("epoch").intValue(),
        texts(node, "calls"));
  }

  private static Entry.Branched branched(Instant at, JsonNode node) {
    return new Entry.Branched(
        at,
        position(node),
        text(node, "control"),
        texts(node, "keys"),
        node.get("args"),
        optional(node, "hash"),
        texts(node, "calls"));
  }

  private static Entry.Settled settled(Instant at, JsonNode node) {
    return new Entry.Settled(
        at,
        position(node),
        text(node, "how"),
        optional(node, "decider"),
        texts(node, "cancelled"),
        node.path("delivered").intValue(-1));
  }

  private static Entry.Ended ended(Instant at, JsonNode node) {
    return new Entry.Ended(
        at, text(node, "status"), outcome(node), text(node, "message"), positions(node, "causes"));
  }

  private static void outcome(ObjectNode node, Outcome outcome) {
    switch (outcome) {
      case Outcome.Value value -> node.set("value", value.value());
      case Outcome.Failed failed -> node.set("failure", failed.failure());
      case Outcome.Cancelled _ -> node.put("cancelled", true);
    }
  }

  private static Outcome outcome(JsonNode node) {
    if (node.has("failure")) {
      return new Outcome.Failed(node.path("failure"));
    }
    JsonNode value = node.get("value");
    return value != null ? new Outcome.Value(value) : new Outcome.Cancelled();
  }

  private static void texts(ObjectNode node, String name, List<String> texts) {
    var array = node.putArray(name);
    texts.forEach(array::add);
  }

  private static List<String> texts(JsonNode node, String name) {
    var texts = new ArrayList<String>();
    node.path(name).forEach(text -> texts.add(text.stringValue()));
    return List.copyOf(texts);
  }

  private static void positions(ObjectNode node, String name, List<Position> positions) {
    texts(node, name, positions.stream().map(Position::text).toList());
  }

  private static List<Position> positions(JsonNode node, String name) {
    return texts(node, name).stream().map(Position::new).toList();
  }

  private static Position position(JsonNode node) {
    return new Position(text(node, "pos"));
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).stringValue();
  }

  private static @Nullable String optional(JsonNode node, String name) {
    return node.path(name).asString(null);
  }
}
