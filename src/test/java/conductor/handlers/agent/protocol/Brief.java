package conductor.handlers.agent.protocol;

import java.util.List;

/** Events in a short form. */
public final class Brief {

  private Brief() {}

  public static List<String> of(List<Event> events) {
    return events.stream().map(Brief::of).toList();
  }

  private static String of(Event event) {
    return switch (event) {
      case Event.Opened opened -> "opened";
      case Event.Unopened(FailureKind trouble, String message) -> "unopened " + trouble;
      case Event.Began(List<String> prompts) -> "began " + String.join(" ", prompts);
      case Event.Says(String text) -> "says " + text;
      case Event.Calls(String id, String tool, String what) -> tool + ": " + what;
      case Event.Returns(String id, boolean ok, String output) ->
          (ok ? "ok " : "failed ") + Lines.oneLine(output);
      case Event.Asks(Permission permission) ->
          "asks %s %s: %s".formatted(permission.request(), permission.kind(), permission.what());
      case Event.Settled(String request) -> "settled " + request;
      case Event.Changes(String path, int added, int removed, var diff) ->
          "%s +%d -%d".formatted(path, added, removed);
      case Event.Unread(String about, boolean missed) -> "unread " + about;
      case Event.NotSteered(String prompt) -> "not steered " + prompt;
      case Event.Waits(String why, var until) -> "waits " + why;
      case Event.Ended(List<String> prompts, End end, Usage usage) ->
          "ended %s %s %d+%d"
              .formatted(
                  String.join(" ", prompts), of(end), usage.inputTokens(), usage.outputTokens());
    };
  }

  private static String of(End end) {
    return switch (end) {
      case End.Answered(String text, var structured, List<String> denied) ->
          "'" + text + "'" + (structured == null ? "" : " = " + structured) + denied;
      case End.Cancelled() -> "cancelled";
      case End.Failed(FailureKind trouble, String message, var resetAt) ->
          trouble + (resetAt == null ? "" : " until " + resetAt);
    };
  }
}
