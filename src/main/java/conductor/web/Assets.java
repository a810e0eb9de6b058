package conductor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files that pages need: a list of names, and no path of a request. */
final class Assets {

  private static final String TURBO =
      "/META-INF/resources/webjars/hotwired__turbo/8.0.21/dist/turbo.es2017-umd.js";

  private static final Map<String, Asset> ALL =
      Map.of(
          "turbo.js", new Asset(TURBO, "text/javascript; charset=utf-8"),
          "ui.js", new Asset("/conductor/web/ui.js", "text/javascript; charset=utf-8"),
          "ui.css", new Asset("/conductor/web/ui.css", "text/css; charset=utf-8"),
          "icon.svg", new Asset("/conductor/web/icon.svg", "image/svg+xml"));

  private Assets() {}

  /** A file of the class path, with its media type. */
  record Asset(String resource, String type) {

    byte[] bytes() {
      try (InputStream in = Assets.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is not on the class path");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(resource + " cannot be read", e);
      }
    }
  }

  static Optional<Asset> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
