package conductor.handlers.forge.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are not as GitHub describes its API are found. */
class PublishedApiTest {

  @TempDir private Path temp;

  /** A request as method, path with query, and body. */
  private static String wrong(String request) {
    String[] words = request.split(" ", 3);
    String[] asked = words[1].split("\\?", 2);
    byte[] body = words.length < 3 ? new byte[0] : words[2].getBytes(UTF_8);
    String query = asked.length == 1 ? null : asked[1];
    return String.join("\n", PublishedApi.READ.wrong(words[0], asked[0], query, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /repos/me/it",
        "GET /repos/me/it/pulls?state=all&head=me%3Aa%26b&per_page=100&page=2",
        "GET /repos/me/it/branches/feature/one",
        "GET /repos/me/it/commits/a/b/status",
        "DELETE /repos/me/it/git/refs/heads/conductor/one",
        "POST /repos/me/it/pulls {\"head\": \"a\", \"base\": \"b\", \"draft\": true}",
        "POST /repos/me/it/issues/1/labels {\"labels\": [\"a\", {\"name\": \"b\"}]}",
        "PATCH /repos/me/it/issues/1 {\"state_reason\": null, \"milestone\": null}",
        "PUT /repos/me/it/pulls/1/merge",
        "PUT /repos/me/it/pulls/1/merge null",
      })
  void whatIsDescribedIsRight(String request) {
    assertThat(wrong(request)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET /repos/me/it/pull | there is no such path",
        "GET /repos/me/it/pulls/1/merge/now | there is no such path",
        "PUT /repos/me/it/pulls | /repos/{owner}/{repo}/pulls has no PUT",
        "GET /repos/me/it/pulls/one | 'pull_number' of the path is 'one': : string found, integer",
        "GET /repos/me/it/pulls?status=open | the parameter 'status' of the query is not known",
        "GET /repos/me/it/pulls?state=merged | 'state' of the query is 'merged': : does not have",
        "GET /repos/me/it/pulls?per_page=all | 'per_page' of the query is 'all': : string found",
        "GET /repos/me/it/pulls?page | 'page' of the query is '': : string found",
        "GET /repos/me/it/pulls {} | it takes no body",
        "POST /repos/me/it/pulls | it has no body",
        "POST /repos/me/it/pulls {\"head\": | the body is not JSON",
        "POST /repos/me/it/pulls {\"head\": \"a\"} | the body: required property 'base' not found",
        "POST /repos/me/it/issues/1/comments {\"body\": \"a\", \"to\": 1} | the body: property 'to'",
        "POST /repos/me/it/issues/1/comments {\"body\": null} | the body/body: null found",
        "PUT /repos/me/it/pulls/1/merge {\"merge_method\": \"octopus\"} | the body/merge_method: does",
        "PATCH /repos/me/it/issues/1 {\"state_reason\": \"bored\"} | the body/state_reason: does not",
        "POST /repos/me/it/issues/1/labels {\"labels\": [{\"nam\": \"a\"}]} | property 'nam'",
        "POST /repos/me/it/issues/1/labels {\"labels\": []} | must have at least 1 items",
      })
  void whatIsNotDescribedIsWrong(String request, String words) {
    assertThat(wrong(request)).contains(words);
  }

  @Test
  void aRequestThatIsNotDescribedFailsTheTestThatTheDoubleServes() throws Exception {
    var server = new Server(temp);
    URI place = URI.create(server.fake.url() + "/api/v3/repos/me/it/pulls?status=open");
    try (var http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(place)
              .header("Authorization", "Bearer " + FakeGitHub.TOKEN)
              .POST(BodyPublishers.ofString("{\"head\": \"a\", \"base\": \"b\", \"drafty\": true}"))
              .build();
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(422);
    }

    assertThatThrownBy(server::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "POST /api/v3/repos/me/it/pulls?status=open: the parameter 'status' of the query is not known")
        .hasMessageContaining("the body: property 'drafty' is not defined");
  }
}
