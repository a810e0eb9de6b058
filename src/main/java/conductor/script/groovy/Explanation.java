package conductor.script.groovy;

import conductor.effect.BadArguments;
import conductor.effect.Failure;
import conductor.effect.Site;
import conductor.effect.vocabulary.Nearest;
import conductor.script.Pointer;
import groovy.lang.MissingPropertyException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/**
 * Explains a script's error to its author: message, place, line and calls within scripts, without
 * the frames of conductor, Groovy and the JDK.
 */
public record Explanation(String name, Sources sources) {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern QUOTED = Pattern.compile("'([A-Za-z_]\\w*)'");
  private static final Pattern YIELDED =
      Pattern.compile("\\b(?:yield\\b|perform\\()\\W*([A-Z]\\w*)");

  public String of(Throwable thrown) {
    return of(thrown, false);
  }

  /** Explains an error, with a mark below the column. */
  String pointing(Throwable thrown) {
    return of(thrown, true);
  }

  private String of(Throwable thrown, boolean pointing) {
    Throwable error = unwrapped(thrown);
    String message = message(error);
    List<Site.Frame> calls = sources.frames().of(error);
    if (calls.isEmpty()) {
      return name + ": " + message;
    }
    Site.Frame first = calls.getFirst();
    String unit = sources.unitOf(first.file());
    String line = sources.line(unit, first.line());
    var text = new StringBuilder();
    text.append(first.file()).append(':').append(first.line()).append(':');
    int column = column(line, error, message);
    text.append(column).append(": ").append(message);
    text.append("\n    ").append(line.strip());
    if (pointing) {
      text.append("\n").append(Pointer.below(line, column));
    }
    calls.stream().distinct().forEach(call -> text.append("\n  at ").append(call));
    return text.toString();
  }

  private static Throwable unwrapped(Throwable error) {
    return error instanceof InvokerInvocationException && error.getCause() != null
        ? unwrapped(error.getCause())
        : error;
  }

  private String message(Throwable error) {
    String message = String.valueOf(error.getMessage()).replace(Yields.VERB + "(", "yield(");
    return switch (error) {
      case MissingPropertyException missing when missing.getProperty() != null ->
          "unknown name '%s'%s"
              .formatted(
                  missing.getProperty(),
                  Nearest.hint(missing.getProperty(), words(missing.getProperty())));
      case AssertionError _ -> message.strip();
      case Failure failure -> failure.getClass().getSimpleName() + ": " + message;
      case BadArguments _ -> message;
      case StackOverflowError _ ->
          "StackOverflowError: calls nest too deep; does a recursion never end?";
      default ->
          error.getClass().equals(Throwable.class)
              ? message
              : error.getClass().getSimpleName() + ": " + message;
    };
  }

  /** Returns the words of all scripts, among which is probably the right spelling of a name. */
  private Set<String> words(String except) {
    var words = new TreeSet<String>();
    for (String unit : sources.names()) {
      Matcher word = WORD.matcher(sources.text(unit));
      while (word.find()) {
        words.add(word.group());
      }
    }
    words.remove(except);
    return words;
  }

  /** Returns the column, from 1: of what the message names, of the first yield, or of the line. */
  private static int column(String line, Throwable error, String message) {
    boolean ofEffect = error instanceof Failure || error instanceof BadArguments;
    int place = ofEffect ? effect(line, message) : quoted(line, message);
    if (place >= 0) {
      return place + 1;
    }
    int operator = line.indexOf("yield ");
    return operator >= 0 ? operator + 1 : line.length() - line.stripLeading().length() + 1;
  }

  /** Returns the index of the effect that the message names, or the line yields; -1 for none. */
  private static int effect(String line, String message) {
    Matcher named = WORD.matcher(message);
    while (named.find()) {
      if (Character.isUpperCase(named.group().charAt(0)) && line.contains(named.group() + "(")) {
        return line.indexOf(named.group() + "(");
      }
    }
    Matcher yielded = YIELDED.matcher(line);
    return yielded.find() ? yielded.start(1) : -1;
  }

  /** Returns the index of a name that the message quotes; -1 when there is none in the line. */
  private static int quoted(String line, String message) {
    Matcher name = QUOTED.matcher(message);
    while (name.find()) {
      Matcher there = Pattern.compile("\\b" + name.group(1) + "\\b").matcher(line);
      if (there.find()) {
        return there.start();
      }
    }
    return -1;
  }
}
