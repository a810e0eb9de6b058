package conductor.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known as a secret, and what is not. */
class RedactorTest {

  @ParameterizedTest(name = "F7 {0}")
  @ValueSource(
      strings = {
        "GITHUB_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "MYSQL_PWD",
        "SSH_PASSPHRASE",
        "NPM_AUTH",
        "DATABASE_URL",
        "SENTRY_DSN",
        "OPENAI_API_KEY",
        "azure_storage_connection_string"
      })
  void aVariableWhoseNameSaysSoIsASecret(String name) {
    Redactor redactor = Redactor.of(Map.of(name, "x1-8characters"), List.of());

    assertThat(redactor.redact("it is x1-8characters.")).isEqualTo("it is ***" + name + "***.");
    assertThat(redactor.isSecret(name)).isTrue();
  }

  @Test
  void h20SecretsAreFoundAndForeignTokensHidden() {
    Redactor redactor = Redactor.of(Map.of("A_TOKEN", "x1-8characters"), List.of());
    String token = "ghp_" + "a1B2".repeat(9);

    assertThat(redactor.found("it is x1-8characters.")).containsExactly("A_TOKEN");
    assertThat(redactor.with("other", "y2").found("y2 x1")).containsExactly("other");
    assertThat(redactor.found("nothing")).isEmpty();
    assertThat(redactor.longest()).isEqualTo(14);
    assertThat(redactor.redact("token=" + token + ".")).isEqualTo("token=***token***.");
    assertThat(redactor.redact("ghp_short xghp_" + "a".repeat(40)))
        .isEqualTo("ghp_short xghp_" + "a".repeat(40));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"PWD", "OLDPWD", "GIT_AUTHOR_NAME", "XAUTHORITY", "SSH_AUTH_SOCK", "HOME"})
  void othersAreNot(String name) {
    Redactor redactor = Redactor.of(Map.of(name, "/some/where1"), List.of());

    assertThat(redactor.redact("cd /some/where1")).isEqualTo("cd /some/where1");
    assertThat(redactor.isSecret(name)).isFalse();
  }

  /** F7: the setting {@code secrets}. */
  @Test
  void whatIsNamedIsASecret() {
    Redactor redactor =
        Redactor.of(Map.of("LICENSE", "ab-1", "PIN", "123"), List.of("LICENSE", "PIN"));

    assertThat(redactor.redact("ab-1 123")).isEqualTo("***LICENSE*** 123");
    assertThat(redactor.isSecret("LICENSE")).isTrue();
  }

  /** F11: a password that is a word stands in paths and texts that have nothing to do with it. */
  @Test
  void aPlainWordIsNotReplaced() {
    Map<String, String> environment = Map.of("POSTGRES_PASSWORD", "postgres");

    assertThat(Redactor.of(environment, List.of()).redact("/home/postgres-app"))
        .isEqualTo("/home/postgres-app");
    assertThat(Redactor.of(environment, List.of("POSTGRES_PASSWORD")).redact("postgres"))
        .isEqualTo("***POSTGRES_PASSWORD***");
  }

  @Test
  void aValueThatIsTooShortIsNoSecret() {
    Map<String, String> environment =
        Map.of("A_TOKEN", "1234-67", "B_TOKEN", "12345-78", "C", "1-3", "D", "d-34");
    Redactor redactor = Redactor.of(environment, List.of("C", "D"));

    assertThat(redactor.found("1234-67 12345-78 1-3 d-34")).containsExactly("B_TOKEN", "D");
    assertThat(redactor.longest()).isEqualTo(8);
    assertThat(Redactor.none().longest()).isZero();
    assertThat(Redactor.of(environment, List.of("C")).isSecret("D")).isFalse();
  }

  @Test
  void ofSecretsThatHoldEachOtherTheLongestIsReplaced() {
    Redactor redactor =
        Redactor.none().with("A", "12").with("B", "01234").with("C", "123").with("B", "0123");

    assertThat(redactor.redact("0123 123 12")).isEqualTo("***B*** ***C*** ***A***");
    assertThat(redactor.found("0123")).containsExactly("A", "B", "C");
  }

  @Test
  void linesOfAKeyAreReplacedWhereAMarkStandsBeforeEach() {
    String key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nshort\n-----END KEY-----";
    Redactor redactor = Redactor.of(Map.of("DEPLOY_PRIVATE_KEY", key), List.of());

    assertThat(redactor.redact("+-----BEGIN KEY-----\n+MIIEvQIBADANBgkqhkiG\n+short"))
        .isEqualTo("+-----BEGIN KEY-----\n+***DEPLOY_PRIVATE_KEY***\n+short");
  }
}
