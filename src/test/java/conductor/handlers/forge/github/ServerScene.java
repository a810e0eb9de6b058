package conductor.handlers.forge.github;

import conductor.handlers.forge.Forge;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the forge work on: a fake GitHub that lives as long as a test. */
abstract class ServerScene {

  @TempDir Path temp;
  Server server;
  Forge forge;

  @BeforeEach
  void begin() throws Exception {
    server = new Server(temp);
    forge = server.forge();
  }

  @AfterEach
  void end() {
    server.close();
  }
}
