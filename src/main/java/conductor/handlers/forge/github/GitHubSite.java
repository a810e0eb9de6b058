package conductor.handlers.forge.github;

import conductor.handlers.forge.RemoteAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A site of GitHub: github.com, a tenant on ghe.com, or a GitHub Enterprise Server.
 *
 * @param web the address of the web pages, without a slash at the end
 * @param api the address of the REST API, without a slash at the end
 */
public record GitHubSite(String web, String api) {

  /** github.com itself. */
  public static final GitHubSite PUBLIC =
      new GitHubSite("https://github.com", "https://api.github.com");

  private static final String OWN_PLACE = ".ghe.com";

  /** Returns the site at a web address. */
  public static GitHubSite at(String url) {
    String web = url.replaceFirst("(?<!/)/++$", "").replaceFirst("(?i)^(https://)www\\.", "$1");
    if (web.equalsIgnoreCase(PUBLIC.web)) {
      return PUBLIC;
    }
    return web.toLowerCase(Locale.ROOT).endsWith(OWN_PLACE)
        ? new GitHubSite(web, web.replaceFirst("://", "://api."))
        : new GitHubSite(web, web + "/api/v3");
  }

  /** Returns the site of a remote on github.com or ghe.com; empty for other hosts. */
  public static Optional<GitHubSite> known(RemoteAddress remote) {
    String host = remote.host().toLowerCase(Locale.ROOT).replaceFirst("^ssh\\.", "");
    if (PUBLIC.holds(remote)) {
      return Optional.of(PUBLIC);
    }
    return host.endsWith(OWN_PLACE) ? Optional.of(at("https://" + host)) : Optional.empty();
  }

  /** Returns whether GitHub itself runs the site, so that it is not an Enterprise Server. */
  boolean isHosted() {
    return equals(PUBLIC) || host().toLowerCase(Locale.ROOT).endsWith(OWN_PLACE);
  }

  /** Returns the host and, unless it is the default, the port. */
  public String host() {
    return URI.create(web).getAuthority();
  }

  public boolean holds(RemoteAddress remote) {
    String host = URI.create(web).getHost().toLowerCase(Locale.ROOT);
    return remote.isHttp()
        ? remote.authority().equalsIgnoreCase(host())
            || (equals(PUBLIC) && remote.authority().equalsIgnoreCase("www." + host()))
        : remote.host().equalsIgnoreCase(host)
            || remote.host().equalsIgnoreCase("ssh." + host)
            || (equals(PUBLIC) && remote.host().equalsIgnoreCase("www." + host));
  }

  /** Returns the address of the GraphQL API. */
  String graphql() {
    return api.replaceFirst("/v3$", "") + "/graphql";
  }

  /** Returns the address of the page on which tokens are made. */
  String tokenPage() {
    return web + "/settings/tokens/new?scopes=repo";
  }
}
