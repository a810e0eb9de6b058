package conductor.plan;

import conductor.effect.Effect;
import conductor.effect.Failure;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.GitFailure;
import conductor.effect.Program;
import conductor.effect.WorktreeEffect;
import conductor.engine.RunResult;
import conductor.handlers.forge.project.ProjectForges;
import conductor.handlers.git.Git;
import conductor.handlers.git.Repository;
import conductor.handlers.worktree.UserCheckout;
import conductor.plan.Forecast.Check;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.script.Workflow;
import conductor.script.YieldSite;
import conductor.simulation.Asked;
import conductor.simulation.Stubs;
import conductor.workflow.CannotStart;
import conductor.workflow.Scripts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plans workflows: runs them with made-up answers, and looks whether a real run could work. */
public final class Plans {

  private final Conductor conductor;

  public Plans(Conductor conductor) {
    this.conductor = conductor;
  }

  /** The answers that the user gives, the most effects, and what reads a format that is text. */
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
    Program program =
        workflow.program(conductor.params(workflow, launch), launch.issue().orElse(null));
    Optional<Repository> repository = repository(launch.project());
    UserCheckout checkout = checkout(launch.project());
    var planning = new Planning(conductor, launch, wish, base(repository), checkout);
    Plan plan = planning.plan(found.name(), workflow, program, 0);
    var checks = new ArrayList<>(planning.refused);
    checks.addAll(checks(plan, launch.project(), repository));
    if (plan.all().stream().anyMatch(one -> one.effect() instanceof WorktreeEffect.Checkout)) {
      checks.add(check(checkout));
    }
    wish.stubs().problems().stream()
        .sorted()
        .map(problem -> new Check("stubs", false, problem))
        .forEach(checks::add);
    List<Forecast.Turns> turns =
        new Turns(conductor.agents()).of(plan.all().stream().map(Asked::effect).toList());
    return forecast(found.name(), plan, turns, checks, planning.unforeseen);
  }

  private static void check(Stubs stubs, Workflow workflow) {
    try {
      stubs.check(workflow.vocabulary().names());
    } catch (IllegalArgumentException e) {
      throw new CannotStart("--stubs: " + e.getMessage());
    }
  }

  private static Forecast forecast(
      String name,
      Plan plan,
      List<Forecast.Turns> turns,
      List<Check> checks,
      List<YieldSite> unforeseen) {
    String message =
        plan.endless()
            .orElseGet(
                () -> plan.result() instanceof RunResult.Failed failed ? failed.message() : "");
    String outcome = plan.endless().isPresent() ? "endless" : message.isEmpty() ? "done" : "error";
    return new Forecast(
        name,
        plan,
        turns,
        checks,
        unforeseen.stream().distinct().toList(),
        outcome,
        message,
        plan.broken());
  }

  private List<Check> checks(Plan plan, Path project, Optional<Repository> repository)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    List<? extends Effect<?>> effects = plan.all().stream().map(Asked::effect).toList();
    if (any(effects, WorktreeEffect.CreateWorktree.class)) {
      checks.add(
          repository
              .map(found -> new Check("repository", true, found.main().toString()))
              .orElseGet(() ->
                  new Check(
                      "repository", false, project + " is in no git repository with a commit")));
      if (repository.isPresent()) {
        checks.addAll(bases(effects, repository.get()));
      }
    }
    checks.addAll(new Turns(conductor.agents()).checks(effects));
    if (any(effects, GitEffect.Push.class) && repository.isPresent()) {
      checks.add(remote(repository.get()));
    }
    if (any(effects, ForgeEffect.class) && repository.isPresent()) {
      checks.add(forge(project));
    }
    return checks;
  }

  /** Returns what {@code Checkout} replies with in a run that is started in a directory. */
  private UserCheckout checkout(Path project) {
    return new UserCheckout(
        Git.in(project, conductor.places().environment()),
        conductor.places().state().root(),
        conductor.clock());
  }

  private static Check check(UserCheckout checkout) throws InterruptedException {
    var said = new ArrayList<String>();
    try {
      checkout.of("RUN", said::add);
      return new Check("checkout", true, String.join("; ", said));
    } catch (GitFailure e) {
      return new Check("checkout", false, String.valueOf(e.getMessage()));
    }
  }

  private static boolean any(List<? extends Effect<?>> effects, Class<?> type) {
    return effects.stream().anyMatch(type::isInstance);
  }

  private static List<Check> bases(List<? extends Effect<?>> effects, Repository repository)
      throws InterruptedException {
    var checks = new ArrayList<Check>();
    List<String> bases =
        effects.stream()
            .filter(WorktreeEffect.CreateWorktree.class::isInstance)
            .map(effect -> ((WorktreeEffect.CreateWorktree) effect).baseBranch())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
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
    Git git = repository.get().git();
    Optional<String> remote = repository.get().remote();
    if (remote.isPresent()) {
      String ref = "refs/remotes/" + remote.get() + "/HEAD";
      var head = git.run("symbolic-ref", "--short", "--quiet", ref);
      if (head.ok()) {
        return head.out().strip().substring(remote.get().length() + 1);
      }
    }
    return repository.get().branch().orElse("HEAD");
  }
}
