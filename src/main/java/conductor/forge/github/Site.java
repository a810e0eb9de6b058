package conductor.forge.github;

import conductor.forge.RemoteAddress;
import java.net.URI;
import java.util.Locale;

/**
 * A GitHub: github.com, or a GitHub Enterprise Server.
 *
 * @param web where people look at it, without a slash at the end
 * @param api where programs ask, without a slash at the end
 */
public record Site(String web, String api) {

  /** github.com itself. */
  public static final Site PUBLIC = new Site("https://github.com", "https://api.github.com");

  /** The GitHub at an address. */
  public static Site at(String url) {
    String web = url.replaceFirst("(?<!/)/++$", "");
    return web.equals(PUBLIC.web) ? PUBLIC : new Site(web, web + "/api/v3");
  }

  /** Its host and, where it is not the usual one, its port. */
  public String host() {
    return URI.create(web).getAuthority();
  }

  /** Whether a remote is one of this site's repositories. */
  public boolean holds(RemoteAddress remote) {
    String host = URI.create(web).getHost().toLowerCase(Locale.ROOT);
    return remote.isHttp()
        ? remote.authority().equalsIgnoreCase(host())
        : remote.host().equalsIgnoreCase(host) || remote.host().equalsIgnoreCase("ssh." + host);
  }

  /** Where a token for it is made. */
  String tokenPage() {
    return web + "/settings/tokens/new?scopes=repo";
  }
}
