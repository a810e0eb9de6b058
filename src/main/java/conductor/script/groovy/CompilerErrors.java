package conductor.script.groovy;

import static org.apache.groovy.parser.antlr4.GroovyLexer.LBRACK;
import static org.apache.groovy.parser.antlr4.GroovyLexer.LPAREN;

import conductor.script.Finding;
import java.util.List;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SimpleMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/** Turns the errors of Groovy's compiler into findings in the text that the user wrote. */
final class CompilerErrors {

  private CompilerErrors() {}

  /**
   * Returns the errors as findings, each once.
   *
   * @param unit the file of errors that have no place of their own
   */
  static List<Finding> findings(
      MultipleCompilationErrorsException errors, String unit, Sources sources) {
    return errors.getErrorCollector().getErrors().stream()
        .map(message -> finding(message, unit, sources))
        .distinct()
        .toList();
  }

  private static Finding finding(Message message, String unit, Sources sources) {
    return switch (message) {
      case SyntaxErrorMessage error -> {
        var cause = error.getCause();
        String file = cause.getSourceLocator() == null ? unit : cause.getSourceLocator();
        String said = cause.getOriginalMessage().strip().replace(Yields.VERB, "yield");
        int place = sources.offset(file, cause.getLine(), cause.getStartColumn());
        String text =
            said.startsWith("Unexpected input") ? said + unclosed(sources.text(file), place) : said;
        yield sources.finding(true, file, cause.getLine(), cause.getStartColumn(), text);
      }
      case ExceptionMessage error ->
          sources.finding(true, unit, 1, 1, String.valueOf(error.getCause().getMessage()));
      case SimpleMessage simple -> sources.finding(true, unit, 1, 1, simple.getMessage());
      default -> sources.finding(true, unit, 1, 1, message.toString());
    };
  }

  /** Returns a hint that names a bracket opened on an earlier line; empty when there is none. */
  private static String unclosed(String text, int place) {
    Tokens tokens = Tokens.of(text);
    int at = 0;
    while (at < tokens.size() && tokens.start(at) < place) {
      at++;
    }
    int open = tokens.enclosing(at);
    boolean bracket = tokens.type(open) == LPAREN || tokens.type(open) == LBRACK;
    if (!bracket || text.substring(tokens.start(open), place).indexOf('\n') < 0) {
      return "";
    }
    return ": the '%s' of line %d, column %d is still open here"
        .formatted(tokens.text(open), tokens.line(open), tokens.column(open));
  }
}
