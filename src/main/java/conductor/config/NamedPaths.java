package conductor.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what the words of commands in a configuration file name, wherever the command runs.
 *
 * @param project the root of the checkout
 */
record NamedPaths(Path project) {

  private static final Pattern PROJECT =
      Pattern.compile("\\$" + Places.PROJECT + "\\b|\\$\\{" + Places.PROJECT + "}");

  /** Returns a text in which {@code $CONDUCTOR_PROJECT} is the root of the checkout. */
  String expanded(String text) {
    return PROJECT.matcher(text).replaceAll(Matcher.quoteReplacement(project.toString()));
  }

  /** Returns words of which those that name a file beside the setting's file are that file. */
  List<String> beside(Setting setting, List<String> words) {
    Path directory = Path.of(setting.origin()).getParent();
    if (directory == null) {
      return words;
    }
    var all = new ArrayList<String>();
    for (String word : words) {
      boolean program = all.isEmpty() && !word.contains("/");
      all.add(program ? word : beside(directory, word));
    }
    return List.copyOf(all);
  }

  private static String beside(Path directory, String word) {
    try {
      Path file = directory.resolve(word).toAbsolutePath().normalize();
      return Files.isRegularFile(file) ? file.toString() : word;
    } catch (InvalidPathException e) {
      return word; // no file has such a name
    }
  }
}
