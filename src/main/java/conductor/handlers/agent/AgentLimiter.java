package conductor.handlers.agent;

import conductor.error.Unchecked;
import conductor.process.FileChanges;
import conductor.process.ProcessIdentity;
import conductor.state.AtomicFile;
import conductor.state.Locks;
import conductor.state.PrivateFiles;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many agents run at once, over all runs of a state directory on this host. Each agent
 * that wants to run takes a ticket, which is a file. Tickets are served in their order, except that
 * a ticket whose type or whose run has reached its limit lets later ones go first. An agent that
 * outlives its conductor keeps its place. Safe for use by several threads and processes.
 */
public final class AgentLimiter {

  /** The longest time until the end of another process is noticed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path directory;
  private final Locks locks;
  private final FileChanges changes;
  private final int most;
  private final Map<String, Integer> mostOfType;

  /**
   * @param directory the directory of the tickets, created when needed
   */
  public AgentLimiter(
      Path directory, Locks locks, FileChanges changes, int most, Map<String, Integer> mostOfType) {
    this.directory = directory;
    this.locks = locks;
    this.changes = changes;
    this.most = most;
    this.mostOfType = Map.copyOf(mostOfType);
  }

  /** A permission to run one agent, which {@link #close} gives back. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  private record Ticket(
      int v,
      String type,
      String agent,
      Path jobs,
      ProcessIdentity owner,
      boolean running,
      @Nullable Integer most,
      @Nullable Integer mostOfType) {
    static final int FORMAT = 1;

    Ticket served() {
      return new Ticket(v, type, agent, jobs, owner, true, most, mostOfType);
    }

    /**
     * Returns whether the limits of the ticket's own run allow it to start. A ticket that may not
     * start does not keep a place free.
     */
    boolean wants(int all, int ofType) {
      return (most == null || all < most) && (mostOfType == null || ofType < mostOfType);
    }
  }

  private record Drawn(Path file, Ticket ticket) {}

  /** Waits until an agent may run; calls {@code waiting} once if it has to wait. */
  Slot take(String type, String agent, Path jobs, Runnable waiting) throws InterruptedException {
    Unchecked.run("make " + directory, () -> PrivateFiles.directories(directory));
    var ticket =
        new Ticket(
            Ticket.FORMAT,
            type,
            agent,
            jobs,
            ProcessIdentity.current(),
            false,
            most,
            mostOfType.get(type));
    Drawn drawn = locks.locked(directory.resolve("lock"), () -> draw(ticket));
    Path file = drawn.file();
    if (drawn.ticket().running()) {
      return () -> delete(file);
    }
    var changed = new Semaphore(0);
    try (var _ = changes.watch(directory, changed::release)) {
      boolean told = false;
      while (!locks.locked(directory.resolve("lock"), () -> isServed(drawn))) {
        if (!told) {
          waiting.run();
          told = true;
        }
        changed.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        changed.drainPermits();
      }
      return () -> delete(file);
    } catch (InterruptedException | RuntimeException e) {
      delete(file);
      throw e;
    }
  }

  /** Writes a new ticket, which is served at once where the limits allow it. */
  private Drawn draw(Ticket ticket) {
    List<Drawn> all = tickets();
    long last = all.stream().mapToLong(drawn -> number(drawn.file())).max().orElse(0);
    Path file = directory.resolve("%012d-%s.json".formatted(last + 1, UUID.randomUUID()));
    var waits = new Drawn(file, ticket);
    all.add(waits);
    Drawn drawn = mayRun(waits, all) ? new Drawn(file, ticket.served()) : waits;
    AtomicFile.write(file, StateJson.pretty(drawn.ticket()));
    return drawn;
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('-')));
  }

  private boolean isServed(Drawn mine) {
    boolean may = mayRun(mine, tickets());
    if (may) {
      AtomicFile.write(mine.file(), StateJson.pretty(mine.ticket().served()));
    }
    return may;
  }

  private boolean mayRun(Drawn mine, List<Drawn> tickets) {
    var running = new HashMap<String, Integer>();
    int all = 0;
    var waiting = new ArrayList<Drawn>();
    for (Drawn drawn : tickets) {
      Ticket other = drawn.ticket();
      if (!other.running()) {
        waiting.add(drawn);
      } else if (other.agent().equals(mine.ticket().agent())) {
        delete(drawn.file()); // its conductor is gone, and this ticket replaces that one's
        return true;
      } else {
        all++;
        running.merge(other.type(), 1, Integer::sum);
      }
    }
    return isNext(mine.file(), waiting, all, running);
  }

  private boolean isNext(Path file, List<Drawn> waiting, int all, Map<String, Integer> running) {
    int free = most - all;
    for (Drawn drawn : waiting) {
      String type = drawn.ticket().type();
      int limit = mostOfType.getOrDefault(type, Integer.MAX_VALUE);
      int ofType = running.getOrDefault(type, 0);
      boolean fits = free > 0 && ofType < limit && drawn.ticket().wants(most - free, ofType);
      if (drawn.file().equals(file)) {
        return fits;
      }
      if (fits) {
        free--;
        running.merge(type, 1, Integer::sum);
      }
    }
    return false;
  }

  /** Returns the valid tickets in their order; deletes those whose process and jobs are gone. */
  private List<Drawn> tickets() {
    var drawn = new ArrayList<Drawn>();
    for (Path file : StateJson.files(directory)) {
      Optional<Ticket> ticket = // empty when it was given back meanwhile
          file.getFileName().toString().matches("\\d+-.*")
              ? StateJson.find(file, Ticket.class, Ticket.FORMAT)
              : Optional.empty();
      if (ticket.filter(AgentLimiter::lives).isPresent()) {
        drawn.add(new Drawn(file, ticket.get()));
      } else if (ticket.isPresent()) {
        delete(file);
      }
    }
    return drawn;
  }

  private static boolean lives(Ticket ticket) {
    return ticket.owner().alive() || (ticket.running() && AgentJobs.anyRuns(ticket.jobs()));
  }

  private static void delete(Path file) {
    Unchecked.get("delete " + file, () -> Files.deleteIfExists(file));
  }
}
