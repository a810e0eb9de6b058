package conductor.forge.github;

import conductor.effect.ForgeFailure;
import java.util.ArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What GitHub answered.
 *
 * @param request such as {@code GET /repos/me/it}
 * @param scopes what the token may do; empty when it is not said
 */
record Answer(String request, int status, JsonNode body, String scopes) {

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

  /** The body of a good answer, else a failure with GitHub's words. */
  JsonNode must(Client client) {
    if (ok()) {
      return body;
    }
    throw failure(client);
  }

  ForgeFailure failure(Client client) {
    return switch (status) {
      case 401 ->
          new ForgeFailure.ForgeDenied(
              client.site().web(),
              "it does not accept the token (%s); make a new one at %s and set GITHUB_TOKEN"
                  .formatted(words(), client.site().tokenPage()));
      case 403, 404 -> new ForgeFailure.ForgeDenied(client.site().web(), denied(client));
      default -> new ForgeFailure.ForgeRefused(request, status, words());
    };
  }

  private String denied(Client client) {
    String has = scopes.isEmpty() ? "" : " (it has: " + scopes + ")";
    String what =
        status == 404 ? "is not there, or the token may not see it" : "is not allowed: " + words();
    return "%s %s; the token needs the scope 'repo'%s, or for a fine-grained one 'Contents' and 'Pull requests' read and write: %s"
        .formatted(request, what, has, client.site().tokenPage());
  }
}
