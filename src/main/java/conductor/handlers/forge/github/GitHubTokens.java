package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.process.CannotRun;
import conductor.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token for a site of GitHub: in the environment, by the configured command, or by
 * GitHub's program {@code gh}. The token is kept in memory only. Safe for use by several threads.
 */
public final class GitHubTokens {

  /** The variables that contain tokens; processes that conductor starts do not get these. */
  public static final List<String> VARIABLES =
      List.of("GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final GitHubSite site;
  private final Map<String, String> environment;
  private final Optional<List<String>> command;
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Known known;

  private record Known(String token, String source) {}

  /** Looks in the host's whole environment; the command, if there is one, runs in the directory. */
  public GitHubTokens(
      GitHubSite site,
      Map<String, String> environment,
      Optional<List<String>> command,
      Path directory) {
    this.site = site;
    this.environment = Map.copyOf(environment);
    this.command = command;
    this.directory = directory;
  }

  /** Returns the token; throws {@link ForgeFailure.ForgeDenied} when there is none. */
  public String token() throws InterruptedException {
    return find().orElseThrow(() -> new ForgeFailure.ForgeDenied(site.web(), missing()));
  }

  /** Returns the token; empty when there is none. */
  public Optional<String> find() throws InterruptedException {
    return known().map(Known::token);
  }

  /** Looks for another token after one was not accepted; returns whether there is one now. */
  public boolean renewed(String old) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (known != null && known.token().equals(old)) {
        known = null;
      }
    } finally {
      lock.unlock();
    }
    return find().map(now -> !now.equals(old)).orElse(false);
  }

  /** Returns the origin of the token for messages; empty when there is no token. */
  public Optional<String> source() throws InterruptedException {
    return known().map(Known::source);
  }

  private Optional<Known> known() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<Known> found = Optional.ofNullable(known).or(this::fromEnvironment);
      if (found.isEmpty()) {
        found = fromCommand();
      }
      if (found.isEmpty()) {
        found = fromProgram();
      }
      known = found.orElse(null);
      return found;
    } finally {
      lock.unlock();
    }
  }

  private String missing() {
    return "there is no token; set GITHUB_TOKEN to one with the scope 'repo' (%s makes one), or forge.token_command in the configuration, or run 'gh auth login'; 'forge: {type: local}' keeps pull requests on this host"
        .formatted(site.tokenPage());
  }

  private Optional<Known> fromEnvironment() {
    return VARIABLES.stream()
        .filter(name -> !site.isHosted() || !name.contains("ENTERPRISE"))
        .map(name -> new Known(environment.getOrDefault(name, "").strip(), "that of " + name))
        .filter(found -> !found.token().isEmpty())
        .findFirst();
  }

  private Optional<Known> fromCommand() throws InterruptedException {
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try {
      Command.Ended ended = run(command.get());
      if (ended.ok() && !ended.out().isBlank()) {
        return Optional.of(new Known(ended.out().strip(), "what forge.token_command prints"));
      }
      throw new ForgeFailure.ForgeDenied(
          site.web(),
          "forge.token_command exited with %d and %s: %s"
              .formatted(
                  ended.code(),
                  ended.out().isBlank() ? "printed no token" : "printed something",
                  ended.err().strip()));
    } catch (CannotRun e) {
      throw new ForgeFailure.ForgeDenied(site.web(), "forge.token_command: " + e.getMessage());
    }
  }

  private Optional<Known> fromProgram() throws InterruptedException {
    try {
      Command.Ended ended = run(List.of("gh", "auth", "token", "--hostname", site.host()));
      return ended.ok() && !ended.out().isBlank()
          ? Optional.of(new Known(ended.out().strip(), "that of 'gh auth token'"))
          : Optional.empty();
    } catch (CannotRun e) {
      return Optional.empty();
    }
  }

  private Command.Ended run(List<String> words) throws InterruptedException {
    return new Command(words, directory, environment, "", LIMIT).run();
  }
}
