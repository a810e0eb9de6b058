package conductor.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to the user's variables in values of a configuration, {@code $NAME} or {@code
 * ${NAME}}, so that secrets stand in no file.
 */
public final class VariableReferences {

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(" + NAME + ")|\\$\\{(" + NAME + ")}");

  private VariableReferences() {}

  /** Returns the names of the variables that a text refers to. */
  public static Set<String> names(String text) {
    var names = new TreeSet<String>();
    REFERENCE.matcher(text).results().map(VariableReferences::name).forEach(names::add);
    return names;
  }

  private static String name(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /**
   * Returns a text with the values of the variables that it refers to.
   *
   * @throws BadConfiguration when one is not set
   */
  public static String filled(String text, Map<String, String> environment) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> {
          String value = environment.get(name(found));
          if (value == null) {
            throw new BadConfiguration("the variable " + name(found) + " is not set");
          }
          return Matcher.quoteReplacement(value);
        });
  }
}
