package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.effect.vocabulary.Nearest;
import conductor.error.Unchecked;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.TextFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a vault, by the ids of their issues.
 *
 * @param directory the directory of the files; need not exist
 */
record VaultFiles(Path directory) {

  private static final String END = ".md";
  private static final Pattern NAME = Pattern.compile("ISSUE-(\\d+)\\.md");

  /** Returns the place of the file of an issue. */
  Path path(String id) {
    return directory.resolve(id + END);
  }

  /** Returns the names of the files. */
  List<String> names() {
    return FileTree.names(directory).stream()
        .filter(name -> name.endsWith(END) && !name.startsWith("."))
        .toList();
  }

  List<Path> files() {
    return names().stream().sorted().map(directory::resolve).toList();
  }

  static String idOf(Path file) {
    return idOf(file.getFileName().toString());
  }

  /** A copy of an issue is another one, even if its front matter has the old id. */
  static String idOf(String name) {
    return name.substring(0, name.length() - END.length());
  }

  IssueFile file(String id) {
    if (!has(id)) {
      List<String> ids = files().stream().map(VaultFiles::idOf).toList();
      String hint = Nearest.hint(id, ids);
      String all = ids.isEmpty() ? "; there are none" : "; there are " + String.join(", ", ids);
      throw new IssueFailure.IssueNotFound(id, hint.isEmpty() ? all : hint);
    }
    return IssueFile.read(path(id));
  }

  /** Returns whether there is an issue of an id. */
  boolean has(String id) {
    return isName(id) && Files.exists(path(id));
  }

  private static boolean isName(String id) {
    return !id.contains("/") && id.indexOf('\0') < 0;
  }

  static String text(Path file) {
    return Unchecked.get("read " + file, () -> Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Reserves and returns the number after the greatest one that was ever used. */
  int next() {
    Path mark = directory.resolve(".last");
    int last = Files.exists(mark) ? Integer.parseInt(TextFile.read(mark).strip()) : 0;
    for (Path file : files()) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      last = name.matches() ? Math.max(last, Integer.parseInt(name.group(1))) : last;
    }
    AtomicFile.write(mark, (last + 1) + "\n");
    return last + 1;
  }

  /** Returns the readable issues whose files mention a key of the front matter. */
  List<Issue> mentioning(String key) {
    var found = new ArrayList<Issue>();
    for (Path file : files()) {
      try {
        if (text(file).contains(key)) {
          found.add(IssueFile.read(file).issue(idOf(file)));
        }
      } catch (IssueFailure | UncheckedIOException e) {
        // lists say so
      }
    }
    return found;
  }
}
