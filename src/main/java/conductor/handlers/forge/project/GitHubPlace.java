package conductor.handlers.forge.project;

import conductor.handlers.forge.Forge;
import conductor.handlers.forge.github.GitHubForge;
import conductor.handlers.forge.github.GitHubSite;
import conductor.handlers.forge.github.Slug;
import conductor.handlers.git.Git;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A repository on GitHub as the place of pull requests.
 *
 * @param base the repository that the pull requests are for
 * @param head the repository that has the branches; a fork, or the same as {@code base}
 */
record GitHubPlace(
    KnownForge kind, GitHubConnections connections, GitHubSite site, Slug base, Slug head)
    implements ForgePlace {

  private String page() {
    return site.web() + "/" + base;
  }

  @Override
  public String about() {
    return kind.name() + ", " + page();
  }

  @Override
  public String pull(String number) {
    return "that of %s is %s/pull/%s".formatted(kind.title(), page(), number);
  }

  @Override
  public boolean isForked() {
    return !base.equals(head);
  }

  @Override
  public Optional<String> tokenSource() throws InterruptedException {
    return connections.tokens(site).source();
  }

  @Override
  public Forge forge(Git project, Consumer<String> waiting) throws InterruptedException {
    return new GitHubForge(connections.to(site, project), base, head, waiting);
  }
}
