package conductor.handlers.forge.github;

import conductor.effect.ForgeFailure;
import conductor.handlers.forge.RemoteAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The owner and name of a repository, {@code owner/name}. */
public record Slug(String owner, String name) {

  /** Returns the repository of a remote; {@code ForgeDenied} unless it is {@code owner/name}. */
  public static Slug of(RemoteAddress remote) {
    return parsed(remote.path())
        .orElseThrow(() ->
            new ForgeFailure.ForgeDenied(
                remote.authority() + "/" + remote.path(),
                "a repository of GitHub is owner/name; look at 'git remote -v'"));
  }

  /** Returns the repository of a text {@code owner/name}; empty for any other text. */
  static Optional<Slug> parsed(String text) {
    String[] parts = text.split("/", -1);
    return parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()
        ? Optional.empty()
        : Optional.of(new Slug(parts[0], parts[1]));
  }

  /** Returns a path of the API below the repository. */
  String at(String path) {
    return "/repos/" + encoded(owner) + "/" + encoded(name) + path;
  }

  /** Returns a text encoded for a part of a path or query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
