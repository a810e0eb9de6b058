package conductor.handlers.forge.github;

import conductor.effect.PRHandle;
import conductor.handlers.forge.Forge;
import conductor.handlers.forge.ForgeContract;
import conductor.handlers.forge.Workplace;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract of forges on GitHub. */
class GitHubForgeTest extends ForgeContract {

  private Server server;

  @Override
  protected Workplace place() throws Exception {
    server = new Server(temp);
    return server.place;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected Forge forge() {
    return server.forge();
  }

  @Override
  protected String missing() {
    return server.fake.url() + "/me/it/pull/99";
  }

  @Override
  protected boolean requireACheck() {
    return server.repository.required.add("build");
  }

  @Override
  protected List<String> comments(PRHandle pr) {
    return server.repository.comments(pr.number()).stream()
        .map(text -> text.replaceAll("(?s)\\s*<!--.*", ""))
        .toList();
  }
}
