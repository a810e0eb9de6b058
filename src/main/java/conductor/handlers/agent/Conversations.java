package conductor.handlers.agent;

import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentUsage;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.error.Reason;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.people.Gates;
import conductor.journal.Redactor;
import conductor.process.FileChanges;
import conductor.process.Output;
import conductor.process.Screening;
import conductor.state.AtomicFile;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conversations of a run's agents. Safe for use by several threads. */
public final class Conversations implements AutoCloseable {

  private static final int SHOWN = 1 << 20;

  private final RunDirectory run;
  private final AgentCatalog catalog;
  private final Surroundings around;
  private final Map<String, Conversation> open = new HashMap<>();

  /**
   * What conversations need of their host.
   *
   * @param environment agents see a part of it
   * @param redactor knows the secrets that must not be written
   * @param screening what may run in a worktree
   * @param children the run's child runs by now, and theirs
   */
  public record Surroundings(
      Map<String, String> environment,
      Redactor redactor,
      Gates gates,
      AgentLimiter slots,
      FileChanges changes,
      Screening screening,
      Supplier<List<RunDirectory>> children,
      InstantSource clock) {}

  public Conversations(RunDirectory run, AgentCatalog catalog, Surroundings around) {
    this.run = run;
    this.catalog = catalog;
    this.around = around;
  }

  /** Where an agent works and what it is, as {@code agent.json} in its directory keeps it. */
  private record Begun(
      int v,
      @Nullable String name,
      String type,
      @Nullable String envId,
      Path worktree,
      @Nullable String profile,
      @Nullable String model) {
    static final int FORMAT = 1;
  }

  /** What a script asks an agent to be. */
  record Wanted(String name, String type, @Nullable String profile, @Nullable String model) {}

  /**
   * Returns the agent that a key began, one that goes on with work that failed, or a new one.
   *
   * @param failed whether an agent, of the same effect before it was tried again, has to go on that
   *     ended its last turn so
   */
  AgentRef begin(Wanted wanted, Key key, WorktreeEnv env, Predicate<TurnEnd> failed) {
    Optional<String> goesOn =
        Claims.goOn(
            run.agents(),
            wanted.name(),
            key,
            other ->
                isSame(begun(other), wanted, env) && lastEnd(other).filter(failed).isPresent());
    goesOn.ifPresent(other -> Conversation.reopen(directory(other)));
    String name = Claims.claim(run.agents(), wanted.name(), key.toString());
    Path about = about(name);
    if (!Files.exists(about)) {
      var begun =
          new Begun(
              Begun.FORMAT,
              name,
              wanted.type(),
              env.id(),
              env.path(),
              wanted.profile(),
              wanted.model());
      AtomicFile.write(about, StateJson.pretty(begun));
    }
    return ref(name);
  }

  private static boolean isSame(Begun begun, Wanted wanted, WorktreeEnv env) {
    return begun.type().equals(wanted.type())
        && begun.worktree().equals(env.path())
        && Objects.equals(begun.profile(), wanted.profile())
        && Objects.equals(begun.model(), wanted.model());
  }

  private Optional<TurnEnd> lastEnd(String name) {
    List<Turn> all = new Turns(directory(name)).all();
    return all.isEmpty() ? Optional.empty() : all.getLast().end();
  }

  private Path about(String name) {
    return directory(name).resolve("agent.json");
  }

  private Path directory(String name) {
    return run.agent(name);
  }

  /** Returns what an agent is; one of before a fork is taken over when it is first asked for. */
  private Begun begun(String name) {
    if (!Files.exists(about(name))) {
      Forked.of(directory(name)).ifPresent(forked -> takeOver(name, forked));
    }
    return StateJson.read(about(name), Begun.class, Begun.FORMAT);
  }

