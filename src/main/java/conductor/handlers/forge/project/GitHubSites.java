package conductor.handlers.forge.project;

import conductor.config.BadConfiguration;
import conductor.effect.ForgeFailure;
import conductor.handlers.forge.RemoteAddress;
import conductor.handlers.forge.github.GitHubSite;
import conductor.handlers.forge.github.Slug;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds repositories on the sites of GitHub: the public sites are known, and one further site can
 * be configured.
 */
final class GitHubSites implements Sites {

  /** The setting of the address of an Enterprise Server. */
  static final String URL = "forge.url";

  private static final Pattern PAGE =
      Pattern.compile("(https?://[^/]+)/([^/]+)/([^/]+)/(?:pull|issues)/\\d+.*");
  private static final Pattern ELSEWHERE = Pattern.compile("([^/#\\s]+)/([^/#\\s]+)#\\d+");

  private final KnownForge forge;
  private final Optional<String> type;
  private final Optional<GitHubSite> configured;
  private final SshHosts sshHosts;
  private final GitHubConnections connections;

  GitHubSites(KnownForge forge, HostParts host) {
    this.forge = forge;
    this.type = host.type();
    this.configured = host.configuration().text(URL).map(GitHubSites::site);
    this.sshHosts = new SshHosts(host.environment(), host.places().directory());
    this.connections = new GitHubConnections(host);
  }

  private static GitHubSite site(String url) {
    if (!url.matches("https?://[^/@\\s]+/*")) {
      throw new BadConfiguration(
          "'forge.url' must be an address such as https://github.example.com, found '%s'"
              .formatted(url));
    }
    return GitHubSite.at(url);
  }

  @Override
  public Optional<ForgePlace> place(ProjectRemotes remotes) throws InterruptedException {
    Optional<RemoteAddress> own = remotes.own();
    Optional<GitHubSite> site = own.isEmpty() ? Optional.empty() : siteOf(own.get());
    if (site.isEmpty()) {
      return Optional.empty();
    }
    Slug head = Slug.of(own.orElseThrow());
    return Optional.of(place(site.get(), forked(remotes, site.get()).orElse(head), head));
  }

  private ForgePlace place(GitHubSite site, Slug base, Slug head) {
    return new GitHubPlace(forge, connections, site, base, head);
  }

  /** Returns the repository that a fork came from, if it is on the same site; empty otherwise. */
  private Optional<Slug> forked(ProjectRemotes remotes, GitHubSite site)
      throws InterruptedException {
    Optional<RemoteAddress> upstream = remotes.upstream();
    return upstream.isPresent() && siteOf(upstream.get()).equals(Optional.of(site))
        ? upstream.map(Slug::of)
        : Optional.empty();
  }

  /** Returns the site of a remote; empty when it is not a GitHub site. */
  private Optional<GitHubSite> siteOf(RemoteAddress given) throws InterruptedException {
    RemoteAddress remote =
        given.isHttp() || isKnown(given) ? given : given.at(sshHosts.of(given.host()));
    boolean alias = !remote.isHttp() && !remote.host().contains(".");
    Optional<GitHubSite> named =
        configured
            .filter(site -> alias || site.holds(remote) || site.holds(given))
            .or(() -> GitHubSite.known(remote));
    if (named.isPresent() || type.isEmpty() || configured.isPresent()) {
      return named;
    }
    return Optional.of(
        GitHubSite.at(
            remote.isHttp()
                ? remote.scheme() + "://" + remote.authority()
                : "https://" + remote.host()));
  }

  private boolean isKnown(RemoteAddress remote) {
    return configured.filter(site -> site.holds(remote)).isPresent()
        || GitHubSite.known(remote).isPresent();
  }

  @Override
  public Optional<ForgePlace> place(String reference) {
    Matcher page = PAGE.matcher(reference);
    if (page.matches()) {
      var slug = new Slug(page.group(2), page.group(3));
      return Optional.of(place(sitePage(page.group(1)), slug, slug));
    }
    Matcher elsewhere = ELSEWHERE.matcher(reference);
    if (elsewhere.matches()) {
      var slug = new Slug(elsewhere.group(1), elsewhere.group(2));
      return Optional.of(place(configured.orElse(GitHubSite.PUBLIC), slug, slug));
    }
    return Optional.empty();
  }

  private GitHubSite sitePage(String root) {
    GitHubSite there = GitHubSite.at(root);
    return configured
        .filter(site -> site.web().equalsIgnoreCase(there.web()))
        .or(() -> RemoteAddress.of(root + "/").flatMap(GitHubSite::known))
        .or(() -> Optional.of(there).filter(_ -> type.isPresent() && configured.isEmpty()))
        .orElseThrow(() ->
            new ForgeFailure.ForgeDenied(
                root,
                "no forge is configured for this address; set 'forge: {type: github, url: %s}'"
                    .formatted(root)));
  }

  @Override
  public Optional<ForgeFailure> missing(ProjectRemotes remotes) throws InterruptedException {
    if (!remotes.hasOwn()) {
      return Optional.empty(); // making a pull request reports it
    }
    return Optional.of(
        new ForgeFailure.ForgeDenied(
            configured.orElse(GitHubSite.PUBLIC).web(),
            "forge.type is github, but the repository's remotes (%s) are not there; set 'forge.url' to their GitHub, or 'forge: {type: local}' to keep pull requests on this host"
                .formatted(remotes.told())));
  }

  @Override
  public Optional<Login> of(String url) throws InterruptedException {
    Optional<GitHubSite> site = httpSite(url);
    Optional<String> token =
        site.isEmpty() ? Optional.empty() : connections.tokens(site.get()).find();
    return token.map(found -> new Login("x-access-token", found));
  }

  @Override
  public boolean renewed(String url, Login old) throws InterruptedException {
    Optional<GitHubSite> site = httpSite(url);
    return site.isPresent() && connections.tokens(site.get()).renewed(old.password());
  }

  private Optional<GitHubSite> httpSite(String url) throws InterruptedException {
    Optional<RemoteAddress> address = RemoteAddress.of(url).filter(RemoteAddress::isHttp);
    return address.isEmpty() ? Optional.empty() : siteOf(address.get());
  }
}
