package conductor.handlers.forge.project;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.Coercion;
import conductor.effect.ForgeFailure;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.Forges;
import conductor.handlers.forge.RemoteAddress;
import conductor.handlers.forge.github.Connection;
import conductor.handlers.forge.github.EnvironmentProxy;
import conductor.handlers.forge.github.GitHubForge;
import conductor.handlers.forge.github.Limits;
import conductor.handlers.forge.github.Site;
import conductor.handlers.forge.github.Slug;
import conductor.handlers.forge.github.Tokens;
import conductor.handlers.forge.github.Trusted;
import conductor.handlers.forge.local.LocalForge;
import conductor.handlers.forge.local.PullRequests;
import conductor.handlers.git.Credentials;
import conductor.handlers.git.Git;
import conductor.handlers.worktree.RepositoryLocks;
import conductor.journal.Redactor;
import conductor.process.Command;
import conductor.state.Locks;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forges there are, chosen by a repository's remote and the configuration; also what remotes
 * are logged in to with. Safe for use by several threads.
 */
public final class ProjectForges implements Forges, Credentials {

  private static final String UPSTREAM = "upstream";
  private static final List<String> TYPES = List.of("local", "github");
  private static final Pattern PAGE =
      Pattern.compile("(https?://[^/]+)/([^/]+)/([^/]+)/(?:pull|issues)/\\d+.*");
  private static final Pattern ELSEWHERE = Pattern.compile("([^/#\\s]+)/([^/#\\s]+)#\\d+");
  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final Places places;
  private final Configuration configuration;
  private final PullRequests pulls;
  private final RepositoryLocks locks;
  private final InstantSource clock;
  private final Optional<String> type;
  private final Optional<Site> configured;
  private final Supplier<Redactor> secrets;
  private final SshHosts sshHosts;
  private final Optional<Duration> limit;
  private final Limits limits;
  private final Map<Site, Connection> connections = new ConcurrentHashMap<>();

  public ProjectForges(
      Places places,
      Configuration configuration,
      Locks locks,
      Supplier<Redactor> secrets,
      InstantSource clock) {
    this.places = places;
    this.configuration = configuration;
    this.pulls = new PullRequests(places.state());
    this.locks = new RepositoryLocks(places.state(), locks);
    this.secrets = secrets;
    this.clock = clock;
    this.type = configuration.text("forge.type").map(ProjectForges::checked);
    this.configured = configuration.text("forge.url").map(ProjectForges::site);
    this.sshHosts = new SshHosts(environment(), places.directory());
    this.limit = duration("git.timeout", "10m");
    this.limits =
        duration("forge.settle", "20s").map(Limits.usual()::settling).orElse(Limits.usual());
  }

  private static String checked(String type) {
    if (!TYPES.contains(type)) {
      throw new BadConfiguration(
          "'forge.type' must be one of %s, found '%s'".formatted(String.join(", ", TYPES), type));
    }
    return type;
  }

  private Optional<Duration> duration(String key, String example) {
    Optional<String> text = configuration.text(key);
    try {
      return text.map(Coercion::duration);
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration(
          "'%s' must be a duration such as %s, found '%s'"
              .formatted(key, example, text.orElseThrow()));
    }
  }

  private static Site site(String url) {
    if (!url.matches("https?://[^/@\\s]+/*")) {
      throw new BadConfiguration(
          "'forge.url' must be an address such as https://github.example.com, found '%s'"
              .formatted(url));
    }
    return Site.at(url);
  }

  /** The host's environment without the tokens of forges: what other programs get. */
  public Map<String, String> environment() {
    var environment = new TreeMap<>(places.environment());
    Tokens.VARIABLES.forEach(environment::remove);
    return environment;
  }

  /** Git in a directory, which logs in to the forge's remotes. */
  public Git git(Path directory) {
    Git git = Git.in(directory, environment()).with(this);
    return limit.map(git::limited).orElse(git);
  }

  /**
   * Returns the remote that the pull requests of a repository are proposed to, where that is not
   * the usual one: that of the repository it was forked from, on a forge that knows of it.
   */
  public Optional<String> proposalRemote(Git git) throws InterruptedException {
    return hosted(git).filter(there -> !there.base().equals(there.head())).map(_ -> UPSTREAM);
  }

