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
 * What GitHub answered.
 *
 * @param site that answered
 * @param request such as {@code GET /repos/me/it}
 * @param headers such as {@code X-OAuth-Scopes}
 */
record Answer(Site site, String request, int status, JsonNode body, HttpHeaders headers) {

  private static final Pattern NEXT = Pattern.compile("<([^<>]*+)>[^,<]*;\\s*+rel=\"?next\"?");

  /** Returns what stands for the answer that an act did not get, though it happened. */
  static Answer found(Site site, String request, JsonNode body) {
    return new Answer(site, request, 200, body, HttpHeaders.of(Map.of(), (_, _) -> true));
  }

  /** What the token may do; empty when it is not said. */
  String scopes() {
    return headers.firstValue("X-OAuth-Scopes").orElse("");
  }

  /** Returns the address of a list's next page. */
  Optional<String> next() {
    Matcher next = NEXT.matcher(String.join(", ", headers.allValues("Link")));
    return next.find() ? Optional.of(next.group(1)) : Optional.empty();
  }

  boolean ok() {
    return status / 100 == 2;
  }

  /** What it says is wrong, in its own words. */
  String words() {
    var words = new ArrayList<String>();
    words.add(body.path("message").asString(""));
    for (JsonNode error : body.path("errors")) {
      String said =
          error.isString()
              ? error.asString()
              : error
                  .path("message")
                  .asString(
                      error.path("field").asString("") + " is " + error.path("code").asString(""));
      words.add(said);
    }
    String all =
        words.stream().filter(word -> !word.isBlank()).distinct().collect(Collectors.joining(": "));
    return all.isEmpty() ? "no reason is given" : all;
  }

  /** Returns the body of a good answer, else a failure with GitHub's words. */
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

  /** Returns what to do where an organization wants people to sign in its own way. */
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
