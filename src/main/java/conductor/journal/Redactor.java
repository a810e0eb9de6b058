package conductor.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Replaces known secrets in text by their names. What it does not know it cannot hide. Immutable.
 */
public final class Redactor {

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIAL).*");
  private static final int SHORTEST = 8;

  private final List<Map.Entry<String, String>> secrets;

  private Redactor(Map<String, String> secrets) {
    var longestFirst = new ArrayList<>(new TreeMap<>(secrets).entrySet());
    longestFirst.sort(
        Comparator.comparingInt((Map.Entry<String, String> secret) -> -secret.getValue().length()));
    this.secrets = List.copyOf(longestFirst);
  }

  /** Knows no secret. */
  public static Redactor none() {
    return new Redactor(Map.of());
  }

  /**
   * Knows the variables of an environment whose names say that they are secrets and whose values
   * are 8 characters or longer.
   */
  public static Redactor of(Map<String, String> environment) {
    var secrets = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      if (isSecret(name) && value.length() >= SHORTEST) {
        secrets.put(name, value);
      }
    });
    return new Redactor(secrets);
  }

  /** Whether a variable of this name holds a secret. */
  public static boolean isSecret(String variable) {
    return SECRET_NAME.matcher(variable).matches();
  }

  /** The text with each secret's value replaced by {@code ***NAME***}. */
  public String redact(String text) {
    String redacted = text;
    for (var secret : secrets) {
      redacted = redacted.replace(secret.getValue(), "***" + secret.getKey() + "***");
    }
    return redacted;
  }
}
