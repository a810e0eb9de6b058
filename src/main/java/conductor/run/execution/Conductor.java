package conductor.run.execution;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.effect.AgentFailure;
import conductor.effect.ForgeFailure;
import conductor.engine.RunListener;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentTypes;
import conductor.handlers.forge.ForgeTracker;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.issue.Tracker;
import conductor.handlers.issue.Vault;
import conductor.handlers.worktree.Preparation;
import conductor.journal.Position;
import conductor.journal.Redactor;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import conductor.script.Finding;
import conductor.script.Library;
import conductor.script.Workflow;
import conductor.state.AtomicFile;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.workflow.CannotStart;
import conductor.workflow.Pinned;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A conductor of one process: prepares runs and takes them up. */
public final class Conductor {

  private final Places places;
  private final Configuration configuration;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Scripts scripts;
  private final RunStore store;
  private final Locks locks = new Locks();
  private final ProjectForges forges;

  public Conductor(
      Places places, Configuration configuration, InstantSource clock, RandomGenerator random) {
    this.places = places;
    this.configuration = configuration;
    this.clock = clock;
    this.random = random;
    this.scripts = new Scripts(places);
    this.store = new RunStore(places.state());
    this.forges = new ProjectForges(places, configuration, locks, this::redactor, clock);
  }

  public Places places() {
    return places;
  }

  Configuration configuration() {
    return configuration;
  }

  Locks locks() {
    return locks;
  }

  public InstantSource clock() {
    return clock;
  }

  RandomGenerator random() {
    return random;
  }

  /** Where pull requests are kept. */
  public ProjectForges forges() {
    return forges;
  }

  /** The issues of the forge that a directory's repository is on. */
  public Tracker tracker(Path directory) {
    return new ForgeTracker(forges, forges.git(directory));
  }

  /** The workflows there are. */
  public Scripts scripts() {
    return scripts;
  }

  /** The runs there are. */
  public RunStore store() {
    return store;
  }

  /** What is replaced in all that is written: the secrets of the environment. */
  Redactor redactor() {
    return Redactor.of(places.environment(), configuration.list("secrets"));
  }

  /** Whether the project's own programs may run. */
  public Trust trust() {
    return new Trust(places);
  }

  /** What makes new worktrees ready to be worked in. */
  Preparation preparation(WorktreeTools tools) {
    return new Preparation(
        tools.inspector(), tools.git(), configuration.command("worktree.setup"), trust());
  }

  /** The agents that a run could use. */
  public AgentCatalog agents() {
    return agents(Optional.empty());
  }

  AgentCatalog agents(Optional<String> pinned) {
    return AgentTypes.of(configuration, places, pinned);
  }

  /**
   * Compiles a workflow, checks its parameters and agents, and makes the directory of its run.
   *
   * @throws CannotStart when there is no such workflow, or an agent it needs
   * @throws conductor.config.NotTrusted when the project brings programs that nobody trusted
   * @throws conductor.script.ScriptErrors when it does not compile or fails its checks
   * @throws conductor.script.BadParameters for wrong parameters
   * @throws conductor.effect.ForgeFailure.ForgeDenied when it opens pull requests and the forge
   *     will not have them
   */
  public RunDirectory prepare(Launch launch) throws InterruptedException {
    return prepare(launch, _ -> {});
  }

  /** The same; what the checks found that does not stop the run is told. */
  public RunDirectory prepare(Launch launch, Consumer<Finding> warnings)
      throws InterruptedException {
    trust().require();
    Scripts.Found found = scripts.find(launch.workflow(), launch.project());
    Workflow workflow = scripts.compile(found);
    workflow.warnings().forEach(warnings);
    Map<String, @Nullable Object> params = workflow.info().check(launch.params());
    needIssue(found, workflow, launch.issue().isPresent());
    String agent = agent(workflow);
    askForge(workflow, launch.project());
    var pinned =
        new Pinned(
            Pinned.FORMAT,
            found.name(),
            found.template(),
            found.shown(),
            launch.project().toAbsolutePath().normalize(),
            agent,
            params,
            launch.issue().orElse(null),
            launch.parent().orElse(null));
    return written(pinned, found.text(), workflow.loaded(), scripts.library(found.file()));
  }

  /**
   * Makes the directory of the run of a session.
   *
   * @param launch its workflow is what the session begins with: a template's name, a file, or empty
   * @throws CannotStart and the others as {@link #prepare}
   */
  public RunDirectory prepare(Launch launch, PinnedSession session) throws InterruptedException {
    RunDirectory run = launch.workflow().isEmpty() ? prepareEmpty(launch) : prepare(launch);
    session.write(run);
    return run;
  }

  private RunDirectory prepareEmpty(Launch launch) {
    trust().require();
    return written(
        new Pinned(
            Pinned.FORMAT,
            "repl",
            null,
            "repl",
            launch.project().toAbsolutePath().normalize(),
            configuration.text("agent").orElse(null),
            new LinkedHashMap<>(launch.params()),
            launch.issue().orElse(null),
            null),
        "",
        List.of(),
        scripts.library(launch.project().resolve("repl")));
  }

