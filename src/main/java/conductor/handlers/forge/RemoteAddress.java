package conductor.handlers.forge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a remote, parsed from the forms that git accepts: {@code https://host:port/path},
 * {@code ssh://git@host:port/path} or {@code git@host:path}.
 *
 * @param scheme the scheme, such as {@code https}; {@code ssh} for the short form
 * @param port the port; empty for the default port
 * @param path the path without a slash at the beginning and without {@code .git} at the end
 */
public record RemoteAddress(String scheme, String host, String port, String path) {

  private static final Pattern URL =
      Pattern.compile("(https?|ssh|git|git\\+ssh)://(?:[^@/]*@)?([^/:]+)(?::(\\d+))?/+(.+)");
  private static final Pattern SHORT = Pattern.compile("(?:[^@/:]+@)?([^/:]{2,}):/*([^/].*)");

  /** Parses a remote's url; empty for a path on this host. */
  public static Optional<RemoteAddress> of(String url) {
    Matcher whole = URL.matcher(url.strip());
    if (whole.matches()) {
      String port = whole.group(3) == null ? "" : whole.group(3);
      return Optional.of(
          new RemoteAddress(whole.group(1), whole.group(2), port, bare(whole.group(4))));
    }
    Matcher brief = SHORT.matcher(url.strip());
    return brief.matches() && !url.contains("://")
        ? Optional.of(new RemoteAddress("ssh", brief.group(1), "", bare(brief.group(2))))
        : Optional.empty();
  }

  private static String bare(String path) {
    return path.replaceFirst("(?<!/)/++$", "").replaceFirst("\\.git$", "");
  }

  public RemoteAddress at(String other) {
    return new RemoteAddress(scheme, other, port, path);
  }

  /** Returns whether it is reached by http, with or without TLS. */
  public boolean isHttp() {
    return scheme.startsWith("http");
  }

  /** Returns the host, with the port unless that is the default. */
  public String authority() {
    return port.isEmpty() ? host : host + ":" + port;
  }
}
