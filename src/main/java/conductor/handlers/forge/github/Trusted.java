package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts that trust the certificates which git is configured with. */
public final class Trusted {

  private Trusted() {}

  /** Trusts the certificates of a PEM file; {@code ForgeDenied} when it cannot be read. */
  public static SSLContext file(GitHubSite site, Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + n++, one);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new ForgeFailure.ForgeDenied(
          site.web(), "the certificates of http.sslCAInfo, " + pem + ", cannot be read: " + e);
    }
  }

  static String hint(GitHubSite site, SSLHandshakeException error) {
    return "%s; if its certificate is your own, 'git config --global http.%s/.sslCAInfo FILE' makes git and conductor trust it"
        .formatted(error.getMessage(), site.web());
  }
}
