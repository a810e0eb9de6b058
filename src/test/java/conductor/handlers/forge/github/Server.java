package conductor.handlers.forge.github;

import conductor.effect.MergeStrategy;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.Pace;
import conductor.handlers.forge.Workplace;
import conductor.journal.Redactor;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake GitHub with the repository {@code me/it}, and a clone of it. */
final class Server implements AutoCloseable {

  final FakeGitHub fake;
  final FakeRepository repository;
  final Workplace place;

  /** What was told while waiting. */
  final List<String> told = new CopyOnWriteArrayList<>();

  private final Path whole;
  private final HttpClient http = HttpClient.newHttpClient();
  private int keys;

  Server(Path temp) throws Exception {
    fake = new FakeGitHub(temp.resolve("github"));
    place = new Workplace(temp, fake.bare("me", "it"));
    place.sh("git -C %s config http.receivepack true".formatted(fake.bare("me", "it")));
    repository = fake.repository("me", "it");
    whole = temp.resolve("whole");
  }

  /** Little patience, so that tests end soon. */
  Limits limits() {
    return new Limits(
        Duration.ofSeconds(2),
        4,
        Duration.ofMillis(10),
        Duration.ofSeconds(5),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        new Pace(Duration.ofMillis(10), Duration.ofMillis(50)));
  }

  /** How most pull requests are merged. */
  Forge.Merging merging() {
    return new Forge.Merging(MergeStrategy.MERGE, true, false, key(), Set.of(), false);
  }

  Forge forge() {
    return forge(FakeGitHub.TOKEN);
  }

  Forge forge(Slug repository) {
    return forge(FakeGitHub.TOKEN, repository);
  }

  Forge forge(String token) {
    return forge(token, new Slug("me", "it"));
  }

  private Forge forge(String token, Slug it) {
    var site = GitHubSite.at(fake.url());
    var tokens =
        new GitHubTokens(
            site, Map.of("GITHUB_TOKEN", token, "PATH", "/nowhere"), Optional.empty(), place.root);
    var connection =
        new Connection(
            site,
            tokens,
            http,
            limits(),
            whole,
            Redactor.none(),
            InstantSource.system(),
            ConcurrentHashMap.newKeySet());
    return new GitHubForge(connection, it, it, told::add);
  }

  Key key() {
    return new Key("wf-000001", 0, String.valueOf(++keys), "0123456789ab");
  }

  Forge.Proposal proposal(String branch) throws Exception {
    WorktreeEnv env = place.branch(branch, branch + ".txt", branch + "\n");
    return new Forge.Proposal(
        env, "Add " + branch, "Why.", "main", false, List.of(), List.of(), null, key());
  }

  @Override
  public void close() {
    try (http) {
      fake.close();
    }
  }
}
