package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * An answer of GitHub's API.
 *
 * @param site the site that answered
 * @param request the method and path, such as {@code GET /repos/me/it}
 * @param status the HTTP status
 * @param body the body as JSON; an empty object when there is none
 * @param headers the headers, such as {@code X-OAuth-Scopes}
 */
record Answer(GitHubSite site, String request, int status, JsonNode body, HttpHeaders headers) {

  private static final Pattern NEXT = Pattern.compile("<([^<>]*+)>[^,<]*;\\s*+rel=\"?next\"?");

  /** Returns a substitute for the answer to an act that happened, but whose answer was lost. */
  static Answer found(GitHubSite site, String request, JsonNode body) {
    return new Answer(site, request, 200, body, HttpHeaders.of(Map.of(), (_, _) -> true));
  }

  /** Returns the scopes of the token; an empty text when they are not reported. */
  String scopes() {
    return headers.firstValue("X-OAuth-Scopes").orElse("");
  }

  /** Returns the url of a list's next page; empty on the last page. */
  Optional<String> next() {
    Matcher next = NEXT.matcher(String.join(", ", headers.allValues("Link")));
    return next.find() ? Optional.of(next.group(1)) : Optional.empty();
  }

  boolean ok() {
    return status / 100 == 2;
  }

  /** Returns the error messages of the body. */
  String words() {
    var words = new ArrayList<String>();
    words.add(body.path("message").asString(""));
    for (JsonNode error : body.path("errors")) {
      String field = error.path("field").asString("") + " is " + error.path("code").asString("");
      words.add(error.isString() ? error.asString() : error.path("message").asString(field));
    }
    String all =
        words.stream().filter(word -> !word.isBlank()).distinct().collect(Collectors.joining(": "));
    return all.isEmpty() ? "no reason is given" : all;
  }

  /** Returns the body if the status is 2xx; throws GitHub's message otherwise. */
  JsonNode must() {
    if (ok()) {
      return body;
    }
    throw failure();
  }

  ForgeFailure failure() {
    return switch (status) {
      case 401 ->
          new ForgeFailure.ForgeDenied(
              site.web(),
              "it does not accept the token (%s); make a new one at %s and set GITHUB_TOKEN"
                  .formatted(words(), site.tokenPage()));
      case 403, 404 -> new ForgeFailure.ForgeDenied(site.web(), denied());
      default -> new ForgeFailure.ForgeRefused(request, status, words());
    };
  }

  /** Returns a hint to authorize the token where an organization requires SAML, or nothing. */
  private String signIn() {
    String said = headers.firstValue("X-GitHub-SSO").orElse("");
    int url = said.indexOf("url=");
    return url < 0
        ? ""
        : "; the organization wants SAML: authorize the token at "
            + said.substring(url + 4).strip();
  }

  private String denied() {
    String has = scopes().isEmpty() ? "" : " (it has: " + scopes() + ")";
    String what =
        status == 404 ? "is not there, or the token may not see it" : "is not allowed: " + words();
    return "%s %s; the token needs the scope 'repo'%s, or for a fine-grained one 'Contents' and 'Pull requests' read and write: %s%s"
        .formatted(request, what, has, site.tokenPage(), signIn());
  }
}
