package conductor.agent;

import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.WorktreeEnv;
import conductor.handler.Key;
import conductor.process.JobSpec;
import conductor.state.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent's conversation: its turns, one after the other, each a numbered directory. A turn that
 * nobody runs yet is a message that waits. Safe for use by several threads.
 */
final class Conversation {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AgentRef agent;
  private final Path directory;
  private final WorktreeEnv env;
  private final AgentSettings settings;
  private final Map<String, String> host;
  private final InstantSource clock;
  private final Semaphore slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private AgentRecord record;
  private @Nullable Thread runner;

  Conversation(
      AgentRef agent,
      Path directory,
      WorktreeEnv env,
      AgentSettings settings,
      Map<String, String> host,
      InstantSource clock,
      Semaphore slots) {
    this.agent = agent;
    this.directory = directory;
    this.env = env;
    this.settings = settings;
    this.host = host;
    this.clock = clock;
    this.slots = slots;
    this.record =
        new AgentRecord(
            agent.id(),
            agent.name(),
            agent.workflowId(),
            agent.envId(),
            agent.agentType(),
            AgentStatus.PENDING,
            clock.instant(),
            0,
            null,
            0);
  }

  /** The turns there are, in order. */
  List<Turn> turns() {
    var turns = new ArrayList<Turn>();
    for (int n = 1; Files.exists(turn(n).resolve("prompt")); n++) {
      turns.add(new Turn(agent.name(), n, turn(n), clock));
    }
    return turns;
  }

  private Path turn(int n) {
    return directory.resolve("turn-" + n);
  }

  /** The turn of a key: the one there is, else a new one behind the others. */
  Turn turn(Key key, String prompt) {
    lock.lock();
    try {
      List<Turn> turns = turns();
      Optional<Turn> known =
          turns.stream().filter(turn -> turn.key().equals(key.toString())).findFirst();
      return known.orElseGet(() -> added(turns.size() + 1, key.toString(), prompt));
    } finally {
      lock.unlock();
    }
  }

  private Turn added(int n, String key, String prompt) {
    AtomicFile.write(turn(n).resolve("key"), key);
    AtomicFile.write(turn(n).resolve("prompt"), prompt);
    return new Turn(agent.name(), n, turn(n), clock);
  }

  /**
   * Runs a turn, or takes it up, and waits for its answer.
   *
   * @param waiting called when no slot is free
   */
  String answer(
      Turn turn,
      @Nullable String schema,
      Instant askedAt,
      Duration timeout,
      Duration idle,
      Runnable waiting)
      throws InterruptedException {
    if (!slots.tryAcquire(0, TimeUnit.SECONDS)) {
      waiting.run();
      slots.acquire();
    }
    try {
      boolean fresh = !turn.running() && !turn.over();
      turn.start(spec(turn, schema));
      status(AgentStatus.RUNNING, null);
      String answer = turn.answer(fresh ? clock.instant() : askedAt, timeout, idle);
      status(AgentStatus.DONE, null);
      return answer;
    } catch (AgentFailure e) {
      boolean stopped = e instanceof AgentFailure.AgentEnded;
      status(stopped ? AgentStatus.ABORTED : AgentStatus.ERROR, e.getMessage());
      throw e;
    } finally {
      slots.release();
    }
  }

  private JobSpec spec(Turn turn, @Nullable String schema) {
    var environment = new TreeMap<>(AgentEnvironment.of(host, settings));
    environment.put("CONDUCTOR_RUN", agent.workflowId());
    environment.put("CONDUCTOR_AGENT", agent.name());
    environment.put("CONDUCTOR_TURN", Integer.toString(turn.number()));
    environment.put("CONDUCTOR_PROMPT_FILE", turn.directory().resolve("prompt").toString());
    if (schema != null) {
      Path file = turn.directory().resolve("schema.json");
      AtomicFile.write(file, schema);
      environment.put("CONDUCTOR_SCHEMA_FILE", file.toString());
    }
    return new JobSpec(settings.command(), env.path(), environment, false);
  }

  /** Runs the turns that wait, on a thread of its own, until none is left. */
  void run() {
    lock.lock();
    try {
      if (runner == null && !stopped()) {
        runner = Thread.ofVirtual().name(agent.id()).start(this::runAll);
      }
    } finally {
      lock.unlock();
    }
  }

  private void runAll() {
    try {
      for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
        try {
          answer(
              next.get(),
              null,
              clock.instant(),
              settings.timeout(),
              settings.idleTimeout(),
              () -> {});
        } catch (AgentFailure e) {
          status(AgentStatus.ERROR, e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Turn> next() {
    lock.lock();
    try {
      Optional<Turn> next =
          stopped() ? Optional.empty() : turns().stream().filter(turn -> !turn.over()).findFirst();
      if (next.isEmpty()) {
        runner = null;
        changed.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Where the agent stands. */
  AgentStatus status() {
    lock.lock();
    try {
      List<Turn> turns = turns();
      if (stopped()) {
        return AgentStatus.ABORTED;
      }
      boolean over = turns.stream().allMatch(Turn::over);
      return over && runner == null ? finished(turns) : AgentStatus.RUNNING;
    } finally {
      lock.unlock();
    }
  }

  private AgentStatus finished(List<Turn> turns) {
    if (turns.isEmpty()) {
      return AgentStatus.PENDING;
    }
    return switch (turns.getLast().job().state()) {
      case conductor.process.Job.State.Ended(int code, Instant _) when code == 0 ->
          AgentStatus.DONE;
      default -> AgentStatus.ERROR;
    };
  }

  /** Waits until the status is another one, or the time is over. */
  void awaitChange(AgentStatus from, Duration most) throws InterruptedException {
    lock.lock();
    try {
      long nanos = most.toNanos();
      while (status() == from && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends what runs, for good. */
  void stop() throws InterruptedException {
    AtomicFile.write(directory.resolve("stopped"), "");
    for (Turn turn : turns()) {
      turn.job().end("stopped");
    }
    status(AgentStatus.ABORTED, null);
  }

  /** Lets go of the thread that runs the turns; the turn goes on. */
  void release() {
    lock.lock();
    try {
      if (runner != null) {
        runner.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean stopped() {
    return Files.exists(directory.resolve("stopped"));
  }

  private void status(AgentStatus status, @Nullable String error) {
    lock.lock();
    try {
      record = record.with(status, turns().size(), error, clock.instant());
      AtomicFile.write(
          directory.resolveSibling(agent.name() + ".json"),
          JSON.writeValueAsString(record.json()) + "\n");
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Claims a directory for an agent of this name, or the next free name. */
  static String claim(Path agents, String wanted, String key) {
    try {
      Files.createDirectories(agents);
      int n = 1;
      String name = wanted;
      while (!isClaimed(agents.resolve(name), key)) {
        n++;
        name = wanted + "-" + n;
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + agents + ": " + e.getMessage(), e);
    }
  }

  /** Whether a directory is the key's, or was free. */
  private static boolean isClaimed(Path directory, String key) throws IOException {
    Path claim = directory.resolve("claim");
    if (Files.exists(claim)) {
      return Files.readString(claim).equals(key);
    }
    try {
      Files.createDirectory(directory);
      AtomicFile.write(claim, key);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
