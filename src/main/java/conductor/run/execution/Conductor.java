package conductor.run.execution;

import conductor.config.Configuration;
import conductor.config.Places;
import conductor.config.Trust;
import conductor.engine.RunListener;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.forge.ForgeTracker;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.issue.Tracker;
import conductor.handlers.issue.Vault;
import conductor.journal.Position;
import conductor.run.record.RunStore;
import conductor.script.Finding;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A conductor of one process: what commands prepare, take up, edit, fork and look at runs by. It is
 * where all that runs are made of is put together; nothing of it asks it for anything.
 */
public final class Conductor {

  private final Host host;
  private final Scripts scripts;
  private final RunStore store;
  private final NewRuns newRuns;
  private final Executions executions;

  public Conductor(
      Places places, Configuration configuration, InstantSource clock, RandomGenerator random) {
    this.host = Host.of(places, configuration, clock, random);
    this.scripts = new Scripts(places);
    this.store = new RunStore(places.state());
    this.newRuns = new NewRuns(host, scripts, store);
    this.executions = new Executions(host, scripts, newRuns);
  }

  public Places places() {
    return host.places();
  }

  public InstantSource clock() {
    return host.clock();
  }

  /** Returns where pull requests are kept. */
  public ProjectForges forges() {
    return host.forges();
  }

  /** Returns the issues of the forge that a directory's repository is on. */
  public Tracker tracker(Path directory) {
    return new ForgeTracker(host.forges(), host.forges().git(directory));
  }

  /** Returns the issues of the vault. */
  public Vault vault() {
    return new Vault(host.state().issues(), host.locks(), host.clock());
  }

  /** The workflows there are. */
  public Scripts scripts() {
    return scripts;
  }

  /** The runs there are. */
  public RunStore store() {
    return store;
  }

  /** Returns whether the project's own programs may run. */
  public Trust trust() {
    return host.trust();
  }

  /** Returns the agents that a run could use. */
  public AgentCatalog agents() {
    return host.agents(Optional.empty());
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
    return newRuns.prepare(launch, warnings);
  }

  /**
   * Makes the directory of the run of a session.
   *
   * @param launch its workflow is what the session begins with: a template's name, a file, or empty
   * @throws CannotStart and the others as {@link #prepare}
   */
  public RunDirectory prepare(Launch launch, PinnedSession session) throws InterruptedException {
    return newRuns.prepare(launch, session);
  }

  /**
   * Returns whether the forge of a directory's repository takes pull requests; false when it would
   * have to be waited for.
   *
   * @throws conductor.effect.ForgeFailure.ForgeDenied when it does not take them
   */
  public boolean isForgeReady(Path project) throws InterruptedException {
    return newRuns.isForgeReady(project);
  }

  /**
   * Takes a run, to execute it.
   *
   * @throws conductor.run.record.OwnedElsewhere when another process executes it
   * @throws CannotStart when it is done or was stopped
   */
  public Execution take(RunDirectory run) {
    return executions.take(run, false);
  }

  /** The same; people decide what becomes of failures, also of those that had ended the run. */
  public Execution takeAsking(RunDirectory run) {
    return executions.take(run, true);
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
    return new Edits(host, scripts, newRuns, executions, listener).take(run, edited, accepts);
  }

  /**
   * Starts a new run from the beginning of another one's journal; it is to be taken then.
   *
   * @param at the first position that is not taken over
   * @throws CannotStart when nothing was asked for there, or a worktree's tree was not kept
   */
  public RunDirectory fork(RunDirectory run, Position at) throws InterruptedException {
    return new Forks(host, store, run).before(at);
  }

  /**
   * Opens a run at its end, to look at.
   *
   * @param refused told of each effect that would have had to be performed
   */
  public Reopened open(RunDirectory run, Consumer<String> refused) {
    return Reopened.open(scripts, run, host.secrets(), host.clock(), refused);
  }

  /** Returns a look at all files of the state directory. */
  public StateCheck stateCheck() {
    return new StateCheck(host.state(), store, host.clock(), host::secrets);
  }

  /** Returns where a path that the user gave leads. */
  public Path resolve(String given) {
    return host.places().directory().resolve(given);
  }
}