  /**
   * Where pull requests are kept that are not kept on this host.
   *
   * @param base the repository that they are for
   * @param head the repository with the branches
   */
  public record Hosted(Site site, Slug base, Slug head) {

    /** The repository's page. */
    public String page() {
      return site.web() + "/" + base;
    }
  }

  @Override
  public Forge of(Git git, Consumer<String> waiting) throws InterruptedException {
    Optional<Hosted> hosted = hosted(git);
    if (hosted.isEmpty()) {
      mustBeLocal(git);
      return local(git, waiting);
    }
    return at(hosted.get(), git, waiting);
  }

  /** Where the pull requests of a directory's repository are; empty when that is this host. */
  public Optional<Hosted> hosted(Git git) throws InterruptedException {
    List<String> remotes = git.is("rev-parse", "--git-dir") ? git.lines("remote") : List.of();
    if (!remotes.contains("origin") && remotes.size() != 1) {
      return Optional.empty();
    }
    String own = remotes.contains("origin") ? "origin" : remotes.getFirst();
    Optional<RemoteAddress> address = address(git, own);
    Optional<Site> site = address.isEmpty() ? Optional.empty() : siteOf(address.get());
    if (site.isEmpty()) {
      return Optional.empty();
    }
    Slug head = Slug.of(address.orElseThrow());
    Slug base = remotes.contains(UPSTREAM) ? upstream(git, site.get()).orElse(head) : head;
    return Optional.of(new Hosted(site.get(), base, head));
  }

  /** Where the token for a site comes from, such as a variable's name; empty when there is none. */
  public Optional<String> tokenSource(Site site) throws InterruptedException {
    return knownTokens(site).source();
  }

  private Forge local(Git git, Consumer<String> say) {
    return new LocalForge(pulls, locks, git, clock, say);
  }

  private static Optional<RemoteAddress> address(Git git, String remote)
      throws InterruptedException {
    return RemoteAddress.of(git.must("remote", "get-url", remote).lines().findFirst().orElse(""));
  }

  /** The repository that a fork came from, when it is on the same site. */
  private Optional<Slug> upstream(Git git, Site site) throws InterruptedException {
    Optional<RemoteAddress> address = address(git, UPSTREAM);
    return address.isPresent() && siteOf(address.get()).equals(Optional.of(site))
        ? address.map(Slug::of)
        : Optional.empty();
  }

  /** The site of a remote; empty when its pull requests are kept on this host. */
  private Optional<Site> siteOf(RemoteAddress given) throws InterruptedException {
    if (type.equals(Optional.of("local"))) {
      return Optional.empty();
    }
    RemoteAddress remote =
        given.isHttp() || isKnown(given) ? given : given.at(sshHosts.of(given.host()));
    boolean alias = !remote.isHttp() && !remote.host().contains(".");
    Optional<Site> named =
        configured
            .filter(site -> alias || site.holds(remote) || site.holds(given))
            .or(() -> Site.known(remote));
    if (named.isPresent() || type.isEmpty() || configured.isPresent()) {
      return named;
    }
    return Optional.of(
        Site.at(
            remote.isHttp()
                ? remote.scheme() + "://" + remote.authority()
                : "https://" + remote.host()));
  }

  private boolean isKnown(RemoteAddress remote) {
    return configured.filter(site -> site.holds(remote)).isPresent()
        || Site.known(remote).isPresent();
  }

  /** A forge that was asked for is not replaced by this host without a word. */
  private void mustBeLocal(Git git) throws InterruptedException {
    List<String> remotes = git.is("rev-parse", "--git-dir") ? git.lines("remote") : List.of();
    boolean hasUsual = remotes.contains("origin") || remotes.size() == 1;
    if (!type.equals(Optional.of("github")) || !hasUsual) {
      return; // which is said when a pull request is made
    }
    throw new ForgeFailure.ForgeDenied(
        configured.orElse(Site.PUBLIC).web(),
        "forge.type is github, but the repository's remotes (%s) are not there; set 'forge.url' to their GitHub, or 'forge: {type: local}' to keep pull requests on this host"
            .formatted(told(git, remotes)));
  }

