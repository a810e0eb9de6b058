package conductor.script.java;

import conductor.effect.vocabulary.Nearest;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rewords the messages of the Java compiler as workflows in Groovy get them. */
final class JavaComplaint {

  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*+\\.){1,30}(?=[A-Z])");
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "cannot find symbol; symbol: +(class|variable|method) +(\\w+)(?:\\((.*?)\\))?(?:; location: (.*))?");
  private static final Pattern PLACE = Pattern.compile("(?:variable \\w+ of type|class) +(.+)");
  private static final Pattern UNFIT =
      Pattern.compile(
          "(?:method|constructor|record) (\\w+) .*cannot be applied to given types;+ required: +(.*); found: +(.*); reason: .*");

  private JavaComplaint() {}

  /**
   * Returns a message reworded, on one line.
   *
   * @param said the message of javac, on several lines
   * @param declared the names that the script declares
   */
  static String of(String said, Set<String> declared) {
    String line =
        said.lines()
            .map(String::strip)
            .filter(part -> !part.matches("location: class *"))
            .map(part -> PACKAGES.matcher(part).replaceAll(""))
            .collect(Collectors.joining("; "));
    if (line.equals("incompatible types: missing return value")) {
      return "a return without a value, where one is needed: at the top level write return null";
    }
    if (line.equals("sealed class must have subclasses")) {
      return "each declaration at the top level is compiled by itself, and sees none that is below it: put the sealed type and its subclasses into one, such as interface Shapes { sealed interface Shape {} record Dot() implements Shape {} }";
    }
    Matcher unknown = UNKNOWN.matcher(line);
    if (unknown.matches()) {
      return unknown(unknown, declared);
    }
    Matcher unfit = UNFIT.matcher(line);
    return unfit.matches() ? unfit(unfit) : line;
  }

  private static String unknown(MatchResult of, Set<String> declared) {
    String name = of.group(2);
    String kind = of.group(1).equals("variable") ? "name" : of.group(1);
    if (of.group(4) != null) {
      Matcher place = PLACE.matcher(of.group(4));
      return "%s has no %s '%s'"
          .formatted(
              place.matches() ? place.group(1) : of.group(4),
              kind.equals("name") ? "field" : kind,
              name);
    }
    var known = new TreeSet<>(declared);
    if (kind.equals("method")) {
      known.addAll(words());
      kind = Character.isUpperCase(name.charAt(0)) ? "effect" : kind;
    }
    known.remove(name); // of another kind, or not visible from there
    return "unknown %s '%s'%s".formatted(kind, name, Nearest.hint(name, known));
  }

  private static Set<String> words() {
    return Stream.of(JavaEffects.class, JavaControls.class)
        .flatMap(type -> Stream.of(type.getMethods()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String unfit(MatchResult of) {
    return "%s takes (%s), not (%s)".formatted(of.group(1), types(of.group(2)), types(of.group(3)));
  }

  private static String types(String list) {
    return list.equalsIgnoreCase("no arguments") ? "" : list.replaceAll(",(?! )", ", ");
  }
}