  private RunDirectory written(Pinned pinned, String script, List<Path> loaded, Library library) {
    RunDirectory run = store.create(random);
    pinned.write(run.source(), script, loaded, library);
    AtomicFile.write(run.meta(), StateJson.pretty(meta(run, pinned)));
    store.index();
    return run;
  }

  /** Before an agent is paid; a forge that does not answer now may do so when it is needed. */
  private void askForge(Workflow workflow, Path project) throws InterruptedException {
    if (workflow.effects().contains("CreatePR")) {
      isForgeReady(project);
    }
  }

  /**
   * Whether the forge of a directory's repository takes pull requests; false when it would have to
   * be waited for.
   *
   * @throws conductor.effect.ForgeFailure.ForgeDenied when it does not take them
   */
  public boolean isForgeReady(Path project) throws InterruptedException {
    try {
      forges
          .of(
              forges.git(project),
              line -> {
                throw new NotNow();
              })
          .ready();
      return true;
    } catch (NotNow | ForgeFailure.ForgeUnreachable e) {
      return false;
    }
  }

  /** The forge would have to be waited for. */
  private static final class NotNow extends RuntimeException {
    NotNow() {
      super("not now", null, false, false);
    }
  }

  /** The issues of the vault. */
  public Vault vault() {
    return new Vault(places.state().issues(), locks, clock);
  }

  public static void needIssue(Scripts.Found found, Workflow workflow, boolean given) {
    if (workflow.needsIssue() && !given) {
      throw new CannotStart(found.name() + " works on an issue; give one with --issue FILE|ID");
    }
  }

  /** What a run keeps when it goes on with an edited script. */
  Pinned pinned(Scripts.Found edited, Workflow workflow, Pinned before) {
    needIssue(edited, workflow, before.issue() != null);
    return before.with(edited.shown(), before.agent() == null ? agent(workflow) : before.agent());
  }

  /** The default agent, when the workflow needs one; all that it names can be run. */
  private @Nullable String agent(Workflow workflow) {
    try {
      AgentCatalog agents = agents();
      workflow.agentTypes().forEach(agents::settings);
      if (!workflow.usesDefaultAgent()) {
        return configuration.text("agent").orElse(null);
      }
      return agents.settings(agents.defaultType()).type();
    } catch (AgentFailure.AgentUnavailable e) {
      if (workflow.handlesAgents()) {
        return configuration.text("agent").orElse(null);
      }
      throw new CannotStart(String.valueOf(e.getMessage()));
    }
  }

  RunMeta meta(RunDirectory run, Pinned pinned) {
    return meta(run, pinned, clock.instant());
  }

  /** What is known of a run before its journal is read. */
  RunMeta meta(RunDirectory run, Pinned pinned, Instant created) {
    return new RunMeta(
        RunMeta.FORMAT,
        run.id(),
        pinned.name(),
        pinned.template(),
        pinned.file(),
        pinned.project(),
        RunStatus.PENDING,
        null,
        pinned.issue() == null
            ? null
            : new RunMeta.IssueRef(pinned.issue().id(), pinned.issue().title()),
        pinned.params(),
        created,
        created,
        List.of(),
        List.of(),
        null,
        null,
        null,
        pinned.parent());
  }

  /**
   * Takes a run, to execute it.
   *
   * @throws conductor.run.record.OwnedElsewhere when another process executes it
   * @throws CannotStart when it is done or was stopped
   */
  public Execution take(RunDirectory run) {
    return Execution.take(this, run, false);
  }

  /** The same; people decide what becomes of failures, also of those that had ended the run. */
  public Execution takeAsking(RunDirectory run) {
    return Execution.take(this, run, true);
  }

  /**
   * Goes on with an edited script: holds it against the run's journal and, when the change is
   * accepted, drops what it asks for no more. The run is to be taken then.
   *
   * @param edited the script; the run's own file, as it is now, when it is empty
   * @return whether it was accepted
   * @throws CannotStart when the run has ended for good, or the file is gone
   */
  public boolean edit(
      RunDirectory run,
      Optional<Scripts.Edited> edited,
      RunListener listener,
      Predicate<Change> accepts)
      throws InterruptedException {
    return new Edits(this, run, listener).take(edited, accepts);
  }

  /**
   * Starts a new run from the beginning of another one's journal; it is to be taken then.
   *
   * @param at the first position that is not taken over
   * @throws CannotStart when nothing was asked for there, or a worktree's tree was not kept
   */
  public RunDirectory fork(RunDirectory run, Position at) throws InterruptedException {
    return new Forks(this, run).before(at);
  }

  /**
   * Opens a run at its end, to look at.
   *
   * @param refused told of each effect that would have had to be performed
   */
  public Reopened open(RunDirectory run, Consumer<String> refused) {
    return Reopened.open(this, run, refused);
  }

  /** A look at all files of the state directory. */
  public StateCheck stateCheck() {
    return new StateCheck(this);
  }

  /** Where a path that the user gave leads. */
  public Path resolve(String given) {
    return places.directory().resolve(given);
  }
}
