package conductor.cli;

import conductor.effect.Failure;
import conductor.effect.IssueFailure;
import conductor.error.UserError;
import conductor.state.StateJson;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document that a command with {@code --json} prints to standard output in place of a result.
 *
 * @param v the version of the shape
 * @param exit the exit code
 */
public record ErrorJson(int v, What error, int exit) {

  private static final int VERSION = 1;

  /**
   * What went wrong.
   *
   * @param type the failure's type, as scripts name it; null for what is no failure of an effect
   */
  public record What(Kind kind, @Nullable String type, String message) {}

  /** Says who can mend it. */
  public enum Kind {
    /** The command line, the script or the configuration; nothing was started. */
    REQUEST,
    /** An effect failed. */
    FAILURE,
    /** Something that was found on the machine. */
    MACHINE,
    /** A fault of conductor. */
    INTERNAL
  }

  static ErrorJson of(Exception error, Kind kind, String message, int exit) {
    String type = error instanceof Failure failure ? failure.getClass().getSimpleName() : null;
    return new ErrorJson(VERSION, new What(kind, type, message), exit);
  }

  /** Returns whether a command line asks for JSON. */
  public static boolean isAskedFor(String... args) {
    List<String> words = List.of(args);
    int end = words.indexOf("--");
    return (end < 0 ? words : words.subList(0, end)).contains("--json");
  }

  /** Prints the document for a command line that is wrong. */
  public static void wrongUsage(Console console, String message) {
    var what = new What(Kind.REQUEST, null, message);
    new ErrorJson(VERSION, what, Exit.USAGE).print(console);
  }

  void print(Console console) {
    try {
      console.exact(StateJson.line(this));
    } catch (ClosedPipe e) {
      // nobody reads it, and the message stands on standard error
    }
  }

  /** Returns who can mend what a command ended with. */
  static Kind kind(Exception error) {
    return switch (error) {
      case UserError told ->
          switch (told.kind()) {
            case REQUEST -> Kind.REQUEST;
            case MACHINE -> Kind.MACHINE;
          };
      case IssueFailure _ -> Kind.REQUEST;
      case Failure _ -> Kind.FAILURE;
      case UncheckedIOException _ -> Kind.MACHINE;
      default -> Kind.INTERNAL;
    };
  }
}