  private static String told(Git git, List<String> remotes) throws InterruptedException {
    var told = new ArrayList<String>();
    for (String remote : remotes) {
      String url = git.must("remote", "get-url", remote).lines().findFirst().orElse("");
      told.add(remote + " at " + url.replaceFirst("://[^@/]*@", "://"));
    }
    return String.join(", ", told);
  }

  @Override
  public Forge of(String reference, Git project, Consumer<String> waiting)
      throws InterruptedException {
    Matcher page = PAGE.matcher(reference);
    if (page.matches()) {
      return at(sitePage(page.group(1)), page.group(2), page.group(3), project, waiting);
    }
    Matcher elsewhere = ELSEWHERE.matcher(reference);
    if (elsewhere.matches()) {
      Site site = configured.orElse(Site.PUBLIC);
      return at(site, elsewhere.group(1), elsewhere.group(2), project, waiting);
    }
    return reference.matches("#?\\d+") ? of(project, waiting) : local(project, waiting);
  }

  private Forge at(Site site, String owner, String name, Git project, Consumer<String> waiting)
      throws InterruptedException {
    var slug = new Slug(owner, name);
    return at(new Hosted(site, slug, slug), project, waiting);
  }

  /**
   * The forge that keeps the pull requests of a project elsewhere.
   *
   * @param waiting told what is waited for
   */
  public Forge at(Hosted hosted, Git project, Consumer<String> waiting)
      throws InterruptedException {
    return new GitHubForge(
        connection(hosted.site(), project), hosted.base(), hosted.head(), waiting);
  }

  private Site sitePage(String root) {
    Site there = Site.at(root);
    return configured
        .filter(site -> site.web().equalsIgnoreCase(there.web()))
        .or(() -> RemoteAddress.of(root + "/").flatMap(Site::known))
        .or(() -> Optional.of(there).filter(_ -> type.isPresent() && configured.isEmpty()))
        .orElseThrow(() ->
            new ForgeFailure.ForgeDenied(
                root,
                "no forge is configured for this address; set 'forge: {type: github, url: %s}'"
                    .formatted(root)));
  }

  private Connection connection(Site site, Git git) throws InterruptedException {
    Connection known = connections.get(site);
    if (known != null) {
      return known;
    }
    var made =
        new Connection(
            site,
            tokens(site),
            client(site, git),
            limits,
            places.state().pulls().resolve("whole"),
            secrets.get(),
            clock,
            ConcurrentHashMap.newKeySet());
    Connection before = connections.putIfAbsent(site, made);
    return before == null ? made : before;
  }

  private Tokens tokens(Site site) {
    return new Tokens(
        site,
        places.environment(),
        configuration.command("forge.token_command"),
        places.directory());
  }

  /** Trusts what git trusts, through the proxies that git uses. */
  private HttpClient client(Site site, Git git) throws InterruptedException {
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .proxy(new EnvironmentProxy(places.environment()))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    Command.Ended file = git.run("config", "--get-urlmatch", "http.sslCAInfo", site.web());
    if (file.ok() && !file.out().isBlank()) {
      builder.sslContext(Trusted.file(site, Path.of(file.out().strip())));
    }
    return builder.build();
  }

  @Override
  public Optional<Login> of(String url) throws InterruptedException {
    Optional<Site> site = httpSite(url);
    if (site.isEmpty()) {
      return Optional.empty();
    }
    return knownTokens(site.get()).find().map(token -> new Login("x-access-token", token));
  }

  @Override
  public boolean renewed(String url, Login old) throws InterruptedException {
    Optional<Site> site = httpSite(url);
    return site.isPresent() && knownTokens(site.get()).renewed(old.password());
  }

  private Optional<Site> httpSite(String url) throws InterruptedException {
    Optional<RemoteAddress> address = RemoteAddress.of(url).filter(RemoteAddress::isHttp);
    return address.isEmpty() ? Optional.empty() : siteOf(address.get());
  }

  /** Those of the connection, if there is one: they were looked for already. */
  private Tokens knownTokens(Site site) {
    Connection known = connections.get(site);
    return known == null ? tokens(site) : known.tokens();
  }
}
