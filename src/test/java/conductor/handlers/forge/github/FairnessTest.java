package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;

/** A client that others wrote for the real GitHub gets along with the fake one. */
class FairnessTest {

  @TempDir private Path temp;
  private Server server;
  private GHRepository repository;

  @BeforeEach
  void begin() throws Exception {
    server = new Server(temp);
    repository = client(FakeGitHub.TOKEN).getRepository("me/it");
  }

  @AfterEach
  void end() {
    server.close();
  }

  private GitHub client(String token) throws Exception {
    return new GitHubBuilder()
        .withEndpoint(server.fake.url() + "/api/v3")
        .withOAuthToken(token)
        .build();
  }

  private GHPullRequest opened(String branch) throws Exception {
    server.place.branch(branch, branch + ".txt", branch + "\n");
    return repository.createPullRequest("Add " + branch, branch, "main", "Why.");
  }

  @Test
  void itOpensReadsAndListsPullRequests() throws Exception {
    GHPullRequest opened = opened("one");

    GHPullRequest read = repository.getPullRequest(opened.getNumber());

    assertThat(read.getTitle()).isEqualTo("Add one");
    assertThat(read.getBody()).isEqualTo("Why.");
    assertThat(read.getHead().getRef()).isEqualTo("one");
    assertThat(read.getHead().getSha()).isEqualTo(server.place.git().must("rev-parse", "one"));
    assertThat(read.getBase().getRef()).isEqualTo("main");
    assertThat(repository.getPullRequests(GHIssueState.OPEN))
        .extracting(GHPullRequest::getNumber)
        .containsExactly(1);
    assertThat(repository.queryPullRequests().head("me:other").list().toList()).isEmpty();
    assertThatThrownBy(() -> repository.createPullRequest("Again", "one", "main", ""))
        .isInstanceOf(HttpException.class)
        .hasMessageContaining("A pull request already exists for me:one");
  }

  @Test
  void itMergesWithEachMethod() throws Exception {
    for (GHPullRequest.MergeMethod method : GHPullRequest.MergeMethod.values()) {
      GHPullRequest pull = opened("with-" + method);

      pull.merge("By " + method, null, method);

      assertThat(repository.getPullRequest(pull.getNumber()).isMerged()).isTrue();
      assertThat(server.place.files("main")).contains("with-" + method + ".txt");
    }
  }

  @Test
  void itSeesWhatIsInTheWayOfAMerge() throws Exception {
    GHPullRequest one = opened("one");
    server.place.branch("two", "one.txt", "other\n");
    GHPullRequest two = repository.createPullRequest("Two", "two", "main", "");
    one.merge(null);

    assertThat(two.getMergeable()).isNull();
    two.refresh();
    assertThat(two.getMergeable()).isFalse();
    assertThatThrownBy(() -> two.merge(null)).hasMessageContaining("not mergeable");
  }

  @Test
  void itCommentsLabelsAndCloses() throws Exception {
    GHPullRequest pull = opened("one");

    pull.comment("Well.");
    pull.addLabels("bug");
    pull.close();

    assertThat(pull.getComments()).extracting(one -> one.getBody()).containsExactly("Well.");
    assertThat(server.repository.labels(1)).containsExactly("bug");
    assertThat(repository.getPullRequest(1).getState()).isEqualTo(GHIssueState.CLOSED);
  }

  @Test
  void itReadsReviewsChecksAndIssues() throws Exception {
    GHPullRequest pull = opened("one");
    server.repository.runner =
        _ -> List.of(new FakeRepository.Check("build", "failure", "it broke"));
    server.repository.review(1, "ann", "CHANGES_REQUESTED", "No.", "one.txt:1: Why?");
    int issue = server.repository.issue("A bug", "It fails.", "bug");

    assertThat(pull.listReviews().toList()).extracting(one -> one.getBody()).containsExactly("No.");
    assertThat(pull.listReviewComments().toList())
        .extracting(one -> one.getPath() + " " + one.getBody())
        .containsExactly("one.txt Why?");
    assertThat(repository.getCheckRuns(pull.getHead().getSha()).toList())
        .extracting(one -> one.getName() + " " + one.getConclusion())
        .containsExactly("build failure");
    assertThat(repository.getIssue(issue).getTitle()).isEqualTo("A bug");
  }

  @Test
  void itIsLetInByTheTokenOnly() throws Exception {
    assertThatThrownBy(() -> client("wrong").getRepository("me/it"))
        .hasMessageContaining("Bad credentials");
    assertThatThrownBy(() -> client(FakeGitHub.TOKEN).getRepository("me/other"))
        .isInstanceOfAny(GHException.class, java.io.FileNotFoundException.class);
    String bare = server.fake.url() + "/me/it.git";
    assertThatThrownBy(() -> server.place.sh("git ls-remote " + bare + " </dev/null"))
        .isInstanceOf(AssertionError.class);
    String open = bare.replace("://", "://x:" + FakeGitHub.TOKEN + "@");
    assertThat(server.place.sh("git ls-remote " + open)).contains("refs/heads/main");
  }
}
