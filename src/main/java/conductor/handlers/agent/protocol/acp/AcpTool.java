package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Changes;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import conductor.handlers.agent.protocol.Permission.Kind;
import conductor.handlers.agent.protocol.ShellWord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool call as an agent describes it step by step, where later values replace earlier ones. */
final class AcpTool {

  private static final List<String> DESCRIBES =
      List.of("name", "kind", "title", "rawInput", "locations");

  private final ObjectNode known = Lines.object();
  private List<String> changed = List.of();
  private List<JsonNode> diffs = List.of();

  void heard(JsonNode update) {
    for (String member : DESCRIBES) {
      if (update.hasNonNull(member)) {
        known.set(member, update.get(member));
      }
    }
    if (update.path("content").isArray()) {
      changed = update.path("content").valueStream().map(part -> Lines.text(part, "path")).toList();
      List<JsonNode> shown =
          update
              .path("content")
              .valueStream()
              .filter(part -> Lines.text(part, "type").equals("diff"))
              .toList();
      diffs =
          shown.isEmpty() ? diffs : shown; // some agents show diffs only in the permission request
    }
  }

  /** Returns the tool's name in the program, or else its kind, or else {@code tool}. */
  String name() {
    String name = Lines.text(known, "name");
    String kind = Lines.text(known, "kind");
    return !name.isEmpty() ? name : kind.isEmpty() ? "tool" : kind;
  }

  Kind kind() {
    return switch (Lines.text(known, "kind")) {
      case "read", "search" -> Kind.READ;
      case "edit", "delete", "move" -> Kind.EDIT;
      case "execute" -> Kind.EXECUTE;
      case "fetch" -> Kind.FETCH;
      default -> Kind.OTHER;
    };
  }

  Stream<Event> changes() {
    return diffs.stream().flatMap(AcpTool::change);
  }

  String what() {
    String target = target();
    return Lines.oneLine(target.isEmpty() ? Lines.text(known, "title") : target);
  }

  /** Returns what to permit: a command with all of its lines, anything else in one line. */
  String asks() {
    if (kind() != Kind.EXECUTE) {
      return what();
    }
    return isDescribed() ? target() : Lines.text(known, "title");
  }

  boolean isDescribed() {
    return !target().isEmpty();
  }

  private String target() {
    JsonNode input = known.path("rawInput");
    return switch (kind()) {
      case EXECUTE -> command(input.path("command"));
      case FETCH -> Lines.text(input, "url");
      case READ, EDIT -> paths().stream().findFirst().orElse("");
      case OTHER -> "";
    };
  }

  /** Returns the text of a command, which is given as a text or as a list of words. */
  private static String command(JsonNode command) {
    return command.isArray()
        ? String.join(
            " ", command.valueStream().map(word -> ShellWord.quoted(word.asString(""))).toList())
        : command.stringValue("");
  }

  List<String> paths() {
    Stream<String> located =
        known.path("locations").valueStream().map(location -> Lines.text(location, "path"));
    Stream<String> given =
        known.path("rawInput").properties().stream()
            .filter(member -> member.getKey().toLowerCase(Locale.ROOT).endsWith("path"))
            .map(member -> member.getValue().stringValue(""));
    Set<String> paths = new LinkedHashSet<>();
    Stream.of(located, given, changed.stream())
        .flatMap(all -> all)
        .filter(path -> !path.isEmpty())
        .forEach(paths::add);
    return List.copyOf(paths);
  }

  /** Returns a change, without equal lines at the beginning and end. */
  private static Stream<Event> change(JsonNode part) {
    var before = new ArrayList<>(part.path("oldText").stringValue("").lines().toList());
    var after = new ArrayList<>(part.path("newText").stringValue("").lines().toList());
    while (!before.isEmpty() && !after.isEmpty() && before.getFirst().equals(after.getFirst())) {
      before.removeFirst();
      after.removeFirst();
    }
    while (!before.isEmpty() && !after.isEmpty() && before.getLast().equals(after.getLast())) {
      before.removeLast();
      after.removeLast();
    }
    return Changes.of(
        Lines.text(part, "path"),
        Stream.concat(
                before.stream().map(line -> "-" + line), after.stream().map(line -> "+" + line))
            .toList());
  }
}
