package conductor.handlers.agent;

import conductor.effect.AgentChoice;
import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.effect.AgentTurn;
import conductor.effect.AgentUsage;
import conductor.effect.FileFailure;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.people.Gates;
import conductor.journal.Redactor;
import conductor.process.FileChanges;
import conductor.process.Output;
import conductor.process.Screening;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
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

/**
 * The conversations with the agents of a run, by the agents' names. Safe for use by several
 * threads.
 */
public final class Conversations implements AutoCloseable {

  private static final int SHOWN = 1 << 20;

  private final RunDirectory run;
  private final AgentCatalog catalog;
  private final Context context;
  private final Map<String, Conversation> open = new HashMap<>();
  private final BackgroundAgents background;

  /**
   * The parts of the host that conversations need.
   *
   * @param environment the host's environment, of which agents get a part
   * @param redactor replaces the secrets that must not be written
   * @param screening checks what may run in a worktree
   * @param children supplies the directories of the run's child runs and of their child runs
   */
  public record Context(
      Map<String, String> environment,
      Redactor redactor,
      Gates gates,
      AgentLimiter slots,
      FileChanges changes,
      Screening screening,
      Supplier<List<RunDirectory>> children,
      InstantSource clock) {}

  public Conversations(RunDirectory run, AgentCatalog catalog, Context context) {
    this.run = run;
    this.catalog = catalog;
    this.context = context;
    this.background = new BackgroundAgents(run);
  }

  /**
   * The agent that a script asks for.
   *
   * @param who its type, which is given, and settings
   * @param dir the directory of the worktree that it starts in; null for the top
   * @param shared whether other shared agents may work in the worktree at the same time
   * @param background whether it goes on while no effect waits for it
   */
  record Wanted(
      String name, AgentChoice who, @Nullable String dir, boolean shared, boolean background) {}

  /**
   * Returns the agent of a key: the one that the key began, else the agent of the failed effect
   * that the key retries, else a new one.
   *
   * @param failed whether an agent whose last turn ended in this way is to continue in a retry
   * @throws conductor.effect.FileFailure when there is no directory that the new agent may start in
   */
  AgentRef begin(Wanted wanted, Key key, WorktreeEnv env, Predicate<TurnEnd> failed) {
    Optional<String> goesOn =
        AgentDirectories.goOn(
            run.agents(),
            wanted.name(),
            key,
            other ->
                isSame(begun(other), wanted, env) && lastEnd(other).filter(failed).isPresent());
    goesOn.ifPresent(other -> Conversation.reopen(directory(other)));
    String name = AgentDirectories.claim(run.agents(), wanted.name(), key.toString());
    if (!Files.exists(about(name))) {
      write(
          new AgentSetup(
              AgentSetup.FORMAT,
              name,
              Objects.requireNonNull(wanted.who().agent()),
              env.id(),
              env.path(),
              null,
              null,
              wanted.dir(),
              wanted.shared(),
              wanted.background(),
              wanted.who(),
              env.checkout()));
    }
    return ref(name);
  }

  private void write(AgentSetup begun) {
    String name = Objects.requireNonNull(begun.name());
    try {
      var _ = begun.place().existing();
    } catch (FileFailure e) {
      FileTree.delete(directory(name)); // for the retry's agent
      throw e;
    }
    AtomicFile.write(about(name), StateJson.pretty(begun));
    background.add(begun);
  }

  /** Deletes what is kept of an agent that has no turns yet. */
  void forgetNew(AgentRef agent) {
    if (new Turns(directory(agent.name())).all().isEmpty()) {
      FileTree.delete(directory(agent.name()));
    }
  }

