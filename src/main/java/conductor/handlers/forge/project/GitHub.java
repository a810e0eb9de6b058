package conductor.handlers.forge.project;

import conductor.handlers.forge.github.Tokens;
import java.util.List;

/** GitHub: github.com, places on ghe.com, and GitHub Enterprise Servers. */
final class GitHub implements KnownForge {

  /** The address of an Enterprise Server. */
  static final String URL = "forge.url";

  /** A command that prints the token. */
  static final String TOKEN_COMMAND = "forge.token_command";

  /** How long checks must have been quiet. */
  static final String SETTLE = "forge.settle";

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
    return List.of(URL, TOKEN_COMMAND, SETTLE);
  }

  @Override
  public List<String> variables() {
    return Tokens.VARIABLES;
  }

  @Override
  public List<String> usualVariables() {
    return List.of("GITHUB_TOKEN", "GH_TOKEN");
  }

  @Override
  public Sites sites(Surroundings around) {
    return new GitHubSites(this, around);
  }
}
