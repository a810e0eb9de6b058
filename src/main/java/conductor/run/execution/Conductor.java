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
import conductor.journal.Redactor;
import conductor.run.record.RunStore;
import conductor.script.Finding;
import conductor.script.Workflow;
import conductor.state.Locks;
import conductor.state.RunDirectory;
import conductor.workflow.CannotStart;
import conductor.workflow.PinnedSession;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives commands all that they do with runs: prepare, take, edit, fork and open them. Creates the
 * objects that runs consist of, once per process; none of them depends on this class.
 */
public final class Conductor {

  private final Host host;
  private final Scripts scripts;
  private final RunStore store;
  private final NewRuns newRuns;
  private final Executions executions;

  public Conductor(
      Places places,
      Configuration configuration,
      Locks locks,
      InstantSource clock,
      RandomGenerator random) {
    this.host = Host.of(places, configuration, locks, clock, random);
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

  public ProjectForges forges() {
    return host.forges();
  }

  /** Returns the issues of the forge that a directory's repository is on. */
  public Tracker tracker(Path directory) {
    return new ForgeTracker(host.forges(), host.forges().git(directory));
  }

  public Vault vault() {
    return new Vault(host.state().issues(), host.locks(), host.clock());
  }

  public Scripts scripts() {
    return scripts;
  }

  public RunStore store() {
    return store;
  }

  public Trust trust() {
    return host.trust();
  }

  /** Returns the agents that a run can use. */
  public AgentCatalog agents() {
    return host.agents(Optional.empty());
  }

  /**
   * Compiles a workflow, checks its parameters and agents, and creates the directory of its run.
   *
   * @throws CannotStart when there is no such workflow, or an agent it needs
   * @throws conductor.config.NotTrusted when the project brings programs that nobody trusted
   * @throws conductor.script.ScriptErrors when it does not compile or fails its checks
   * @throws conductor.script.BadParameters for wrong parameters
   * @throws conductor.effect.ForgeFailure.ForgeDenied when it opens pull requests and the forge
   *     does not accept them
   */
  public RunDirectory prepare(RunRequest launch) throws InterruptedException {
    return prepare(launch, _ -> {});
  }

  /** Prepares a run like {@link #prepare(Launch)}, and passes the warnings of the checks on. */
  public RunDirectory prepare(RunRequest launch, Consumer<Finding> warnings)
      throws InterruptedException {
    return newRuns.prepare(launch, warnings);
  }

  /** Returns the parameters that a run would start with: those given, and the configuration's. */
  public Map<String, @Nullable Object> params(Workflow workflow, RunRequest launch) {
    return newRuns.params(workflow, launch);
  }

  /**
   * Creates the directory of a session's run.
   *
   * @param launch its workflow is what the session begins with: a template's name, a file, or empty
   * @throws CannotStart and the others like {@link #prepare(Launch)}
   */
  public RunDirectory prepare(RunRequest launch, PinnedSession session)
      throws InterruptedException {
    return newRuns.prepare(launch, session);
  }

  /**
   * Returns whether the forge of a directory's repository accepts pull requests; false when it does
   * not answer at once.
   *
   * @throws conductor.effect.ForgeFailure.ForgeDenied when it does not accept them
   */
  public boolean isForgeReady(Path project) throws InterruptedException {
    return newRuns.isForgeReady(project);
  }

  /**
   * Takes a run to execute it.
   *
   * @throws conductor.run.record.OwnedElsewhere when another process executes it
   * @throws CannotStart when it is done or was stopped
   */
  public Execution take(RunDirectory run) {
    return executions.acquire(run, false);
  }

  /**
   * Takes a run like {@link #take}, such that people decide about failures, also about those that
   * had ended the run.
   */
  public Execution takeAsking(RunDirectory run) {
    return executions.acquire(run, true);
  }

  /**
   * Replaces a run's script or parameters: replays the journal with them and, when the change is
   * accepted, drops the records that are no longer asked for. Executes nothing; the run is to be
   * taken afterwards.
   *
   * @param accepts decides about the change
   * @return whether the change was accepted
   * @throws CannotStart when the run has ended for good, or there is no such file
   * @throws conductor.script.BadParameters when the script does not take the parameters
   */
  public boolean edit(
      RunDirectory run, Revision revision, RunListener listener, Predicate<ScriptChange> accepts)
      throws InterruptedException {
    return new Edits(host, scripts, newRuns, executions, listener).take(run, revision, accepts);
  }

  /**
   * Creates a new run from the start of another run's journal. Executes nothing; the run is to be
   * taken afterwards.
   *
   * @param at the first position that is not copied
   * @throws CannotStart when nothing was asked for there, or a worktree's tree was not kept
   */
  public RunDirectory fork(RunDirectory run, Position at) throws InterruptedException {
    return new Forks(host, store, run).before(at);
  }

  /**
   * Creates a session that goes on where another one asks for its next line, as {@link #fork} does.
   */
  public RunDirectory forkSession(RunDirectory run) throws InterruptedException {
    return new Forks(host, store, run).now();
  }

  /**
   * Opens a run to look into it; what is performed there is performed in a fork.
   *
   * @param at the first position that is not looked at; empty for the run's end by now
   * @param say takes a line for each effect before which the run stands, and about the fork
   * @throws CannotStart when nothing was asked for there
   */
  public Reopened open(RunDirectory run, Optional<Position> at, Consumer<String> say) {
    return Reopened.open(host, scripts, store, run, at, say);
  }

  /** Returns the redactor that replaces known secrets in all that is shown to others. */
  public Redactor secrets() {
    return host.secrets();
  }

  /** Writes all files of a run into a ZIP file, without the secrets that are known now. */
  public void export(RunDirectory run, Path file) {
    new RunArchive(run, host.secrets()).write(file);
  }

  public StateCheck stateCheck() {
    return new StateCheck(host.state(), store, host.clock(), host::secrets);
  }

  /** Resolves a path that the user gave against the current directory. */
  public Path resolve(String given) {
    return host.places().directory().resolve(given);
  }
}
