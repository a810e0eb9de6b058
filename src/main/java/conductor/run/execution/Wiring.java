package conductor.run.execution;

import conductor.config.BadConfiguration;
import conductor.config.Configuration;
import conductor.config.Setting;
import conductor.effect.AgentEffect;
import conductor.effect.Coercion;
import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.FileEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.IssueEffect;
import conductor.effect.OnFailure;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.ReportEffect;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Parking;
import conductor.engine.handler.Secrets;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.agent.AgentHandler;
import conductor.handlers.agent.AgentLimiter;
import conductor.handlers.agent.CheckoutUse;
import conductor.handlers.agent.Conversations;
import conductor.handlers.forge.ForgeHandler;
import conductor.handlers.forge.ForgeTracker;
import conductor.handlers.forge.Pace;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.GitJobs;
import conductor.handlers.git.Remotes;
import conductor.handlers.issue.IssueHandler;
import conductor.handlers.issue.ProposedIssues;
import conductor.handlers.issue.Vault;
import conductor.handlers.machine.CommandHandler;
import conductor.handlers.machine.FileHandler;
import conductor.handlers.machine.RecordedHandler;
import conductor.handlers.people.Gates;
import conductor.handlers.people.ParkedFailures;
import conductor.handlers.people.PeopleHandler;
import conductor.handlers.worktree.BranchPrefix;
import conductor.handlers.worktree.Commits;
import conductor.handlers.worktree.ConflictResolver;
import conductor.handlers.worktree.GitHandler;
import conductor.handlers.worktree.Preparation;
import conductor.handlers.worktree.Pushes;
import conductor.handlers.worktree.SnapshottingHandler;
import conductor.handlers.worktree.Targets;
import conductor.handlers.worktree.WorktreeHandler;
import conductor.process.FileChanges;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.workflow.Pinned;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Creates the handlers of one run, with the gates, conversations and worktree tools that they
 * share.
 */
final class Wiring {

  private final Host host;
  private final RunDirectory run;
  private final Pinned pinned;
  private final ChildRuns.Starter starter;
  private final FileChanges changes;
  private final Gates gates;
  private final Conversations conversations;
  private final WorktreeTools tools;

  Wiring(Host host, RunDirectory run, Pinned pinned, ChildRuns.Starter starter) {
    this.host = host;
    this.run = run;
    this.pinned = pinned;
    this.starter = starter;
    this.changes = new FileChanges();
    this.gates = new Gates();
    this.conversations = new Conversations(run, catalog(), surroundings());
    this.tools =
        WorktreeTools.of(
            host.state(), host.locks(), host.clock(), host.forges().git(pinned.project()));
  }

  private Conversations.Context surroundings() {
    return new Conversations.Context(
        host.environment(),
        host.secrets(),
        gates,
        slots(),
        changes,
        host.trust(),
        () -> children(run),
        host.clock());
  }

  private List<RunDirectory> children(RunDirectory parent) {
    return new RunStore(host.state())
        .all().stream()
            .filter(meta -> meta.parent() != null && meta.parent().startsWith(parent.id() + " "))
            .map(meta -> host.state().run(meta.id()))
            .flatMap(child -> Stream.concat(Stream.of(child), children(child).stream()))
            .toList();
  }

  private CheckoutUse checkouts() {
    return new CheckoutUse(host.state().checkouts(), host.locks(), run);
  }

  private AgentLimiter slots() {
    Configuration configuration = host.configuration();
    var types = new TreeMap<String, Integer>();
    for (String type : configuration.names("caps.types")) {
      configuration.places("caps.types." + type).ifPresent(most -> types.put(type, most));
    }
    return new AgentLimiter(
        host.state().slots(),
        host.locks(),
        changes,
        configuration.places("caps.agents").orElse(Runtime.getRuntime().availableProcessors()),
        types);
  }

  private AgentCatalog catalog() {
    return host.agents(Optional.ofNullable(pinned.agent()));
  }

  Gates gates() {
    return gates;
  }

  /** Returns what decides about failures: people about all of them, when they are asked. */
  Parking parking(boolean asks) {
    Optional<Setting> setting = host.configuration().setting("on_failure");
    OnFailure usual = setting.map(Wiring::onFailure).orElse(OnFailure.FAIL);
    return new ParkedFailures(gates, asks || usual == OnFailure.PARK);
  }

