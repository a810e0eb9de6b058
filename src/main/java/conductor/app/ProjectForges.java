package conductor.app;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Places;
import conductor.effect.Coercion;
import conductor.effect.ForgeFailure;
import conductor.forge.Forge;
import conductor.forge.Forges;
import conductor.forge.LocalForge;
import conductor.forge.PullRequests;
import conductor.forge.RemoteAddress;
import conductor.forge.github.EnvironmentProxy;
import conductor.forge.github.GitHubForge;
import conductor.forge.github.Limits;
import conductor.forge.github.Site;
import conductor.forge.github.Slug;
import conductor.forge.github.Tokens;
import conductor.forge.github.Trusted;
import conductor.git.Credentials;
import conductor.git.Git;
import conductor.git.RepositoryLocks;
import conductor.journal.Redactor;
import conductor.process.Command;
import conductor.state.Locks;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
  private final Optional<Duration> limit;
  private final Limits limits;
  private final Map<Site, GitHubForge.Connection> connections = new ConcurrentHashMap<>();

  ProjectForges(Places places, Configuration configuration, Locks locks, InstantSource clock) {
    this.places = places;
    this.configuration = configuration;
    this.pulls = new PullRequests(places.state());
    this.locks = new RepositoryLocks(places.state(), locks);
    this.clock = clock;
    this.type = configuration.text("forge.type").map(ProjectForges::checked);
    this.configured = configuration.text("forge.url").map(ProjectForges::site);
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
  Optional<String> proposalRemote(Git git) throws InterruptedException {
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
    return hosted.isEmpty() ? local(git, waiting) : at(hosted.get(), git, waiting);
  }

  /** Where the pull requests of a directory's repository are; empty when that is this host. */
  public Optional<Hosted> hosted(Git git) throws InterruptedException {
    List<String> remotes = git.is("rev-parse", "--git-dir") ? git.lines("remote") : List.of();
    if (!remotes.contains("origin") && remotes.size() != 1) {
      return Optional.empty();
    }
    String own = remotes.contains("origin") ? "origin" : remotes.getFirst();
    Optional<RemoteAddress> address = address(git, own);
    Optional<Site> site = address.flatMap(this::siteOf);
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
  private static Optional<Slug> upstream(Git git, Site site) throws InterruptedException {
    return address(git, UPSTREAM).filter(site::holds).map(Slug::of);
  }

  /** The site of a remote; empty when its pull requests are kept on this host. */
  private Optional<Site> siteOf(RemoteAddress remote) {
    if (type.equals(Optional.of("local"))) {
      return Optional.empty();
    }
    boolean alias = !remote.isHttp() && !remote.host().contains(".");
    Optional<Site> named = configured.filter(site -> alias || site.holds(remote));
    if (named.isPresent()) {
      return named;
    }
    if (Site.PUBLIC.holds(remote)) {
      return Optional.of(Site.PUBLIC);
    }
    if (type.isEmpty() || configured.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Site.at(
            remote.isHttp()
                ? remote.scheme() + "://" + remote.authority()
                : "https://" + remote.host()));
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
    return configured
        .filter(site -> site.web().equalsIgnoreCase(root))
        .or(() -> Optional.of(Site.PUBLIC).filter(site -> site.web().equalsIgnoreCase(root)))
        .or(() -> Optional.of(Site.at(root)).filter(_ -> type.isPresent() && configured.isEmpty()))
        .orElseThrow(() ->
            new ForgeFailure.ForgeDenied(
                root,
                "no forge is configured for this address; set 'forge: {type: github, url: %s}'"
                    .formatted(root)));
  }

  private GitHubForge.Connection connection(Site site, Git git) throws InterruptedException {
    GitHubForge.Connection known = connections.get(site);
    if (known != null) {
      return known;
    }
    var made =
        new GitHubForge.Connection(
            site,
            tokens(site),
            client(site, git),
            limits,
            places.state().pulls().resolve("whole"),
            Redactor.of(places.environment(), configuration.list("secrets")),
            clock);
    GitHubForge.Connection before = connections.putIfAbsent(site, made);
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
    Optional<Site> site = RemoteAddress.of(url).filter(RemoteAddress::isHttp).flatMap(this::siteOf);
    if (site.isEmpty()) {
      return Optional.empty();
    }
    return knownTokens(site.get()).find().map(token -> new Login("x-access-token", token));
  }

  /** Those of the connection, if there is one: they were looked for already. */
  private Tokens knownTokens(Site site) {
    GitHubForge.Connection known = connections.get(site);
    return known == null ? tokens(site) : known.tokens();
  }
}
