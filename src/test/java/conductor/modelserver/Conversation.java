package conductor.modelserver;

import java.util.ArrayList;
import java.util.List;

/** What was said so far, taken in its order: finds the prompt that counts, and how far it is. */
final class Conversation {

  /** Starts of texts that an agent adds as if its user had said them. */
  private static final List<String> CONTEXT =
      List.of("<system-reminder>", "<environment_context>", "<session_context>");

  private static final List<String> INTERRUPTIONS =
      List.of("[Request interrupted by user", "<turn_aborted>");

  /** What claude puts for the model into a conversation that was broken off. */
  private static final String PLACEHOLDER = "No response requested.";

  private final List<String> prompts = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private int done;
  private boolean ended = true;
  private boolean interrupted;

  /**
   * The user said something. It is a new prompt when it has a script, when the script before is
   * done or when the user broke it off; else it is said to a model that is at work, or that is to
   * go on after an error or a crash.
   */
  void user(String text) {
    boolean scripted = Script.isIn(text);
    if (!scripted && starts(text, CONTEXT)) {
      return;
    }
    if (starts(text, INTERRUPTIONS)) {
      interrupted = true;
      return;
    }
    if (scripted || interrupted || isFinished()) {
      heard.clear();
      prompts.add(text);
      done = 0;
      interrupted = false;
    }
    ended = false;
    heard.add(text);
  }

  /** The model called a tool. */
  void called() {
    done++;
    ended = false;
  }

  /** The model said something without calling a tool, which ends its turn. */
  void said(String text) {
    if (!text.equals(PLACEHOLDER)) {
      done++;
      ended = true;
    }
  }

  private boolean isFinished() {
    return heard.isEmpty() || ended && done >= Script.of(heard.getFirst()).steps().size();
  }

  List<String> prompts() {
    return List.copyOf(prompts);
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  int done() {
    return done;
  }

  private static boolean starts(String text, List<String> beginnings) {
    return beginnings.stream().anyMatch(text.strip()::startsWith);
  }
}