  private static OnFailure onFailure(Setting setting) {
    try {
      return (OnFailure) Coercion.to(OnFailure.class, String.valueOf(setting.value()));
    } catch (IllegalArgumentException e) {
      throw new BadConfiguration(
          "%s: on_failure must be 'fail' or 'park', found '%s'"
              .formatted(setting.origin(), setting.value()));
    }
  }

  Conversations conversations() {
    return conversations;
  }

  Handlers handlers() {
    Path project = pinned.project();
    var clock = host.clock();
    ProjectForges forges = host.forges();
    var jobs = new GitJobs(run.git(), changes);
    var commits = new Commits(tools.inspector(), jobs, host.secrets());
    CommandHandler commands = commands(project);
    var pushes = new Pushes(commits, jobs);
    var remotes = new Remotes();
    var targets = new Targets(remotes, tools.worktrees());
    var agents = new AgentHandler(catalog(), conversations, checkouts(), project, clock);
    var worktrees = new WorktreeHandler(parts(jobs, remotes, targets), commits, resolver(agents));
    return Handlers.none()
        .with(WorktreeEffect.class, kept(worktrees))
        .with(GitEffect.class, kept(new GitHandler(commits, pushes, commands)))
        .with(ForgeEffect.class, kept(pulls(commits, pushes, targets)))
        .with(
            IssueEffect.class,
            new IssueHandler(vault(), new ForgeTracker(forges, forges.git(project))))
        .with(AgentEffect.class, kept(agents))
        .with(CommandEffect.class, kept(commands))
        .with(
            FileEffect.class,
            kept(new FileHandler(new Secrets(host.environment()), run.artifacts())))
        .with(PeopleEffect.class, new PeopleHandler(gates, clock))
        .with(
            RecordedEffect.class,
            new RecordedHandler(clock, host.random(), host.environment(), host.secrets()::isSecret))
        .with(ReportEffect.class, new Reporting(host, run))
        .with(
            WorkflowEffect.class,
            new ChildRuns(
                run, project, Optional.ofNullable(pinned.issue()), host.state(), starter));
  }

  private ForgeHandler pulls(Commits commits, Pushes pushes, Targets targets) {
    return new ForgeHandler(
        host.forges(),
        commits,
        pushes,
        targets,
        tools.git(),
        run.pulls(),
        new ProposedIssues(vault(), Optional.ofNullable(pinned.issue())),
        Pace.usual(),
        host.clock());
  }

  private Vault vault() {
    return new Vault(host.state().issues(), host.locks(), host.clock());
  }

  private WorktreeHandler.Parts parts(GitJobs jobs, Remotes remotes, Targets targets) {
    String prefix = host.configuration().text("worktree.branch_prefix").orElse("conductor");
    return new WorktreeHandler.Parts(
        tools.worktrees(),
        tools.branches(),
        new BranchPrefix(prefix, remotes, tools.worktrees()),
        preparation(),
        tools.trees(),
        tools.inspector(),
        remotes,
        targets,
        host.forges()::proposalRemote,
        tools.git(),
        jobs,
        pinned.name(),
        pinned.project(),
        host.clock());
  }

  private Preparation preparation() {
    return tools.preparation(host.configuration(), host.trust());
  }

  /** Recreates the worktrees of the run whose directories are gone, with a line for each. */
  void restoreWorktrees(List<WorktreeEnv> envs, Consumer<String> say) throws InterruptedException {
    new LostWorktrees(tools, preparation(), pinned.project()).restore(run.id(), envs, say);
  }

  /** Keeps the trees of worktrees after each effect, so that the run can be forked. */
  private <E extends Effect<?>> SnapshottingHandler<E> kept(Handler<E> handler) {
    return new SnapshottingHandler<>(handler, tools.trees(), tools.worktrees());
  }

  private CommandHandler commands(Path project) {
    var environment = new TreeMap<>(host.forges().environment());
    environment.put("CONDUCTOR_RUN", run.id());
    return new CommandHandler(run.commands(), project, environment, gates, changes, host.clock());
  }

  private static ConflictResolver resolver(AgentHandler agents) {
    return (call, merged, who, files) ->
        agents.turn(
            "merge-" + merged.id(),
            who,
            merged,
            """
            Merging branches left conflicts in these files: %s
            Resolve each conflict so that the intent of both sides is kept, and remove every conflict marker.
            Where there are no markers, as in a binary file or one that was changed on one side and deleted on
            the other, decide which content is right and say so with 'git add FILE' or 'git rm FILE'.
            Do not commit.
            """
                .formatted(String.join(", ", files)),
            call);
  }
}
