package conductor.handlers.agent.protocol.codex;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The turns of a thread, as codex reported them. */
final class CodexTurns {

  private final Map<String, Turn> open = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  /** The prompts that the model got, or that are over. */
  private final Set<String> given = new HashSet<>();

  private final Set<String> begun = new HashSet<>();

  static final class Turn {

    private final String id;
    private final Set<String> prompts = new LinkedHashSet<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private String text = "";
    private @Nullable JsonNode error;

    private Turn(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    /** Returns the prompts that the model got or will get. */
    List<String> prompts() {
      return List.copyOf(prompts);
    }

    /** Returns the messages that codex accepted but the model did not get. */
    List<String> left() {
      return taken.stream().filter(prompt -> !prompts.contains(prompt)).toList();
    }

    void begun(String prompt) {
      prompts.add(prompt);
    }

    void says(String message) {
      text = message;
    }

    String text() {
      return text;
    }

    void fails(JsonNode why) {
      error = why;
    }

    Optional<JsonNode> error() {
      return Optional.ofNullable(error);
    }
  }

  /** Returns the open turn of an id, new if the id is; empty when the turn is over. */
  Optional<Turn> turn(String id) {
    if (known.add(id)) {
      open.put(id, new Turn(id));
    }
    return Optional.ofNullable(open.get(id));
  }

  boolean knows(String id) {
    return known.contains(id);
  }

  Optional<Turn> current() {
    return open.values().stream().reduce((earlier, later) -> later);
  }

  void given(String id, String prompt) {
    turn(id).ifPresent(turn -> turn.begun(prompt));
    given.add(prompt);
  }

  /** Notes that codex accepted a message; returns whether the model got it or still may. */
  boolean took(String id, String prompt) {
    Optional<Turn> turn = turn(id);
    turn.ifPresent(running -> running.taken.add(prompt));
    return turn.isPresent() || given.contains(prompt);
  }

  Optional<Turn> end(String id) {
    known.add(id);
    Optional<Turn> ended = Optional.ofNullable(open.remove(id));
    ended.ifPresent(turn -> given.addAll(turn.prompts));
    return ended;
  }

  /** Notes which turn, possibly over already, a prompt began. */
  void begun(String id, String prompt) {
    begun.add(prompt);
    turn(id).ifPresentOrElse(turn -> turn.begun(prompt), () -> given.add(prompt));
  }

  boolean hasBegun(String prompt) {
    return begun.contains(prompt);
  }

  void refused(String prompt) {
    given.add(prompt);
  }

  List<String> unanswered(Set<String> prompts) {
    var left = new ArrayList<>(prompts);
    Set<String> running = new HashSet<>();
    open.values().forEach(turn -> running.addAll(turn.prompts));
    left.removeIf(prompt -> given.contains(prompt) && !running.contains(prompt));
    return left;
  }
}
