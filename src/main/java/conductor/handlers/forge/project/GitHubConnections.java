package conductor.handlers.forge.project;

import conductor.handlers.forge.github.Connection;
import conductor.handlers.forge.github.EnvironmentProxy;
import conductor.handlers.forge.github.GitHubSite;
import conductor.handlers.forge.github.GitHubTokens;
import conductor.handlers.forge.github.Limits;
import conductor.handlers.forge.github.Trusted;
import conductor.handlers.git.Git;
import conductor.process.Command;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates and keeps the connections to the sites of GitHub, one for each site. Safe for use by
 * several threads.
 */
final class GitHubConnections {

  /** The setting of a command that prints the token. */
  static final String TOKEN_COMMAND = "forge.token_command";

  /** The setting of the time without changes after which checks count as complete. */
  static final String SETTLE = "forge.settle";

  private static final Duration CONNECT = Duration.ofSeconds(20);

  private final HostParts host;
  private final Limits limits;
  private final Map<GitHubSite, Connection> known = new ConcurrentHashMap<>();

  GitHubConnections(HostParts host) {
    this.host = host;
    this.limits = host.duration(SETTLE, "20s").map(Limits.usual()::settling).orElse(Limits.usual());
  }

  /** Returns the connection to a site, with the certificates that git's configuration names. */
  Connection to(GitHubSite site, Git git) throws InterruptedException {
    Connection there = known.get(site);
    if (there != null) {
      return there;
    }
    var made =
        new Connection(
            site,
            made(site),
            client(site, git),
            limits,
            host.places().state().pulls().resolve("whole"),
            host.secrets().get(),
            host.clock(),
            ConcurrentHashMap.newKeySet());
    Connection before = known.putIfAbsent(site, made);
    return before == null ? made : before;
  }

  /** Returns the tokens of a site: those of its connection, where they may be found already. */
  GitHubTokens tokens(GitHubSite site) {
    Connection there = known.get(site);
    return there == null ? made(site) : there.tokens();
  }

  private GitHubTokens made(GitHubSite site) {
    return new GitHubTokens(
        site,
        host.places().environment(),
        host.configuration().command(TOKEN_COMMAND),
        host.places().directory());
  }

  /** Returns an HTTP client with the certificates and proxies that git is configured with. */
  private HttpClient client(GitHubSite site, Git git) throws InterruptedException {
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .proxy(new EnvironmentProxy(host.places().environment()))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    Command.Ended file = git.run("config", "--get-urlmatch", "http.sslCAInfo", site.web());
    if (file.ok() && !file.out().isBlank()) {
      builder.sslContext(Trusted.file(site, Path.of(file.out().strip())));
    }
    return builder.build();
  }
}
