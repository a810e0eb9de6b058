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

/**
 * The source texts of a compilation: rewrites {@code yield} before the parser reads them, and maps
 * the compiler's places back to the text that the user wrote.
 */
public final class Sources extends ParserPluginFactory {

  private final Map<String, Text> texts = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new HashMap<>();
  private final Frames frames = new Frames();

  /** Returns the frames, which know each file that was read. */
  public Frames frames() {
    return frames;
  }

  /** Sets a text to insert before the first line of a file that is read later. */
  void prefix(String unit, String text) {
    prefixes.put(unit, text);
  }

  /** Adds the text of a file that this parser does not read, so that errors can show its lines. */
  public void add(String unit, String text) {
    texts.put(unit, new Text(text, Rewritten.of(text, List.of())));
  }

  /** Returns whether a text is inserted before the first line of a file. */
  boolean isPrefixed(String unit) {
    return prefixes.containsKey(unit);
  }

  /** A text as the user wrote it, and as it was compiled. */
  private record Text(String original, Rewritten rewritten) {}

  /** Returns the names of all files that were read: the script's own, then those it loaded. */
  List<String> names() {
    return List.copyOf(texts.keySet());
  }

  /** Returns a finding whose place is that in the text as the user wrote it. */
  Finding finding(boolean error, String unit, int line, int column, String message) {
    Text text = texts.get(unit);
    int original = text == null ? column : text.rewritten().column(line, column);
    return new Finding(
        error, shown(unit), Math.max(1, line), Math.max(1, original), message, line(unit, line));
  }

  private static String shown(String unit) {
    return unit.startsWith("file:") ? SourceName.file(unit).toString() : unit;
  }

  /** Returns a file's text as the user wrote it; empty when it was not read. */
  String text(String unit) {
    Text text = texts.get(unit);
    return text == null ? "" : text.original();
  }

  /** Returns a line of a file, counted from 1; empty when there is none. */
  String line(String unit, int line) {
    return text(unit).lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
  }

  /** Returns the offset in the user's text of a place of the compiler; 0 for an unknown file. */
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

  /** Returns the unit whose file has this name; the name itself when there is none. */
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
   * Renames a script's class, which is named after its file, where the text uses that word for
   * something else, such as a variable or a class of its own: Groovy would confuse the two.
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
