package conductor.script;

import conductor.effect.Nearest;
import conductor.effect.Site;
import groovy.lang.MissingPropertyException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/** Tells a script's error to its author, without the host's frames. */
final class Explanation {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

  private final String name;
  private final Sources sources;
  private final Frames frames;

  Explanation(String name, Sources sources, Frames frames) {
    this.name = name;
    this.sources = sources;
    this.frames = frames;
  }

  String of(Throwable thrown) {
    Throwable error = unwrapped(thrown);
    String message = message(error);
    List<Site.Frame> calls = frames.of(error);
    if (calls.isEmpty()) {
      return name + ": " + message;
    }
    Site.Frame first = calls.getFirst();
    String unit = sources.unitOf(first.file());
    String line = sources.line(unit, first.line());
    var text = new StringBuilder();
    text.append(first.file()).append(':').append(first.line()).append(':');
    text.append(column(line, message)).append(": ").append(message);
    text.append("\n    ").append(line.strip());
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
      case MissingPropertyException missing ->
          "unknown name '%s'%s"
              .formatted(
                  missing.getProperty(),
                  Nearest.hint(missing.getProperty(), words(missing.getProperty())));
      case AssertionError _ -> message.strip();
      case conductor.effect.Failure failure -> failure.getClass().getSimpleName() + ": " + message;
      case conductor.effect.BadArguments _ -> message;
      default -> error.getClass().getSimpleName() + ": " + message;
    };
  }

  /** The words of all scripts: what a misspelt name was probably meant to be. */
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

  /** Where the effect that a message names stands in its line, else where the line begins. */
  private static int column(String line, String message) {
    Matcher effect = WORD.matcher(message);
    while (effect.find()) {
      if (Character.isUpperCase(effect.group().charAt(0)) && line.contains(effect.group() + "(")) {
        return line.indexOf(effect.group() + "(") + 1;
      }
    }
    int operator = line.indexOf("yield ");
    return operator >= 0 ? operator + 1 : line.length() - line.stripLeading().length() + 1;
  }
}
