package conductor.web;

import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReaders;
import conductor.journal.Redactor;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;

/**
 * The pages of a state directory's runs, served until it is closed. Nothing of it changes a run.
 */
public final class Ui implements AutoCloseable {

  private final WebServer server;
  private final Live live;
  private final Access access;

  private Ui(WebServer server, Live live, Access access) {
    this.server = server;
    this.live = live;
    this.access = access;
  }

  /**
   * Begins to serve.
   *
   * @param port the first to try; 0 for any
   * @param commands performs what forms ask for
   * @param secrets those of the project of a run, which no page shows
   * @param git git in a directory
   * @throws IOException when no port is free
   */
  public static Ui serve(
      StateDirectory state,
      int port,
      Commands commands,
      Function<RunDirectory, Redactor> secrets,
      Function<Path, Git> git)
      throws IOException {
    var live = new Live();
    var access = new Access(List.of("127.0.0.1", "localhost", "[::1]"), new SecureRandom());
    var store = new RunStore(state); // one for all pages: it keeps what the index told
    Git reads = git.apply(state.root()).readBy(new RepositoryReaders(0));
    var differences = new Differences(reads);
    var pages =
        new Pages(
            new RunsPage(state, store),
            new GatesPage(state, store, access.writes()),
            new RunPages(store, access.writes(), secrets, git, reads, differences),
            new Overviews(state, store, secrets, git, reads, differences));
    var site = new SiteHandler(access, pages, new Actions(commands), live);
    return new Ui(WebServer.listen(InetAddress.getLoopbackAddress(), port, site), live, access);
  }

  public int port() {
    return server.port();
  }

  /** Returns the address of a page that lets its reader in; of the list of runs for none. */
  public String address(String path) {
    return "http://127.0.0.1:" + port() + "/" + path + "?token=" + access.token();
  }

  @Override
  public void close() {
    live.close();
    server.close();
  }
}
