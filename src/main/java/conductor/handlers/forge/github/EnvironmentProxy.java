package conductor.handlers.forge.github;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Selects proxies by the variables {@code https_proxy}, {@code http_proxy} and {@code no_proxy}, in
 * the same way as git and curl. Passwords of proxies are not sent.
 */
public final class EnvironmentProxy extends ProxySelector {

  private final Map<String, String> environment;

  public EnvironmentProxy(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String set = variable(uri.getScheme() + "_proxy");
    if (set.isEmpty() || isExempt(uri.getHost().toLowerCase(Locale.ROOT))) {
      return List.of(Proxy.NO_PROXY);
    }
    URI proxy = URI.create(set.contains("://") ? set : "http://" + set);
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
  }

  /** Returns a variable by its name in lower case, or else in upper case, or an empty text. */
  private String variable(String name) {
    String set = environment.getOrDefault(name, "");
    return set.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : set;
  }

  /** Returns whether {@code no_proxy} lists a host or a domain that contains it. */
  private boolean isExempt(String host) {
    return List.of(variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)).stream()
        .map(entry -> entry.replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || host.equals(entry) || host.endsWith("." + entry));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException error) {
    // the request itself fails and reports this
  }
}
