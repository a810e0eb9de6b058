package conductor.repl;

import java.util.function.Consumer;

/**
 * Where a session speaks.
 *
 * @param result takes the values of what was entered
 * @param told takes all else, a line or more at a time
 * @param color whether colours may be used
 */
public record Out(Consumer<String> result, Consumer<String> told, boolean color) {

  /** Something went wrong. */
  void wrong(String text) {
    told.accept(painted("31", text));
  }

  /** Something by the way. */
  void aside(String text) {
    told.accept(painted("2", text));
  }

  private String painted(String code, String text) {
    return color ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
