package conductor.handlers.agent.protocol;

import conductor.handlers.agent.protocol.Permission.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool call as an agent describes it: bit by bit, each later word replacing earlier ones. */
final class AcpTool {

  private static final List<String> DESCRIBES =
      List.of("name", "kind", "title", "rawInput", "locations");

  private final ObjectNode known = Lines.object();
  private List<String> changed = List.of();
  private List<JsonNode> diffs = List.of();

  /** What an update or a request for permission says of the call. */
  void heard(JsonNode update) {
    for (String member : DESCRIBES) {
      if (update.hasNonNull(member)) {
        known.set(member, update.get(member));
      }
    }
    if (update.path("content").isArray()) {
      changed =
          update.path("content").valueStream().map(part -> AcpMessages.text(part, "path")).toList();
      List<JsonNode> shown =
          update
              .path("content")
              .valueStream()
              .filter(part -> AcpMessages.text(part, "type").equals("diff"))
              .toList();
      diffs = shown.isEmpty() ? diffs : shown; // some show it only when they ask
    }
  }

  /** As the program names it, else its kind. */
  String name() {
    String name = AcpMessages.text(known, "name");
    String kind = AcpMessages.text(known, "kind");
    return !name.isEmpty() ? name : kind.isEmpty() ? "tool" : kind;
  }

  Kind kind() {
    return switch (AcpMessages.text(known, "kind")) {
      case "read", "search" -> Kind.READ;
      case "edit", "delete", "move" -> Kind.EDIT;
      case "execute" -> Kind.EXECUTE;
      case "fetch" -> Kind.FETCH;
      default -> Kind.OTHER;
    };
  }

  /** What it changed, once it has ended well. */
  Stream<Event> changes() {
    return diffs.stream().flatMap(Changes::acp);
  }

  /** What it does, in one line. */
  String what() {
    String target = target();
    return Lines.oneLine(target.isEmpty() ? AcpMessages.text(known, "title") : target);
  }

  /** What it asks for: a command with all of its lines, anything else in one line. */
  String asks() {
    if (kind() != Kind.EXECUTE) {
      return what();
    }
    return isDescribed() ? target() : AcpMessages.text(known, "title");
  }

  /** Whether more is said than that there is a call. */
  boolean isDescribed() {
    return !target().isEmpty();
  }

  private String target() {
    JsonNode input = known.path("rawInput");
    return switch (kind()) {
      case EXECUTE -> command(input.path("command"));
      case FETCH -> AcpMessages.text(input, "url");
      case READ, EDIT -> paths().stream().findFirst().orElse("");
      case OTHER -> "";
    };
  }

  /** A command is a text, or a list of words. */
  private static String command(JsonNode command) {
    return command.isArray()
        ? String.join(
            " ", command.valueStream().map(word -> ShellWord.quoted(word.asString(""))).toList())
        : command.stringValue("");
  }

  /** The files that it is said to touch. */
  List<String> paths() {
    Stream<String> located =
        known.path("locations").valueStream().map(location -> AcpMessages.text(location, "path"));
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
}
