package conductor.web;

import conductor.report.Highlighting;
import conductor.report.ReportPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The files that pages need: a list of names, and no path of a request. */
final class Assets {

  private static final String TURBO =
      "/META-INF/resources/webjars/hotwired__turbo/8.0.21/dist/turbo.es2017-umd.js";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";

  private static final Map<String, Asset> ALL =
      Map.of(
          "turbo.js", new Asset(TURBO, SCRIPT),
          "ui.js", new Asset("/conductor/web/ui.js", SCRIPT),
          "highlight.js", new Asset(() -> utf8(Highlighting.read().script()), SCRIPT),
          "ui.css", new Asset("/conductor/web/ui.css", CSS),
          "report.css", new Asset(() -> utf8(ReportPage.styles()), CSS),
          "icon.svg", new Asset("/conductor/web/icon.svg", "image/svg+xml"));

  private Assets() {}

  /** A file, with its media type. */
  record Asset(Supplier<byte[]> content, String type) {

    Asset(String resource, String type) {
      this(() -> read(resource), type);
    }

    byte[] bytes() {
      return content.get();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  /** Returns a file's media type and content. */
  static Optional<Asset> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }
}
