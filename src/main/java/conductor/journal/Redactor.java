package conductor.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import conductor.state.JsonTrees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Replaces known secrets in text by their names, and finds them where they must not stand. Hides no
 * secret that it does not know. Immutable.
 */
public final class Redactor {

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|PRIVATE_?KEY|CREDENTIAL"
              + "|DATABASE_URL|CONNECTION_STRING).*|.*_(PWD|DSN|AUTH)");

  /** What one of {@link #FOREIGN} begins with: looked for first, which takes far less time. */
  private static final List<String> FOREIGN_BEGINNINGS =
      List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "sk-ant-");

  /** How many characters at most {@link #FOREIGN} finds, and more. */
  private static final int LONGEST_FOREIGN = 300;

  private static final String TOKEN = "token";

  /** The forms of other programs' tokens, wherever they come from. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "\\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{36,255}"
              + "|glpat-[A-Za-z0-9_-]{20,64}|xox[abprs]-[A-Za-z0-9-]{20,255}"
              + "|sk-ant-[A-Za-z0-9_-]{32,255})");

  /**
   * Values that may stand anywhere, such as the password "postgres": replacing them would spoil
   * texts.
   */
  private static final Pattern WORD = Pattern.compile("\\p{L}*");

  private static final int SHORTEST = 8;
  private static final int SHORTEST_NAMED = 4;
  private static final int SHORTEST_LINE = 16;

  private final Set<String> named;
  private final List<Map.Entry<String, String>> secrets;

  private Redactor(Set<String> named, Map<String, String> secrets) {
    this(named, new TreeMap<>(secrets).entrySet());
  }

  private Redactor(Set<String> named, Collection<Map.Entry<String, String>> secrets) {
    this.named = named;
    var longestFirst = new ArrayList<>(secrets);
    longestFirst.sort(
        Comparator.comparingInt((Map.Entry<String, String> secret) -> -secret.getValue().length()));
    this.secrets = List.copyOf(longestFirst);
  }

  public static Redactor none() {
    return new Redactor(Set.of(), Map.of());
  }

  /**
   * Returns a redactor that knows the variables of an environment that are secrets: those whose
   * names say so, with values of 8 characters or more that are no plain word, and those that are
   * named, with 4 or more.
   *
   * @param named names of further variables, as the setting {@code secrets} has them
   */
  public static Redactor of(Map<String, String> environment, Collection<String> named) {
    var secrets = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      boolean told = SECRET_NAME.matcher(name).matches() && !WORD.matcher(value).matches();
      boolean asked = named.contains(name) && value.length() >= SHORTEST_NAMED;
      if (asked || (told && value.length() >= SHORTEST)) {
        secrets.put(name, value);
      }
    });
    return new Redactor(Set.copyOf(named), secrets);
  }

  public Redactor with(String name, String value) {
    var more = new TreeMap<String, String>();
    secrets.forEach(secret -> more.put(secret.getKey(), secret.getValue()));
    more.put(name, value);
    return new Redactor(named, more);
  }

  /**
   * Returns a redactor for the bytes of files: for texts in which each character stands for a byte
   * of UTF-8. It finds secrets also as JSON writes them, with their quotes and line ends escaped.
   */
  Redactor ofBytes() {
    var forms = new LinkedHashSet<Map.Entry<String, String>>();
    for (var secret : secrets) {
      byte[] json = JsonTrees.bytes(JsonNodeFactory.instance.stringNode(secret.getValue()));
      forms.add(Map.entry(secret.getKey(), text(secret.getValue().getBytes(UTF_8))));
      forms.add(Map.entry(secret.getKey(), text(Arrays.copyOfRange(json, 1, json.length - 1))));
    }
    return new Redactor(named, forms);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** Returns the names of the secrets whose values stand in a text. */
  public List<String> found(String text) {
    return secrets.stream()
        .filter(secret -> text.contains(secret.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Returns how many characters the longest secret has; 0 when none is known. */
  public int longest() {
    return secrets.isEmpty() ? 0 : secrets.getFirst().getValue().length();
  }

  /** Returns how many characters at most are replaced as one. */
  int reach() {
    return Math.max(longest(), LONGEST_FOREIGN);
  }

  /** Returns whether a variable of this name holds a secret. */
  public boolean isSecret(String variable) {
    return named.contains(variable) || SECRET_NAME.matcher(variable).matches();
  }

  /**
   * Returns the text with each secret's value replaced by {@code ***NAME***}, and what looks like a
   * token of GitHub and the like by {@code ***token***}.
   */
  public String redact(String text) {
    return redact(text, _ -> {});
  }

  /**
   * Redacts a text.
   *
   * @param replaced is told the name of each secret that was in it, {@code token} of a foreign one
   */
  String redact(String text, Consumer<String> replaced) {
    String redacted = text;
    for (var secret : secrets) {
      String without = redacted.replace(secret.getValue(), "***" + secret.getKey() + "***");
      if (secret.getValue().indexOf('\n') >= 0) {
        without = withoutLines(without, secret);
      }
      if (!without.equals(redacted)) {
        replaced.accept(secret.getKey());
        redacted = without;
      }
    }
    if (FOREIGN_BEGINNINGS.stream().noneMatch(redacted::contains)) {
      return redacted;
    }
    String without = FOREIGN.matcher(redacted).replaceAll("***" + TOKEN + "***");
    if (!without.equals(redacted)) {
      replaced.accept(TOKEN);
    }
    return without;
  }

  /** A key in several lines may stand in a difference or a quotation, with a mark before each. */
  private static String withoutLines(String text, Map.Entry<String, String> secret) {
    return secret
        .getValue()
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= SHORTEST_LINE && !line.startsWith("-----"))
        .reduce(text, (rest, line) -> rest.replace(line, "***" + secret.getKey() + "***"));
  }
}
