package conductor.handlers.forge.github;

import conductor.handlers.forge.RemoteAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A GitHub: github.com, an enterprise's own place on ghe.com, or a GitHub Enterprise Server.
 *
 * @param web where people look at it, without a slash at the end
 * @param api where programs ask, without a slash at the end
 */
public record Site(String web, String api) {

  /** github.com itself. */
  public static final Site PUBLIC = new Site("https://github.com", "https://api.github.com");

  private static final String OWN_PLACE = ".ghe.com";

  /** Returns the GitHub at an address. */
  public static Site at(String url) {
    String web = url.replaceFirst("(?<!/)/++$", "").replaceFirst("(?i)^(https://)www\\.", "$1");
    if (web.equalsIgnoreCase(PUBLIC.web)) {
      return PUBLIC;
    }
    return web.toLowerCase(Locale.ROOT).endsWith(OWN_PLACE)
        ? new Site(web, web.replaceFirst("://", "://api."))
        : new Site(web, web + "/api/v3");
  }

  /** Returns the GitHub that a remote is on, where its name says so. */
  public static Optional<Site> known(RemoteAddress remote) {
    String host = remote.host().toLowerCase(Locale.ROOT).replaceFirst("^ssh\\.", "");
    if (PUBLIC.holds(remote)) {
      return Optional.of(PUBLIC);
    }
    return host.endsWith(OWN_PLACE) ? Optional.of(at("https://" + host)) : Optional.empty();
  }

  /** Returns whether it is run by GitHub, and not a server of somebody's own. */
  boolean isHosted() {
    return equals(PUBLIC) || host().toLowerCase(Locale.ROOT).endsWith(OWN_PLACE);
  }

  /** Returns its host and, where it is not the usual one, its port. */
  public String host() {
    return URI.create(web).getAuthority();
  }

  /** Returns whether a remote is one of this site's repositories. */
  public boolean holds(RemoteAddress remote) {
    String host = URI.create(web).getHost().toLowerCase(Locale.ROOT);
    return remote.isHttp()
        ? remote.authority().equalsIgnoreCase(host())
            || (equals(PUBLIC) && remote.authority().equalsIgnoreCase("www." + host()))
        : remote.host().equalsIgnoreCase(host)
            || remote.host().equalsIgnoreCase("ssh." + host)
            || (equals(PUBLIC) && remote.host().equalsIgnoreCase("www." + host));
  }

  /** Returns where GraphQL is asked. */
  String graphql() {
    return api.replaceFirst("/v3$", "") + "/graphql";
  }

  /** Returns where a token for it is made. */
  String tokenPage() {
    return web + "/settings/tokens/new?scopes=repo";
  }
}
