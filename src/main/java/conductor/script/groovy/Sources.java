package conductor.script.groovy;

import conductor.error.Reason;
import conductor.script.Finding;
import conductor.script.Frames;
import conductor.script.SourceName;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.groovy.parser.antlr4.Antlr4ParserPlugin;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.ParserPlugin;
import org.codehaus.groovy.control.ParserPluginFactory;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.io.StringReaderSource;
import org.codehaus.groovy.syntax.Reduction;
import org.codehaus.groovy.syntax.SyntaxException;

/** The texts that a compilation reads, rewritten on their way to the parser. */
public final class Sources extends ParserPluginFactory {

  private final Map<String, Text> texts = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final Frames frames;

  public Sources(Frames frames) {
    this.frames = frames;
  }

  /** Tells the frames of what is read from the host's. */
  Frames frames() {
    return frames;
  }

  /** A file that is read has something before its first line. */
  void prefix(String unit, String text) {
    prefixes.put(unit, text);
  }

  /** A file that is read by nobody here. */
  public void add(String unit, String text) {
    texts.put(unit, new Text(text, Rewritten.of(text, List.of())));
  }

  /** Returns whether a file was read with something before its first line. */
  boolean isPrefixed(String unit) {
    return prefixes.containsKey(unit);
  }

  /** A text as the user wrote it, and as it was compiled. */
  private record Text(String original, Rewritten rewritten) {}

  /** Returns the names of all files that were read: the script's own, then those it loaded. */
  List<String> names() {
    return List.copyOf(texts.keySet());
  }

  /** Returns a place in a file as the user knows it. */
  Finding finding(boolean error, String unit, int line, int column, String message) {
    Text text = texts.get(unit);
    int original = text == null ? column : text.rewritten().column(line, column);
    return new Finding(
        error, shown(unit), Math.max(1, line), Math.max(1, original), message, line(unit, line));
  }

  private static String shown(String unit) {
    return unit.startsWith("file:") ? SourceName.file(unit).toString() : unit;
  }

  /** Returns all of a file as the user wrote it; empty when it was not read. */
  String text(String unit) {
    Text text = texts.get(unit);
    return text == null ? "" : text.original();
  }

  /** Returns a line of a file; empty when there is none. */
  String line(String unit, int line) {
    return text(unit).lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
  }

  /** Returns where a place that the compiler names stands in the text as the user wrote it. */
  int offset(String unit, int line, int column) {
    Text text = texts.get(unit);
    if (text == null) {
      return 0;
    }
    int start = 0;
    for (int at = 1; at < line; at++) {
      start = text.original().indexOf('\n', start) + 1;
    }
    int offset = start + text.rewritten().column(line, column) - 1;
    return Math.min(offset, text.original().length());
  }

  /** Returns the unit whose file has this name without directories. */
  String unitOf(String fileName) {
    return texts.keySet().stream()
        .filter(unit -> SourceName.last(unit).equals(fileName))
        .findFirst()
        .orElse(fileName);
  }

  @Override
  public ParserPlugin createParserPlugin() {
    return new Antlr4ParserPlugin() {
      @Override
      public ModuleNode buildAST(SourceUnit unit, ClassLoader loader, Reduction reduction) {
        if (!unit.getName().equals(YieldClass.FILE)) {
          rewrite(unit);
        }
        ModuleNode module = super.buildAST(unit, loader, reduction);
        if (!unit.getName().startsWith("file:")) {
          rename(module.getScriptClassDummy(), text(unit.getName()));
        }
        return module;
      }
    };
  }

  /**
   * A script's class is called as its file; where its text has that word for something else, such
   * as a variable or a class of its own, Groovy would take the one for the other.
   */
  private static void rename(ClassNode script, String text) {
    String name = script.getNameWithoutPackage();
    while (Pattern.compile("\\b" + Pattern.quote(name) + "\\b").matcher(text).find()) {
      name += "_script";
    }
    String before = script.getPackageName() == null ? "" : script.getPackageName() + ".";
    script.setName(before + name);
  }

  private void rewrite(SourceUnit unit) {
    String original = read(unit);
    frames.add(SourceName.last(unit.getName()));
    try {
      Rewritten rewritten = Yields.rewrite(original, prefixes.getOrDefault(unit.getName(), ""));
      texts.put(unit.getName(), new Text(original, rewritten));
      unit.setSource(new StringReaderSource(rewritten.text(), unit.getConfiguration()));
    } catch (Yields.Misplaced e) {
      texts.put(unit.getName(), new Text(original, Rewritten.of(original, List.of())));
      unit.addErrorAndContinue(new SyntaxException(e.getMessage(), e.line, e.column));
    }
  }

  /** Returns a text without the byte order mark that some editors write. */
  public static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String read(SourceUnit unit) {
    try (Reader reader = unit.getSource().getReader()) {
      var text = new StringBuilder();
      var buffer = new char[8192];
      for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
        text.append(buffer, 0, n);
      }
      return withoutMark(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + unit.getName() + ": " + Reason.of(e), e);
    }
  }
}
