package conductor.plan;

import conductor.effect.AgentEffect;
import conductor.effect.AgentFailure;
import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.GitFailure;
import conductor.effect.Program;
import conductor.effect.WorktreeEffect;
import conductor.engine.RunResult;
import conductor.error.Reason;
import conductor.handlers.agent.AgentCatalog;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.journal.Entry;
import conductor.plan.Forecast.Check;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.script.Workflow;
import conductor.script.YieldSite;
import conductor.simulation.Asked;
import conductor.simulation.Stubs;
import conductor.simulation.TypicalHandler;
import conductor.state.FileTree;
import conductor.workflow.CannotStart;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans workflows: runs them with made-up answers, and looks whether a real run could work. */
public final class Plans {

  private final Conductor conductor;

  public Plans(Conductor conductor) {
    this.conductor = conductor;
  }

  /**
   * The options of planning.
   *
   * @param stubs the answers that the user gives
   * @param steps the largest number of effects
   * @param schema reads an output format that is text or a file
   */
  public record Wish(Stubs stubs, int steps, Function<Object, @Nullable Object> schema) {}

  /**
   * Plans a workflow and checks what a run of it needs.
   *
   * @throws CannotStart when there is no such workflow, or it needs an issue
   * @throws conductor.config.NotTrusted when the project brings programs that nobody trusted
   * @throws conductor.script.ScriptErrors when it does not compile or fails its checks
   * @throws conductor.script.BadParameters for wrong parameters
   */
  public Forecast forecast(RunRequest launch, Wish wish) throws InterruptedException {
    conductor.trust().require();
    Scripts.Found found = conductor.scripts().find(launch.workflow(), launch.project());
    Workflow workflow = conductor.scripts().compile(found);
    check(wish.stubs(), workflow);
    found.mustHaveIssue(workflow, launch.issue().isPresent());
    Program program = workflow.program(launch.params(), launch.issue().orElse(null));
    Optional<Repository> repository = repository(launch.project());
    var planning = new Planning(wish, base(repository));
    var children = new ChildPlans(conductor, launch.project(), launch.issue(), planning, 0);
    Plan plan = planning.of(found.name(), workflow, program, children);
    var checks = new ArrayList<>(planning.refused);
    checks.addAll(checks(plan, launch.project(), repository));
    return forecast(found.name(), plan, checks, planning.unforeseen);
  }

  /** Plans a workflow and those that it runs, and collects what was found. */
  private final class Planning implements ChildPlans.Planning {

    private final Wish wish;
    private final String base;
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Check> refused = new CopyOnWriteArrayList<>();
    private final List<YieldSite> unforeseen = new CopyOnWriteArrayList<>();

    Planning(Wish wish, String base) {
      this.wish = wish;
      this.base = base;
    }

    @Override
    public Plan of(String name, Workflow workflow, Program program, ChildPlans children)
        throws InterruptedException {
      var typical =
          new TypicalHandler(
              name, base, wish.stubs(), wish.schema(), conductor.clock().instant(), children);
      Plan plan = planned(program, typical, children);
      unforeseen.addAll(0, unforeseen(workflow, plan));
      return plan;
    }

    private Plan planned(Program program, TypicalHandler typical, ChildPlans children)
        throws InterruptedException {
      try {
        Path scratch = Files.createTempDirectory("conductor-plan-");
        try {
          return new Planner(typical, wish.steps(), asked, scratch)
              .plan(program, children::planned);
        } finally {
          FileTree.delete(scratch);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make a temporary directory: " + Reason.of(e), e);
      }
    }

    @Override
    public void refused(String why) {
      refused.add(new Check("workflow", false, why));
    }
  }

  private static void check(Stubs stubs, Workflow workflow) {
    try {
      stubs.check(workflow.vocabulary().names());
    } catch (IllegalArgumentException e) {
      throw new CannotStart("--stubs: " + e.getMessage());
    }
  }

  private static Forecast forecast(
      String name, Plan plan, List<Check> checks, List<YieldSite> unforeseen) {
    String message =
        plan.endless()
            .orElseGet(
                () -> plan.result() instanceof RunResult.Failed failed ? failed.message() : "");
    String outcome = plan.endless().isPresent() ? "endless" : message.isEmpty() ? "done" : "error";
    return new Forecast(
        name,
        plan,
        checks,
        unforeseen.stream().distinct().toList(),
        outcome,
        message,
        plan.broken());
  }

  /**
   * Returns the places where the script yields and that were not reached. Of the files that it
   * loaded only places in methods that were reached.
   */
  private static List<YieldSite> unforeseen(Workflow workflow, Plan plan) {
    Set<String> calls = new LinkedHashSet<>();
    for (Entry entry : plan.entries()) {
      switch (entry) {
        case Entry.Asked asked -> calls.addAll(asked.calls());
        case Entry.Branched branched -> calls.addAll(branched.calls());
        default -> {}
      }
    }
    return workflow.yields().stream()
        .filter(site -> calls.stream().noneMatch(site::covers))
        .filter(site ->
            site.file().equals(workflow.fileName()) || calls.stream().anyMatch(site::isAround))
        .toList();
  }

