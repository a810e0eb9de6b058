package conductor.handlers.forge.project;

import java.util.List;

/** The names of the settings that are GitHub's own. */
final class GitHubSettings {

  /** The address of an Enterprise Server. */
  static final String URL = "forge.url";

  /** A command that prints the token. */
  static final String TOKEN_COMMAND = "forge.token_command";

  /** How long checks must have been quiet. */
  static final String SETTLE = "forge.settle";

  static final List<String> ALL = List.of(URL, TOKEN_COMMAND, SETTLE);

  private GitHubSettings() {}
}
