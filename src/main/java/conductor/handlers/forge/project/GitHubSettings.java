package conductor.handlers.forge.project;

import java.util.List;

/** The keys of the settings that only GitHub uses. */
final class GitHubSettings {

  /** The address of an Enterprise Server. */
  static final String URL = "forge.url";

  /** A command that prints the token. */
  static final String TOKEN_COMMAND = "forge.token_command";

  /** The time without changes after which checks count as complete. */
  static final String SETTLE = "forge.settle";

  static final List<String> ALL = List.of(URL, TOKEN_COMMAND, SETTLE);

  private GitHubSettings() {}
}
