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

/** The turns of a thread, as far as codex told of them. */
final class CodexTurns {

  private final Map<String, Turn> open = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  /** The prompts that the model was given, or that are over. */
  private final Set<String> given = new HashSet<>();

  private final Set<String> begun = new HashSet<>();

  /** A turn that is not over. */
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

    /** Returns those that the model was or will be given. */
    List<String> prompts() {
      return List.copyOf(prompts);
    }

    /** Returns those that codex has taken, and the model was not given. */
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

  /** Returns the turn of that name; it begins when it is new, and stays over when it is over. */
  Optional<Turn> turn(String id) {
    if (known.add(id)) {
      open.put(id, new Turn(id));
    }
    return Optional.ofNullable(open.get(id));
  }

  boolean knows(String id) {
    return known.contains(id);
  }

  /** Returns the turn that is open now. */
  Optional<Turn> current() {
    return open.values().stream().reduce((earlier, later) -> later);
  }

  /** The model was given a prompt that has a name. */
  void given(String id, String prompt) {
    turn(id).ifPresent(turn -> turn.begun(prompt));
    given.add(prompt);
  }

  /**
   * Codex took a message that steers.
   *
   * @return whether it still may be given to the model, or was
   */
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

  /** Codex says which turn a prompt is; it may be over. */
  void begun(String id, String prompt) {
    begun.add(prompt);
    turn(id).ifPresentOrElse(turn -> turn.begun(prompt), () -> given.add(prompt));
  }

  /** Returns whether codex said which turn a prompt is. */
  boolean hasBegun(String prompt) {
    return begun.contains(prompt);
  }

  /** A prompt that never became a turn. */
  void refused(String prompt) {
    given.add(prompt);
  }

  /** Returns the prompts that are not over. */
  List<String> unanswered(Set<String> prompts) {
    var left = new ArrayList<>(prompts);
    Set<String> running = new HashSet<>();
    open.values().forEach(turn -> running.addAll(turn.prompts));
    left.removeIf(prompt -> given.contains(prompt) && !running.contains(prompt));
    return left;
  }
}
