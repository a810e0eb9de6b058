package conductor.handlers.agent.protocol.codex;

import conductor.handlers.agent.protocol.End;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Handles the notifications of codex. Agents that codex starts by itself have threads of their own,
 * which are reported in addition to the session's thread: they may ask for permissions, and their
 * usage counts, but their messages are not the answer, and their ends do not end the turn.
 */
final class CodexThread {

  private final CodexSaid said;
  private final CodexPermissions permissions;
  private final CodexTurns turns;
  private final CodexUsage usage = new CodexUsage();
  private final CodexTroubles troubles = new CodexTroubles();
  private final Set<String> left = new HashSet<>();

  /** Turns that ended before codex reported which prompt they belong to. */
  private final Map<String, Over> early = new HashMap<>();

  private String id = "";
  private @Nullable String place;

  /** A turn that is over, and codex's notification of its end. */
  private record Over(CodexTurns.Turn turn, JsonNode told, long millis) {}

  /** Set while reported totals may be those of the thread that this one is a copy of. */
  private boolean copied;

  CodexThread(CodexSaid said, CodexPermissions permissions, CodexTurns turns) {
    this.said = said;
    this.permissions = permissions;
    this.turns = turns;
  }

  /** Sets the session's thread, which may be a copy of another one, with its totals. */
  void opened(String thread, boolean copy) {
    id = thread;
    copied = copy;
  }

  /** Returns whether a message for a running turn did not reach the model. */
  boolean hasLeft(String prompt) {
    return left.contains(prompt);
  }

  Event leaves(String prompt) {
    left.add(prompt);
    return new Event.NotSteered(prompt);
  }

  List<Event> heard(String method, JsonNode message) {
    JsonNode params = message.path("params");
    boolean ours = params.path("threadId").asString("").equals(id);
    return switch (method) {
      case "turn/started" -> started(params, ours);
      case "turn/completed" -> completed(params, ours, millis(message));
      case "item/started" -> begins(params, ours).stream().toList();
      case "item/completed" ->
          Stream.concat(ends(params, ours).stream(), changes(params, ours)).toList();
      case "error" -> troubled(params, ours);
      case "thread/tokenUsage/updated" -> used(params, ours);
      case "account/rateLimits/updated" -> limited(params);
      case "serverRequest/resolved" -> resolved(params.path("requestId").toString());
      default -> List.of();
    };
  }

  private static long millis(JsonNode message) {
    return message.path("emittedAtMs").asLong(0);
  }

  private List<Event> started(JsonNode params, boolean ours) {
    if (ours) {
      turns.turn(params.path("turn").path("id").asString(""));
    }
    return List.of();
  }

  private List<Event> completed(JsonNode params, boolean ours, long millis) {
    JsonNode turn = params.path("turn");
    String name = turn.path("id").asString("");
    permissions.ended(name);
    if (!ours) {
      return List.of();
    }
    turns.turn(name);
    return turns.end(name).map(ended -> ended(new Over(ended, turn, millis))).orElse(List.of());
  }

  /**
   * Returns the events of the end of a turn. The end is reported only after the reply to the turn's
   * prompt, because before that the turn cannot be told from one that nobody asked for. The latter
   * is never reported; its usage counts with the next turn.
   */
  private List<Event> ended(Over over) {
    CodexTurns.Turn turn = over.turn();
    var events = new ArrayList<Event>();
    turn.left().forEach(prompt -> events.add(leaves(prompt)));
    if (turn.prompts().isEmpty() || turn.prompts().stream().anyMatch(this::isPromised)) {
      early.put(turn.id(), over);
    } else {
      events.add(end(over));
    }
    return events;
  }

  private boolean isPromised(String prompt) {
    return said.prompts().contains(prompt) && !turns.hasBegun(prompt);
  }

