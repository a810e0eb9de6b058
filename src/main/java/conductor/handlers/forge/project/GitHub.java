package conductor.handlers.forge.project;

import conductor.handlers.forge.github.GitHubTokens;
import java.util.List;

/** The known forge GitHub: github.com, tenants on ghe.com, and GitHub Enterprise Servers. */
final class GitHub implements KnownForge {

  @Override
  public String name() {
    return "github";
  }

  @Override
  public String title() {
    return "GitHub";
  }

  @Override
  public List<String> settings() {
    return List.of(GitHubSites.URL, GitHubConnections.TOKEN_COMMAND, GitHubConnections.SETTLE);
  }

  @Override
  public List<String> variables() {
    return GitHubTokens.VARIABLES;
  }

  @Override
  public List<String> usualVariables() {
    return List.of("GITHUB_TOKEN", "GH_TOKEN");
  }

  @Override
  public Sites sites(HostParts host) {
    return new GitHubSites(this, host);
  }
}
