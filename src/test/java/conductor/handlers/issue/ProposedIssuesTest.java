package conductor.handlers.issue;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.effect.Issue;
import conductor.state.Locks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues that people write too, and the pull requests that are opened for them. */
class ProposedIssuesTest {

  private static final String URL = "/home/josé \"x\"/pulls/repo/1.json";
  private static final String OTHER = "https://github.com/me/it/pull/12";

  @TempDir private Path temp;
  private final Locks locks = new Locks();
  private final List<String> said = new ArrayList<>();

  private Vault vault() {
    return new Vault(temp.resolve("issues"), locks, InstantSource.system());
  }

  private ProposedIssues issues() {
    return new ProposedIssues(vault(), Optional.empty());
  }

  private Path written(String id, String text) throws Exception {
    Path directory = Files.createDirectories(temp.resolve("issues"));
    return Files.writeString(directory.resolve(id + ".md"), text);
  }

  @Test
  void whatAPersonWroteStaysAndEachPullRequestIsRecordedOnce() throws Exception {
    Path plain = written("plain", "# Do it\n\nPlease.\n");
    Path own =
        written("own", "---\r\ntitle: T # mine\r\npull_requests:\r\n  - a\r\n---\r\n\r\nText\r\n");
    for (int n = 0; n < 2; n++) {
      for (String id : List.of("plain", "own", "missing", "../own")) {
        issues().opened(id, URL, said::add);
        issues().opened(id, OTHER, said::add);
      }
    }

    issues().merged(URL + "0", said::add);
    assertThat(said).isEmpty();
    issues().merged(URL, said::add);
    issues().merged(OTHER, said::add);

    assertThat(said)
        .containsExactlyInAnyOrder("plain is resolved by " + URL, "own is resolved by " + URL);
    assertThat(vault().get("plain").prUrl()).isEqualTo(URL);
    assertThat(vault().get("plain").body()).isEqualTo("Please.");
    assertThat(vault().get("own").metadata().get("pull_requests"))
        .isEqualTo(List.of("a", URL, OTHER));
    assertThat(Files.readString(plain)).contains("# Do it\n\nPlease.\n");
    assertThat(Files.readString(own)).contains("title: T # mine\r\n").endsWith("\r\nText\r\n");
  }

  @Test
  void oneThatCannotBeReadOrChangedIsSaidAndStopsNothing() throws Exception {
    written("flow", "---\n{title: T, pull_requests: []}\n---\n");
    written("broken", "---\npull_requests: [\n---\n");
    written("word", "---\npull_requests: soon\n---\n# T\n");

    for (String id : List.of("flow", "broken", "word")) {
      issues().opened(id, URL, said::add);
    }
    issues().merged(URL, said::add);

    assertThat(said).hasSize(3);
    assertThat(said.getFirst()).contains("flow will not be resolved", "flow.md");
    assertThat(said.get(1)).contains("broken will not be resolved");
    assertThat(said.getLast()).isEqualTo("word is resolved by " + URL);
  }

  @Test
  void manyWhoCopyTheSameIssueMakeOneCopy() throws Exception {
    Instant now = Instant.EPOCH;
    var there =
        new Issue("#1", "T", "b", Issue.Status.OPEN, List.of(), now, now, null, null, Map.of());
    var copies = new ArrayList<Vault.Copied>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all = new ArrayList<Future<Vault.Copied>>();
      for (int n = 0; n < 20; n++) {
        all.add(threads.submit(() -> vault().copy(there, OTHER, List.of())));
      }
      for (Future<Vault.Copied> one : all) {
        copies.add(one.get());
      }
    }

    assertThat(copies).filteredOn(Vault.Copied::isNew).hasSize(1);
    assertThat(copies).extracting(copy -> copy.issue().id()).containsOnly("ISSUE-001");
  }
}