  /** Handles codex's reply that a prompt began a turn, which may be over already. */
  List<Event> began(String prompt, String name) {
    turns.begun(name, prompt);
    var events = new ArrayList<Event>(List.of(new Event.Began(List.of(prompt))));
    Optional.ofNullable(early.remove(name))
        .ifPresent(over -> {
          over.turn().begun(prompt);
          events.add(end(over));
        });
    return events;
  }

  Optional<String> place() {
    return Optional.ofNullable(place);
  }

  private Event end(Over over) {
    place = over.turn().id();
    End end = end(over.turn(), over.told(), over.millis());
    return new Event.Ended(over.turn().prompts(), end, usage.taken());
  }

  private End end(CodexTurns.Turn turn, JsonNode told, long millis) {
    return switch (told.path("status").asString("")) {
      case "completed" -> answered(turn);
      case "interrupted" -> new End.Cancelled();
      default -> {
        JsonNode error = told.path("error");
        yield troubles.failed(error.isObject() ? error : turn.error().orElse(error), millis);
      }
    };
  }

  private End answered(CodexTurns.Turn turn) {
    boolean formed = turn.prompts().stream().anyMatch(said::hasSchema);
    Optional<String> value =
        Optional.of(turn.text()).filter(text -> formed && Lines.value(text).isPresent());
    return new End.Answered(turn.text(), value.orElse(null), permissions.denied(turn.id()));
  }

  private Optional<Event> begins(JsonNode params, boolean ours) {
    JsonNode item = params.path("item");
    if (item.path("type").asString("").equals(CodexItems.CHANGE)) {
      permissions.changes(item);
    }
    if (!ours) {
      return Optional.empty();
    }
    copied = copied && item.path("type").asString("").equals(CodexItems.PROMPT);
    return CodexItems.begins(item);
  }

  private Optional<Event> ends(JsonNode params, boolean ours) {
    JsonNode item = params.path("item");
    String turn = params.path("turnId").asString("");
    if (!ours) {
      return Optional.empty();
    }
    return switch (item.path("type").asString("")) {
      case CodexItems.PROMPT -> given(turn, item);
      case "agentMessage" -> says(turn, item.path("text").asString(""));
      default -> CodexItems.ends(item);
    };
  }

  private static Stream<Event> changes(JsonNode params, boolean ours) {
    JsonNode item = params.path("item");
    return ours && CodexItems.succeeded(item)
        ? item.path("changes").valueStream().flatMap(CodexItems::change)
        : Stream.empty();
  }

  private Optional<Event> given(String turn, JsonNode item) {
    if (item.path("clientId").isString()) {
      turns.given(turn, item.path("clientId").asString());
    }
    return Optional.empty();
  }

  private Optional<Event> says(String turn, String text) {
    turns.turn(turn).ifPresent(running -> running.says(text));
    return Optional.of(new Event.Says(text));
  }

  private List<Event> troubled(JsonNode params, boolean ours) {
    JsonNode error = params.path("error");
    if (ours && params.path("willRetry").asBoolean(false)) {
      String detail = error.path("additionalDetails").asString("");
      String message = error.path("message").asString("");
      return List.of(new Event.Waits(detail.isEmpty() ? message : message + ": " + detail, null));
    }
    if (ours) {
      turns.turn(params.path("turnId").asString("")).ifPresent(turn -> turn.fails(error));
    }
    return List.of();
  }

  private List<Event> used(JsonNode params, boolean ours) {
    String thread = params.path("threadId").asString("");
    boolean earlier = copied || !turns.knows(params.path("turnId").asString(""));
    if (ours && earlier) {
      usage.had(thread, params.path("tokenUsage"));
    } else {
      usage.grew(thread, params.path("tokenUsage"));
    }
    return List.of();
  }

  private List<Event> limited(JsonNode params) {
    troubles.limits(params.path("rateLimits"));
    return List.of();
  }

  private List<Event> resolved(String request) {
    return permissions.resolved(request) ? List.of(new Event.Settled(request)) : List.of();
  }
}
