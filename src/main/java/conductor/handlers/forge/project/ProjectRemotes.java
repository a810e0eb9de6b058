package conductor.handlers.forge.project;

import conductor.handlers.forge.RemoteAddress;
import conductor.handlers.git.Git;
import conductor.process.Command;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The remotes of a project, from which the place of its pull requests is derived. Immutable.
 *
 * @param urls what each remote is fetched from, after the user's {@code insteadOf}, by its name;
 *     empty outside of a repository
 */
public record ProjectRemotes(Map<String, String> urls) {

  /** The name of the remote for the repository that the project was forked from. */
  public static final String UPSTREAM = "upstream";

  private static final String USUAL = "origin";

  /** A line of {@code git remote -v}; the filter of a partial clone may follow. */
  private static final Pattern FETCHED =
      Pattern.compile("(?m)^([^\t\n]+)\t(.*) \\(fetch\\)(?: \\[.*])?$");

  public ProjectRemotes {
    urls = Collections.unmodifiableMap(new LinkedHashMap<>(urls));
  }

  /** Asks git in a project; none outside of a repository. */
  public static ProjectRemotes of(Git git) throws InterruptedException {
    Command.Ended listed = git.run("remote", "-v");
    var urls = new LinkedHashMap<String, String>();
    if (listed.ok()) {
      FETCHED
          .matcher(listed.out())
          .results()
          .forEach(line -> urls.put(line.group(1), line.group(2)));
    }
    return new ProjectRemotes(urls);
  }

  /** Returns the names of all remotes. */
  public Set<String> names() {
    return urls.keySet();
  }

  /** Returns whether one remote is clearly the project's own: {@code origin}, or the only one. */
  public boolean hasOwn() {
    return urls.containsKey(USUAL) || urls.size() == 1;
  }

  /** Returns the url or path of the project's own repository; empty when that is ambiguous. */
  public Optional<String> ownUrl() {
    return urls.size() == 1
        ? urls.values().stream().findFirst()
        : Optional.ofNullable(urls.get(USUAL));
  }

  /** Returns the address of the project's own repository; empty also when it is on this host. */
  public Optional<RemoteAddress> own() {
    return ownUrl().flatMap(RemoteAddress::of);
  }

  /** Returns the address of the repository that the project was forked from; empty for none. */
  public Optional<RemoteAddress> upstream() {
    return Optional.ofNullable(urls.get(UPSTREAM)).flatMap(RemoteAddress::of);
  }

  /** Returns the names and urls of all remotes for messages, without logins. */
  public String told() {
    return urls.entrySet().stream()
        .map(remote ->
            remote.getKey() + " at " + remote.getValue().replaceFirst("://[^@/]*@", "://"))
        .collect(Collectors.joining(", "));
  }
}
