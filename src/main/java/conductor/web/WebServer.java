package conductor.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Listens on a port of an address, with a virtual thread for each request. */
final class WebServer implements AutoCloseable {

  /** A page that is open says something every ten seconds; what is silent for longer is gone. */
  private static final long SILENCE = 60_000;

  /** An open page takes a thread, which costs little. */
  private static final int AT_ONCE = 5_000;

  /** How many ports are tried when the one that was asked for is taken. */
  private static final int PORTS = 50;

  private final Server server;

  private WebServer(Server server) {
    this.server = server;
  }

  /**
   * Listens on a port, or on the next that is free; on any for 0.
   *
   * @throws IOException when none of 50 is, or the address is not one of this machine
   */
  static WebServer listen(InetAddress address, int port, Handler site) throws IOException {
    BindException taken = null;
    for (int next = port; next < port + PORTS && next < 65_536; next++) {
      try {
        return listenOn(address, next, site);
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException(
        "no free port of %s from %d on: %s".formatted(address.getHostAddress(), port, taken),
        taken);
  }

  private static WebServer listenOn(InetAddress address, int port, Handler site)
      throws IOException {
    var pool = new VirtualThreadPool(AT_ONCE);
    pool.setName("web");
    var server = new Server(pool);
    var settings = new HttpConfiguration();
    settings.setSendServerVersion(false);
    settings.setSendDateHeader(false);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(settings));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(SILENCE);
    server.addConnector(connector);
    var errors = new ErrorHandler();
    errors.setShowStacks(false);
    errors.setShowCauses(false);
    server.setErrorHandler(errors);
    var started = new WebServer(server);
    try {
      connector.open();
      server.setHandler(site);
      server.start();
      return started;
    } catch (IOException e) {
      started.close();
      throw e.getCause() instanceof BindException taken ? taken : e;
    } catch (Exception e) {
      started.close();
      throw new IOException("the server cannot start: " + e, e);
    }
  }

  int port() {
    return List.of(server.getConnectors()).stream()
        .mapToInt(connector -> ((ServerConnector) connector).getLocalPort())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop: " + e, e);
    }
  }
}