  private static boolean isSame(AgentSetup begun, Wanted wanted, WorktreeEnv env) {
    return begun.choice().equals(wanted.who())
        && begun.worktree().equals(env.path())
        && Objects.equals(begun.dir(), wanted.dir());
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

  /**
   * Returns the record of an agent. An agent of the run that this run was forked from is taken over
   * when it is first asked for.
   */
  private AgentSetup begun(String name) {
    if (!Files.exists(about(name))) {
      Forked.of(directory(name)).ifPresent(forked -> takeOver(name, forked));
    }
    return StateJson.read(about(name), AgentSetup.class, AgentSetup.FORMAT);
  }

  private void takeOver(String name, Forked forked) {
    AgentSetup begun = StateJson.parse(forked.about(), AgentSetup.class);
    Protocol protocol = catalog.settings(begun.choice()).protocol();
    if (protocol == null || forked.origin(protocol).isEmpty()) {
      throw new AgentFailure.SessionNotForkable(name, run.id());
    }
    AtomicFile.write(about(name), forked.about());
    background.add(begun);
  }

  /**
   * Returns the agent of a key that goes on with a copy of another one's conversation.
   *
   * @throws AgentFailure.SessionNotForkable when there is no session, or none that can be copied
   */
  AgentRef fork(AgentRef agent, String wanted, Key key) {
    AgentSetup begun = begun(agent.name());
    Protocol protocol = catalog.settings(begun.choice()).protocol();
    Forked copy = Forked.whole(directory(agent.name()));
    if (protocol == null || copy.origin(protocol).isEmpty()) {
      throw new AgentFailure.SessionNotForkable(agent.name(), run.id());
    }
    String name = AgentDirectories.claim(run.agents(), wanted, key.toString());
    if (!Files.exists(about(name))) {
      copy.copyTo(directory(name));
      AgentSetup copied = begun.forked(name);
      AtomicFile.write(about(name), StateJson.pretty(copied));
      background.add(copied);
    }
    return ref(name);
  }

  /** Returns the run's agents that work in a worktree without an effect that waits for them. */
  List<AgentSetup> working(Path worktree) {
    return background.working(worktree);
  }

  /** Returns how an agent was started; empty when that is not known here. */
  Optional<AgentSetup> setup(AgentRef agent) {
    Path directory = directory(agent.name());
    return AgentSetup.in(directory)
        .or(() ->
            Forked.of(directory).map(forked -> StateJson.parse(forked.about(), AgentSetup.class)));
  }

  /** Returns whether an agent was begun for a key, under a name or the next free ones. */
  boolean hasBegun(String wanted, Key key) {
    return AgentDirectories.find(run.agents(), wanted, key).isPresent();
  }

  /** Returns whether an agent has a turn of the effect of a key. */
  boolean hasTurn(AgentRef agent, Key key) {
    return new Turns(directory(agent.name()))
        .all().stream().anyMatch(turn -> key.covers(turn.request().key()));
  }

  /** Returns the last turns of an agent, so many; all when it is null. */
  List<AgentTurn> turns(AgentRef agent, @Nullable Integer last) {
    List<AgentTurn> turns =
        new Turns(directory(agent.name())).all().stream().map(Turn::described).toList();
    return last == null ? turns : turns.subList(Math.max(0, turns.size() - last), turns.size());
  }

  /** Returns the id of the agent of a name. */
  String id(String name) {
    return run.id() + ":" + name;
  }

  AgentEvents events(AgentRef agent) {
    return new AgentEvents(directory(agent.name()));
  }

  private AgentRef ref(String name) {
    AgentSetup begun = begun(name);
    return new AgentRef(id(name), name, run.id(), begun.envId(), begun.type());
  }

  /** Returns the conversation with an agent that this or an earlier process began. */
  synchronized Conversation of(AgentRef agent) {
    return open.computeIfAbsent(agent.name(), _ -> taken(agent));
  }

  private Conversation taken(AgentRef agent) {
    AgentSetup begun = begun(agent.name());
    AgentSettings settings = catalog.settings(begun.choice());
    Path directory = directory(agent.name());
    return new Conversation(
        agent,
        directory,
        new Drivers(agent, directory, begun.place(), settings, context).driver(),
        settings,
        context);
  }

  public List<String> names() {
    return FileTree.in(run.agents()).stream()
        .filter(file -> Files.exists(file.resolve("agent.json")))
        .map(Conversations::name)
        .sorted()
        .toList();
  }

  public static String name(Path directory) {
    return AgentSetup.in(directory)
        .map(AgentSetup::name)
        .orElseGet(() -> directory.getFileName().toString());
  }

  /** Sends a message to an agent, once for each key, however often it is called. */
  public void deliver(String name, String message, Key key) {
    of(ref(name)).say(key, message);
  }

  public void cancel(String name) throws InterruptedException {
    of(ref(name)).cancelTurn();
  }

  public void stop(String name) throws InterruptedException {
    of(ref(name)).stop();
  }

  /** Stops every agent that has open turns, and ends the idle processes of the others. */
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

  /** Cancels the running turns, so that they continue when the run is resumed. */
  public void interrupt() throws InterruptedException {
    for (Conversation conversation : opened()) {
      conversation.interrupt();
    }
  }

  private synchronized List<Conversation> opened() {
    return List.copyOf(open.values());
  }

  /** Detaches from all agents; their processes continue. */
  public void release() throws InterruptedException {
    for (Conversation conversation : opened()) {
      conversation.release();
    }
  }

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

  AgentUsage used() {
    return Stream.concat(Stream.of(run), context.children().get().stream())
        .map(one -> AgentStatusFile.used(one.agents()))
        .reduce(AgentUsage.NONE, AgentUsage::plus);
  }

  /** Returns the newest output file of an agent; its directory when there is none. */
  Path log(AgentRef agent) {
    List<Path> files = Outputs.of(directory(agent.name()));
    return files.isEmpty() ? directory(agent.name()) : files.getLast();
  }

  @Override
  public void close() {
    context.changes().close();
  }
}