  private List<Check> checks(Plan plan, Path project, Optional<Repository> repository)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    List<? extends Effect<?>> effects = plan.all().stream().map(Asked::effect).toList();
    boolean git = effects.stream().anyMatch(WorktreeEffect.class::isInstance);
    if (git) {
      checks.add(
          repository
              .map(found -> new Check("repository", true, found.main().toString()))
              .orElseGet(() -> new Check("repository", false, missing(project))));
    }
    if (git && repository.isPresent()) {
      checks.addAll(bases(effects, repository.get()));
    }
    checks.addAll(agents(effects));
    if (effects.stream().anyMatch(GitEffect.Push.class::isInstance) && repository.isPresent()) {
      checks.add(remote(repository.get()));
    }
    if (effects.stream().anyMatch(ForgeEffect.class::isInstance) && repository.isPresent()) {
      checks.add(forge(project));
    }
    return checks;
  }

  private static String missing(Path project) {
    return project + " is in no git repository with a commit";
  }

  private static List<Check> bases(List<? extends Effect<?>> effects, Repository repository)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    Set<String> bases = new LinkedHashSet<>();
    for (Effect<?> effect : effects) {
      if (effect instanceof WorktreeEffect.CreateWorktree create && create.baseBranch() != null) {
        bases.add(create.baseBranch());
      }
    }
    Optional<String> remote = repository.remote();
    for (String base : bases) {
      boolean there =
          isCommit(repository, base)
              || (remote.isPresent() && isCommit(repository, remote.get() + "/" + base));
      checks.add(
          new Check("branch", there, there ? base : base + " is not in " + repository.main()));
    }
    return checks;
  }

  private static boolean isCommit(Repository repository, String name) throws InterruptedException {
    return repository.git().is("rev-parse", "--verify", "--quiet", name + "^{commit}");
  }

  private List<Check> agents(List<? extends Effect<?>> effects) {
    Set<String> types = new LinkedHashSet<>();
    for (Effect<?> effect : effects) {
      if (effect instanceof AgentEffect<?> agent) {
        started(agent).ifPresent(types::add);
      }
    }
    AgentCatalog catalog = conductor.agents();
    return types.stream().map(type -> agent(catalog, type)).toList();
  }

  /**
   * Returns the type of the agent that an effect starts, an empty text for the default one; empty
   * when it starts none.
   */
  private static Optional<String> started(AgentEffect<?> effect) {
    return switch (effect) {
      case AgentEffect.RunAgent run -> Optional.of(Objects.requireNonNullElse(run.type(), ""));
      case AgentEffect.SpawnAgent spawn ->
          Optional.of(Objects.requireNonNullElse(spawn.type(), ""));
      case AgentEffect.SendMessage _,
          AgentEffect.WaitForStatus _,
          AgentEffect.CaptureOutput _,
          AgentEffect.Usage _,
          AgentEffect.StopAgent _ ->
          Optional.empty();
    };
  }

  private static Check agent(AgentCatalog catalog, String type) {
    try {
      String actual = type.isEmpty() ? catalog.defaultType() : type;
      catalog.settings(actual);
      return new Check("agent", true, actual + (type.isEmpty() ? " (default)" : ""));
    } catch (AgentFailure.AgentUnavailable e) {
      return new Check("agent", false, String.valueOf(e.getMessage()));
    }
  }

  private static Check remote(Repository repository) throws InterruptedException {
    Optional<String> remote = repository.remote();
    return new Check(
        "remote",
        remote.isPresent(),
        remote.orElse("there is no remote 'origin', nor only one: name it with Push(remote: ...)"));
  }

  private Check forge(Path project) throws InterruptedException {
    var waits = new ArrayList<String>();
    try {
      ProjectForges forges = conductor.forges();
      forges.of(forges.git(project), waits::add).ready();
      return new Check("forge", true, waits.isEmpty() ? "ready" : String.join("; ", waits));
    } catch (Failure e) {
      return new Check("forge", false, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Repository> repository(Path project) throws InterruptedException {
    try {
      return Optional.of(Repository.of(Git.in(project, conductor.places().environment())));
    } catch (GitFailure.NotARepository e) {
      return Optional.empty();
    }
  }

  private static String base(Optional<Repository> repository) throws InterruptedException {
    if (repository.isEmpty()) {
      return "main";
    }
    Optional<String> remote = repository.get().remote();
    if (remote.isPresent()) {
      var head =
          repository
              .get()
              .git()
              .run("symbolic-ref", "--short", "--quiet", "refs/remotes/" + remote.get() + "/HEAD");
      if (head.ok()) {
        return head.out().strip().substring(remote.get().length() + 1);
      }
    }
    return repository.get().branch().orElse("HEAD");
  }
}
