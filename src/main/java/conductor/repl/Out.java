package conductor.repl;

import java.util.function.Consumer;

/**
 * The output of a session.
 *
 * @param result takes the values of entries
 * @param told takes everything else, one or more lines at a time
 * @param color whether colors may be used
 */
public record Out(Consumer<String> result, Consumer<String> told, boolean color) {

  /** Writes an error. */
  void wrong(String text) {
    told.accept(painted("31", text));
  }

  /** Writes a remark. */
  void aside(String text) {
    told.accept(painted("2", text));
  }

  private String painted(String code, String text) {
    return color ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
