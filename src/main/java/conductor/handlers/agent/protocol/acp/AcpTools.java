package conductor.handlers.agent.protocol.acp;

import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The tool calls of a process. Reports each call once, when more is known of it than its name, and
 * its end once. Agents differ in which updates contain this, and some send no first update.
 */
final class AcpTools {

  private final Map<String, AcpTool> tools = new HashMap<>();
  private final Set<String> called = new HashSet<>();
  private final Set<String> returned = new HashSet<>();

  List<Event> heard(JsonNode update) {
    String id = Lines.text(update, "toolCallId");
    if (returned.contains(id)) {
      return List.of();
    }
    AcpTool tool = tool(id, update);
    String status = Lines.text(update, "status");
    boolean over = status.equals("completed") || status.equals("failed");
    var events = new ArrayList<Event>();
    if (over || status.equals("in_progress") || tool.isDescribed()) {
      call(id, tool, events);
    }
    if (over) {
      returned.add(id);
      tools.remove(id);
      events.add(new Event.Returns(id, status.equals("completed"), output(update)));
      if (status.equals("completed")) {
        tool.changes().forEach(events::add);
      }
    }
    return events;
  }

  List<Event> asked(JsonNode call) {
    var events = new ArrayList<Event>();
    String id = Lines.text(call, "toolCallId");
    call(id, tool(id, call), events);
    return events;
  }

  AcpTool tool(String id, JsonNode update) {
    AcpTool tool = tools.computeIfAbsent(id, any -> new AcpTool());
    tool.heard(update);
    return tool;
  }

  private void call(String id, AcpTool tool, List<Event> events) {
    if (called.add(id)) {
      events.add(new Event.Calls(id, tool.name(), tool.what()));
    }
  }

  private static String output(JsonNode update) {
    JsonNode raw = update.path("rawOutput");
    String text = raw.stringValue(Lines.text(raw, "output"));
    if (text.isEmpty()) {
      text =
          update
              .path("content")
              .valueStream()
              .map(part -> Lines.text(part.path("content"), "text"))
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("\n"));
    }
    return Lines.clipped(text);
  }
}
