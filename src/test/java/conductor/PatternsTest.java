package conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/**
 * F14: no regular expression of the sources takes more than linear work for a long text, whoever
 * wrote the text. Work is counted in characters looked at, not in time.
 */
class PatternsTest {

  private static final int LENGTH = 3_000;
  private static final int WORK_PER_CHARACTER = 200;
  private static final int STACK = 256 * 1024;

  /** Where a regular expression stands: the last of these before a literal. */
  private static final Pattern USE =
      Pattern.compile(
          "(?:Pattern\\s*\\.\\s*(?:compile|matches)|\\.\\s*(?:matches|replaceAll|replaceFirst|split))\\(\\s*\"");

  /** The constant that a pattern becomes, before its use. */
  private static final Pattern NAMED = Pattern.compile("(\\w+) =\\s*\\z");

  /** Constants that hold one. */
  private static final Pattern CONSTANT =
      Pattern.compile("String (?:REFUSED|ENDING|PATTERN|REGEX)\\w* =\\s*\"");

  /** What is repeated in the texts, each a likely part of what somebody writes. */
  private static final List<String> REPEATED =
      List.of(
          " ", "\n", "\t", "a", "A", "0", "'", "\"", "`", "\\", "/", "*", "-", "=", ":", ".", ",",
          "#", "(", "[", "<", "_", "$", "@", "\u001b", "a.", "a:", "a ", "a=", " #", "//", "/* ",
          "/** ", "*/", ", ", "\\\"", "a: ", "aA", "a(", "\n ", "1.");

  private static final List<String> ENDS = List.of("\u0001", "x");

  /** A text that counts how often it is looked at. */
  private record Counted(String text, int from, int to, long[] looks) implements CharSequence {

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (looks[0]++ > (long) WORK_PER_CHARACTER * LENGTH) {
        throw new TooMuch();
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text, from + start, from + end, looks);
    }

    @Override
    public String toString() {
      looks[0] += length();
      return text.substring(from, to);
    }
  }

  /** Stops a match that takes too long. */
  private static final class TooMuch extends RuntimeException {
    TooMuch() {
      super("too much", null, false, false);
    }
  }

  @Test
  void noPatternTakesMoreThanLinearWork() throws Exception {
    Set<Literal> literals = literals();
    assertThat(literals).hasSizeGreaterThan(100);
    var slow = new ArrayList<String>();
    for (Literal literal : literals) {
      String reason = reason(literal);
      if (!reason.isEmpty()) {
        slow.add(literal.file() + ": " + literal.regex() + "  " + reason);
      }
    }
    assertThat(slow).isEmpty();
  }

  /** The judge knows the bad ones. */
  @Test
  void theJudgeKnowsWhatIsSlow() {
    for (String bad : List.of("\\R+\\z", "\\s+$", "(a|b)*\\z", "x*-+x*y", ".*#.*!", "(?:a+)+!")) {
      assertThat(reason(new Literal("", bad, true))).as(bad).isNotEmpty();
    }
    assertThat(reason(new Literal("", "\\A\\s++x", true))).isEmpty();
  }

  private record Literal(String file, String regex, boolean searches) {}

  /**
   * Why a pattern is not good; empty when it is. Told on a small stack, as deep recursion is bad.
   */
  private static String reason(Literal literal) {
    var reason = new AtomicReference<>("");
    var judge = new Thread(null, () -> reason.set(judged(literal)), literal.file(), STACK);
    judge.start();
    try {
      judge.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return reason.get();
  }

  private static String judged(Literal literal) {
    Pattern pattern = Pattern.compile(literal.regex());
    for (String begin : begins(literal.regex())) {
      for (String repeated : REPEATED) {
        for (String end : ENDS) {
          String text = begin + repeated.repeat(LENGTH / repeated.length()) + end;
          String name =
              "on '%s', then '%s' again and again, then '%s'".formatted(begin, repeated, end);
          try {
            match(pattern, literal.searches(), text);
          } catch (StackOverflowError e) {
            return "overflows the stack " + name;
          } catch (TooMuch e) {
            return "takes too long " + name;
          }
        }
      }
    }
    return "";
  }

  /**
   * What a text must begin with so that the rest of it is looked at: what the pattern begins with.
   */
  private static List<String> begins(String regex) {
    var begins = new ArrayList<String>(List.of("", "\"", "a: b"));
    Matcher letters = Pattern.compile("\\w[\\w :/@-]*+").matcher(regex);
    if (letters.find()) {
      begins.add(letters.group());
    }
    return begins;
  }

  private static void match(Pattern pattern, boolean searches, String text) {
    long[] looks = {0};
    var guarded = new Counted(text, 0, text.length(), looks);
    pattern.matcher(guarded).matches();
    looks[0] = 0;
    Matcher found = pattern.matcher(guarded);
    while (searches && found.find()) {
      // all of them, as replaceAll and split do
    }
  }

  private static Set<Literal> literals() throws IOException {
    var literals = new LinkedHashSet<Literal>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String source = Files.readString(file);
        for (Pattern use : List.of(USE, CONSTANT)) {
          Matcher found = use.matcher(source);
          while (found.find()) {
            String regex = literal(source, found.end() - 1);
            if (isWhole(regex)) {
              boolean searches = isSearched(source, found);
              literals.add(new Literal(file.getFileName().toString(), regex, searches));
            }
          }
        }
      }
    }
    return literals;
  }

  /** Whether a pattern is looked for; else the whole text has to match. */
  private static boolean isSearched(String source, Matcher use) {
    if (use.group().contains("matches")) {
      return false;
    }
    Matcher name = NAMED.matcher(source).region(0, use.start());
    if (!use.group().contains("compile") || !name.find()) {
      return true;
    }
    String matcher = "\\b" + name.group(1) + "\\s*\\.matcher\\((?:[^()]|\\([^()]*\\))*\\)";
    long uses = count(source, "\\b" + name.group(1) + "\\b") - 1;
    long whole = count(source, matcher + "\\s*\\.(?:matches|lookingAt)\\(");
    whole += count(source, "\\b" + name.group(1) + "\\s*\\.asMatchPredicate\\(");
    whole += count(source, matcher + "\\)\\s*\\.filter\\((\\w+) -> \\1\\.matches\\(");
    Matcher kept = Pattern.compile("(\\w+) =\\s*" + matcher + "[;]").matcher(source);
    while (kept.find()) {
      if (count(source, "\\b" + kept.group(1) + "\\s*\\.(?:find|results|replace\\w+)\\(") == 0) {
        whole++;
      }
    }
    return whole < uses;
  }

  private static long count(String source, String regex) {
    return Pattern.compile(regex).matcher(source).results().count();
  }

  /** The value of string literals that are joined, from where the first one begins. */
  private static String literal(String source, int begin) {
    Matcher one =
        Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"(\\s*\\+\\s*(?=\"))?").matcher(source);
    var value = new StringBuilder();
    int at = begin;
    while (one.find(at) && one.start() == at) {
      value.append(one.group(1).translateEscapes());
      at = one.end();
      if (one.group(2) == null) {
        break;
      }
    }
    return value.toString();
  }

  /** Those that are joined with what is known only later are not. */
  private static boolean isWhole(String regex) {
    try {
      Pattern.compile(regex);
      return !regex.isEmpty();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
