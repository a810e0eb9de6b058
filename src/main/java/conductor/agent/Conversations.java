package conductor.agent;

import conductor.effect.AgentRef;
import conductor.effect.WorktreeEnv;
import conductor.handler.Key;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** The conversations of a run's agents. Safe for use by several threads. */
public final class Conversations {

  private final RunDirectory run;
  private final AgentCatalog catalog;
  private final Map<String, String> host;
  private final InstantSource clock;
  private final Semaphore slots;
  private final Map<String, Conversation> open = new HashMap<>();

  /**
   * @param host the environment that agents see a part of
   * @param most how many agents of this process run at once
   */
  public Conversations(
      RunDirectory run,
      AgentCatalog catalog,
      Map<String, String> host,
      InstantSource clock,
      int most) {
    this.run = run;
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.slots = new Semaphore(most, true);
  }

  /** The agent that a key began, or a new one. */
  AgentRef begin(String wanted, String key, WorktreeEnv env, AgentSettings settings) {
    String name = Conversation.claim(run.agents(), wanted, key);
    var agent = new AgentRef(run.id() + ":" + name, name, run.id(), env.id(), settings.type());
    Path about = run.agents().resolve(name).resolve("agent");
    if (!Files.exists(about)) {
      AtomicFile.write(about, settings.type() + "\n" + env.id() + "\n" + env.path() + "\n");
    }
    return agent;
  }

  /** The conversation of an agent that was begun, by this process or an earlier one. */
  synchronized Conversation of(AgentRef agent) {
    return open.computeIfAbsent(agent.name(), name -> taken(agent));
  }

  private Conversation taken(AgentRef agent) {
    List<String> about = about(agent.name());
    var env =
        new WorktreeEnv(
            about.get(1), Path.of(about.get(2)), "", null, "", null, Path.of("/"), Instant.EPOCH);
    return new Conversation(
        agent,
        run.agents().resolve(agent.name()),
        env,
        catalog.settings(about.get(0)),
        host,
        clock,
        slots);
  }

  private List<String> about(String name) {
    Path file = run.agents().resolve(name).resolve("agent");
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private AgentRef ref(String name) {
    List<String> about = about(name);
    return new AgentRef(run.id() + ":" + name, name, run.id(), about.get(1), about.get(0));
  }

  /** The names of the run's agents. */
  public List<String> names() {
    if (!Files.isDirectory(run.agents())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run.agents())) {
      return files
          .filter(file -> Files.exists(file.resolve("agent")))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + run.agents() + ": " + e.getMessage(), e);
    }
  }

  /** Says something to an agent: once, however often it is called with a key. */
  public void deliver(String name, String message, Key key) {
    Conversation conversation = of(ref(name));
    conversation.turn(key, message);
    conversation.run();
  }

  /** Ends one agent. */
  public void stop(String name) throws InterruptedException {
    of(ref(name)).stop();
  }

  /** Ends every agent of the run that still runs. */
  public void endAll() throws InterruptedException {
    for (String name : names()) {
      Conversation conversation = of(ref(name));
      boolean running = conversation.turns().stream().anyMatch(turn -> !turn.over());
      if (running) {
        conversation.stop();
      }
    }
  }

  /** Leaves all agents to go on by themselves. */
  public synchronized void release() {
    open.values().forEach(Conversation::release);
  }

  /** The last lines of all that an agent said. */
  String output(AgentRef agent, int lines) {
    var all = new ArrayList<String>();
    for (Turn turn : of(agent).turns()) {
      turn.job().out().tail(1 << 20).lines().forEach(all::add);
    }
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }
}
