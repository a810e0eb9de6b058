package conductor.handlers.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import conductor.effect.ForgeFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waiting costs nothing of GitHub's rate limit, and misses nothing. */
class ConditionalRequestsTest extends ServerScene {

  private static final int LOOKS = 5;

  private PRHandle pr;

  @BeforeEach
  void open() throws Exception {
    pr = forge.open(server.proposal("work"));
  }

  private interface Look {
    void look() throws Exception;
  }

  /** Looks until all is known, and says what as many looks more cost. */
  private int cost(Look look) throws Exception {
    look.look();
    look.look();
    int asked = server.fake.requests("GET .*").size();
    int before = server.fake.spent();
    for (int n = 0; n < LOOKS; n++) {
      look.look();
    }
    assertThat(server.fake.requests("GET .*")).hasSizeGreaterThanOrEqualTo(asked + LOOKS);
    return server.fake.spent() - before;
  }

  @Test
  void waitingForChecksCostsNothing() throws Exception {
    server.repository.required.add("build");
    server.repository.begin(new FakeRepository.Check("build", null, ""));

    assertThat(cost(() -> assertThat(forge.checks(pr).running()).containsExactly("build")))
        .isZero();

    server.repository.begin(new FakeRepository.Check("build", "success", ""));
    assertThat(forge.checks(pr).checks().passed()).isTrue();
    assertThat(forge.checks(pr).running()).isEmpty();
  }

  @Test
  void waitingForAReviewCostsNothingHoweverManyPagesThereAre() throws Exception {
    server.repository.most = 2;
    for (int n = 1; n <= 5; n++) {
      server.repository.says(1, "robot[bot]", "NONE", "Word " + n);
    }

    assertThat(cost(() -> assertThat(forge.review(pr, Set.of())).isEmpty())).isZero();

    server.repository.says(1, "ann", "MEMBER", "Why?");
    assertThat(forge.review(pr, Set.of()).orElseThrow().comments()).hasSize(1);
  }

  @Test
  void whatComesBehindAFullPageThatDidNotChangeIsFound() throws Exception {
    for (int n = 1; n <= 100; n++) {
      server.repository.says(1, "ann", "MEMBER", "Well " + n);
    }
    assertThat(forge.details(pr).comments()).hasSize(100);

    server.repository.says(1, "ann", "MEMBER", "Well 101");

    assertThat(forge.details(pr).comments()).last().extracting("body").isEqualTo("Well 101");
  }

  @Test
  void waitingForAMergeCostsNothing() throws Exception {
    PRReference named = PRReference.of(pr);

    assertThat(cost(() -> assertThat(forge.get(named).status()).isEqualTo(Status.OPEN))).isZero();

    server.repository.mergedByHand(1);
    assertThat(forge.get(named).status()).isEqualTo(Status.MERGED);
  }

  @Test
  void whatIsGoneOrForbiddenIsNotTakenFromWhatWasKnown() throws Exception {
    PRReference named = PRReference.of(pr);
    forge.get(named);
    server.fake.plan("GET .*/pulls/1", Fault.status(404, "Not Found"));
    assertThatThrownBy(() -> forge.get(named)).isInstanceOf(ForgeFailure.UnknownPullRequest.class);
    server.fake.plan("GET .*/pulls/1", Fault.status(403, "Resource protected by SAML"));
    assertThatThrownBy(() -> forge.get(named)).isInstanceOf(ForgeFailure.ForgeDenied.class);
    server.fake.plan("GET .*/pulls/1", Fault.status(502, "Bad Gateway"), new Fault.Lost());
    assertThat(forge.get(named)).isEqualTo(pr);
    server.fake.expire("another");
    assertThatThrownBy(() -> forge.get(named)).isInstanceOf(ForgeFailure.ForgeDenied.class);
  }

  private HttpResponse<String> asked(HttpClient http, String... headers) throws Exception {
    URI place = URI.create(server.fake.url() + "/api/v3/repos/me/it/pulls/1");
    var request =
        HttpRequest.newBuilder(place).header("Authorization", "Bearer " + FakeGitHub.TOKEN);
    for (int n = 0; n < headers.length; n += 2) {
      request.header(headers[n], headers[n + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void theDoubleKeepsToTheProtocol() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      asked(http);
      HttpResponse<String> first = asked(http);
      String tag = first.headers().firstValue("ETag").orElseThrow();
      String none = "If-None-Match";

      HttpResponse<String> same = asked(http, none, tag);
      assertThat(tag).matches("W/\"\\w+\"");
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).contains(tag);
      assertThat(same.headers().firstValue("X-RateLimit-Used"))
          .isEqualTo(first.headers().firstValue("X-RateLimit-Used"));
      for (String given : new String[] {"*", "\"x\", " + tag, tag.substring(2)}) {
        assertThat(asked(http, none, given).statusCode()).as(given).isEqualTo(304);
      }
      assertThat(asked(http, none, "\"x\"").statusCode()).isEqualTo(200);
      assertThat(asked(http, none, tag, "Accept", "application/json").statusCode()).isEqualTo(200);
      server.repository.says(1, "ann", "MEMBER", "Well.");
      forge.close(pr, false);
      assertThat(asked(http, none, tag).statusCode()).isEqualTo(200);
    }
  }
}
