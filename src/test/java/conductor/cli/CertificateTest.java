package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub Enterprise Server whose certificate nobody but its owner signed. */
class CertificateTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path temp;

  private static final String FLOW =
      """
      def env = yield CreateWorktree(name: 'work')
      yield RunAgent(env: env, prompt: 'work')
      return (yield CreatePR(env, 'Add it')).number
      """;

  /** Makes a key and its certificate, as {@code cert.pem}. */
  private SSLContext certificate() throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path keys = temp.resolve("keys.p12");
    for (String words :
        new String[] {
          "-genkeypair -alias own -keyalg EC -dname CN=127.0.0.1 -ext SAN=IP:127.0.0.1 -validity 2",
          "-exportcert -rfc -alias own -file " + temp.resolve("cert.pem")
        }) {
      String line = "%s %s -keystore %s -storepass changeit".formatted(tool, words, keys);
      Process process = new ProcessBuilder(line.split(" ")).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as(out).isZero();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD);
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void theSettingThatMakesItTrustedIsNamedAndWorksForGitAndTheApi() throws Exception {
    var fake = new FakeGitHub(temp.resolve("github"), certificate());
    try (var github = new OnGitHub(temp, fake)) {
      Project project = github.project;

      var refused = project.flow(FLOW);

      assertThat(refused.code()).isOne();
      assertThat(refused.err())
          .contains("git config --global http." + fake.url() + "/.sslCAInfo FILE");
      assertThat(project.ledger()).isEmpty();

      project.sh(
          "git config --global http.%s/.sslCAInfo %s"
              .formatted(fake.url(), temp.resolve("cert.pem")));
      assertThat(project.flow(FLOW).ok().out().strip()).isEqualTo("1");
    }
  }
}