  private void takeOver(String name, Forked forked) {
    Begun begun = StateJson.parse(forked.about(), Begun.class);
    Protocol protocol = catalog.settings(begun.type(), begun.profile(), begun.model()).protocol();
    if (protocol == null || forked.origin(protocol).isEmpty()) {
      throw new AgentFailure.SessionNotForkable(name, run.id());
    }
    AtomicFile.write(about(name), forked.about());
  }

  private AgentRef ref(String name) {
    Begun begun = begun(name);
    return new AgentRef(run.id() + ":" + name, name, run.id(), begun.envId(), begun.type());
  }

  /** Returns the conversation of an agent that was begun, by this process or an earlier one. */
  synchronized Conversation of(AgentRef agent) {
    return open.computeIfAbsent(agent.name(), _ -> taken(agent));
  }

  private Conversation taken(AgentRef agent) {
    Begun begun = begun(agent.name());
    AgentSettings settings = catalog.settings(begun.type(), begun.profile(), begun.model());
    Path directory = directory(agent.name());
    var drivers = new Drivers(agent, directory, begun.worktree(), settings, around);
    return new Conversation(
        agent,
        directory,
        drivers.driver(),
        settings,
        around.slots(),
        around.redactor()::redact,
        around.clock());
  }

  /** Returns the names of the run's agents. */
  public List<String> names() {
    if (!Files.isDirectory(run.agents())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run.agents())) {
      return files
          .filter(file -> Files.exists(file.resolve("agent.json")))
          .map(Conversations::name)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + run.agents() + ": " + Reason.of(e), e);
    }
  }

  /** Returns the name of the agent whose directory this is. */
  public static String name(Path directory) {
    String name =
        StateJson.find(directory.resolve("agent.json"), Begun.class, Begun.FORMAT)
            .map(Begun::name)
            .orElse(null);
    return name == null ? directory.getFileName().toString() : name;
  }

  /** Says something to an agent: once, however often it is called with a key. */
  public void deliver(String name, String message, Key key) {
    of(ref(name)).say(key, message);
  }

  /** Cancels the turn that an agent is in. */
  public void cancel(String name) throws InterruptedException {
    of(ref(name)).cancelTurn();
  }

  /** Ends one agent. */
  public void stop(String name) throws InterruptedException {
    of(ref(name)).stop();
  }

  /** Ends every agent of the run that still runs. */
  public void endAll() throws InterruptedException {
    for (String name : names()) {
      Conversation conversation = of(ref(name));
      if (new Turns(directory(name)).all().stream().allMatch(Turn::over)) {
        conversation.end();
      } else {
        conversation.stop();
      }
    }
  }

  /** Cancels the turns that are under way, to be gone on with when the run is resumed. */
  public void interrupt() throws InterruptedException {
    for (Conversation conversation : opened()) {
      conversation.interrupt();
    }
  }

  private synchronized List<Conversation> opened() {
    return List.copyOf(open.values());
  }

  /** Leaves all agents to go on by themselves. */
  public void release() throws InterruptedException {
    for (Conversation conversation : opened()) {
      conversation.release();
    }
  }

  /** Returns the last lines of all that an agent said. */
  String output(AgentRef agent, int lines) {
    var all = new ArrayList<String>();
    for (Path file : Outputs.of(directory(agent.name()))) {
      new Output(file)
          .tail(SHOWN)
          .lines()
          .filter(line -> !Outputs.isDiff(file, line))
          .forEach(all::add);
    }
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  /** Returns what the agents of the run and of its child runs have used. */
  AgentUsage used() {
    return Stream.concat(Stream.of(run), around.children().get().stream())
        .flatMap(one -> AgentStatusFile.used(one.agents()).stream())
        .reduce(AgentUsage.NONE, AgentUsage::plus);
  }

  /** Returns where the answer of a turn can be read whole. */
  Path log(AgentRef agent) {
    List<Path> files = Outputs.of(directory(agent.name()));
    return files.isEmpty() ? directory(agent.name()) : files.getLast();
  }

  @Override
  public void close() {
    around.changes().close();
  }
}
