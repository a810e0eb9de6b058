package conductor.realagents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The agent programs that tests drive. Where npm is missing or reaches nothing, the test that asks
 * for one is skipped, and says so on standard output with the number of skips so far.
 */
public final class RealAgents {

  /** One answer for all tests of a JVM: an installation that failed is not tried again. */
  private static final Map<Packages, Installed> INSTALLED = new ConcurrentHashMap<>();

  private static final AtomicInteger SKIPS = new AtomicInteger();

  private RealAgents() {}

  private sealed interface Installed {
    record In(Path directory) implements Installed {}

    record Not(String why) implements Installed {}
  }

  /** The program, or no test. */
  public static Path program(RealAgent agent) {
    return switch (INSTALLED.computeIfAbsent(agent.packages(), RealAgents::install)) {
      case Installed.In in -> in.directory().resolve(agent.command());
      case Installed.Not not -> skip(agent, not.why());
    };
  }

  private static Path skip(RealAgent agent, String why) {
    String message =
        "SKIPPED, %d so far: no %s to test with, as npm could not install it: %s"
            .formatted(SKIPS.incrementAndGet(), agent.command(), why);
    System.out.println(message);
    return Assumptions.abort(message);
  }

  private static Installed install(Packages packages) {
    try {
      return new Installed.In(Npm.inCacheOfUser().install(packages));
    } catch (IOException e) {
      return new Installed.Not(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Installed.Not("interrupted");
    }
  }
}
