package conductor.simulation;

import conductor.effect.AgentEffect;
import conductor.effect.CommandEffect;
import conductor.effect.Effect;
import conductor.effect.ExecResult;
import conductor.effect.Families;
import conductor.effect.FileEffect;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.HandlerFailed;
import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.engine.handler.Key;
import conductor.engine.handler.Ongoing;
import conductor.handlers.worktree.CheckoutRefusal;
import conductor.scenario.Outcome;
import conductor.scenario.Rule;
import conductor.scenario.Scenario;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The world in which a scenario runs a workflow: a repository, a forge and a vault in memory, a
 * clock of its own, and agents, commands and people that do what the scenario's rules say. Nothing
 * outside is touched. One world serves one run, and those of its child workflows.
 */
public final class SimulatedWorld implements Handler<Effect<?>> {

  /** When scenarios begin. */
  public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private static final Vocabulary VOCABULARY = Vocabulary.standard();
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final String BASE = "main";

  private final VirtualTime time;
  private final RuleBook rules;
  private final SimulatedRepository repository;
  private final SimulatedGit git;
  private final SimulatedForge forge;
  private final SimulatedIssues issues;
  private final Cast cast;
  private final SimulatedAgents agents;
  private final TypicalHandler typical;
  private final Children children;
  private final Random random;
  private final List<String> problems;
  private final List<String> effects;
  private final Consumer<String> stop;
  private final Map<Key, Begun> begun = new HashMap<>();
  private @Nullable Key admitted;

  /** An effect that has begun, as a resumed run finds it. */
  private record Begun(Course course, VirtualTime.Waiter waiter) {}

  /** Runs the workflows that effects ask for. */
  public interface Children {

    /** Runs one in a world that shares all but the clock, and returns how it ended. */
    RunResult run(WorkflowEffect.RunWorkflow child, SimulatedWorld within)
        throws InterruptedException;
  }

  /**
   * Returns the world of a scenario.
   *
   * @param workflow the workflow's name, for the names of branches
   * @param issue the issue that it works on; null without one
   * @param children runs child workflows
   * @param stop ends the run because nothing more can be learnt from it, and is told why
   */
  public SimulatedWorld(
      Scenario scenario,
      String workflow,
      @Nullable Issue issue,
      Children children,
      Consumer<String> stop) {
    this.stop = stop;
    this.time =
        new VirtualTime(START, LONGEST, VirtualTime.order(scenario.trouble().order()), this::stuck);
    this.rules = new RuleBook(scenario.rules());
    this.repository = new SimulatedRepository(BASE, scenario.files());
    this.git = new SimulatedGit(repository, new TypicalWorktrees(workflow, BASE, START));
    this.forge = new SimulatedForge(repository, git, BASE, time);
    scenario.pulls().forEach(forge::open);
    this.issues = new SimulatedIssues(issue, time);
    this.cast = new Cast(rules, repository, this::problem);
    this.agents = new SimulatedAgents(cast, time);
    this.typical = new TypicalHandler(workflow, BASE, Stubs.none(), _ -> null, START);
    this.children = children;
    this.random = new Random(42);
    this.problems = new ArrayList<>();
    this.effects = new ArrayList<>();
  }

  /** Returns the world of a child workflow, which begins at this moment. */
  private SimulatedWorld(SimulatedWorld parent, String workflow) {
    this.stop = parent.stop;
    this.time = new VirtualTime(parent.time.instant(), LONGEST, VirtualTime.order(0), this::stuck);
    this.rules = parent.rules;
    this.repository = parent.repository;
    this.git = parent.git;
    this.forge = parent.forge;
    this.issues = parent.issues;
    this.cast = parent.cast;
    this.agents = new SimulatedAgents(cast, time);
    this.typical = new TypicalHandler(workflow, BASE, Stubs.none(), _ -> null, START);
    this.children = parent.children;
    this.random = parent.random;
    this.problems = parent.problems;
    this.effects = parent.effects;
  }

  public Handlers handlers() {
    return Handlers.all(Families.ofScripts(), this);
  }

  /** Returns the clock of the run. */
  public InstantSource clock() {
    return time;
  }

  /** Returns what has to listen to the run. */
  public RunListener listener() {
    return time;
  }

  /** Returns what is wrong with the scenario, as far as it has shown. */
  public List<String> problems() {
    synchronized (problems) {
      return List.copyOf(problems);
    }
  }

  /** Returns whether something was asked for that no rule is for. */
  public boolean lacksRule() {
    return cast.lacksRule;
  }

  /** Returns the rules that no effect has met. */
  public List<Rule> unused() {
    return rules.unused();
  }

  /** Tells the world that the process was killed which executed its run. */
  public void killed() {
    time.killed();
  }

  private void stuck(String why) {
    List<String> hanging = agents.hanging();
    problem(hanging.isEmpty() ? why : why + ": agents hang: " + String.join(", ", hanging));
  }

  /** Notes what is wrong with the scenario, and ends the run. */
  public void problem(String why) {
    synchronized (problems) {
      problems.add(why);
    }
    stop.accept(why);
  }

  @Override
  public void admit(Effect<?> effect, Key key, Stream<Ongoing> others) {
    admitted = key;
  }

  @Override
  public Act<?> act(Effect<?> effect) {
    CheckoutRefusal.check(effect);
    Key key = admitted;
    admitted = null;
    if (key == null) { // its branch was cancelled before this process began
      return Act.<@Nullable Object>immediate(_ -> null);
    }
    Begun known = begun.get(key);
    if (known != null) {
      time.again(known.waiter());
    }
    Begun now = known == null ? begin(effect, key) : known;
    return Act.<@Nullable Object>repeatable(call -> ended(now, call));
  }

  private Begun begin(Effect<?> effect, Key key) {
    effects.add(effect.kind());
    Course course = course(effect, key.position()).once();
    var now = new Begun(course, time.ends(course.takes(), key.position()));
    begun.put(key, now);
    return now;
  }

  /** Waits for the end of an effect, which goes on where the process is killed meanwhile. */
  private static @Nullable Object ended(Begun begun, Call call) throws InterruptedException {
    call.stillRunning();
    begun.waiter().await();
    return begun.course().end().reply();
  }

  private Course course(Effect<?> effect, String at) {
    Type type = VOCABULARY.signature(effect.kind()).map(Signature::replyType).orElse(Object.class);
    boolean isPlayed = effect instanceof AgentEffect || effect instanceof CommandEffect;
    Course.End reply =
        isPlayed || effect instanceof PeopleEffect
            ? () -> typical.typical(effect, at) // which needs no rule
            : () -> usual(effect, at).end().reply();
    return cast.effect(effect, at, type, reply).orElseGet(() -> usual(effect, at));
  }

  /** Returns the course of an effect that no rule by its name is for. */
  private Course usual(Effect<?> effect, String at) {
    return switch (effect) {
      case AgentEffect<?> agent -> agents.course(agent, at).orElseGet(() -> typical(agent, at));
      case CommandEffect.Exec exec -> cast.command(exec, at);
      case PeopleEffect.Ask ask -> cast.question(ask, at);
      case GitEffect.Verify verify when verify.command() != null -> verified(verify, at);
      case RecordedEffect.Sleep sleep -> new Course(sleep.duration(), () -> null);
      case WorktreeEffect.MergeBranches merge -> merged(merge, at);
      case WorkflowEffect.RunWorkflow child -> child(child);
      default -> Course.at(() -> ended(effect, at));
    };
  }

  /**
   * Runs a child workflow to its end, from which on its parent has its reply. What the parent does
   * meanwhile it does after that, though at the same moments.
   */
  private Course child(WorkflowEffect.RunWorkflow child) {
    var within = new SimulatedWorld(this, child.workflow());
    try {
      return new ChildEnd(child, children.run(child, within), within.time.passed()).course();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandlerFailed(child.kind(), "interrupted");
    }
  }

  private @Nullable Object ended(Effect<?> effect, String at) throws InterruptedException {
    return switch (effect) {
      case WorktreeEffect.CreateWorktree create -> git.create(create);
      case WorktreeEffect.DeleteWorktree delete -> git.delete(delete);
      case GitEffect.Commit commit -> git.commit(commit);
      case GitEffect.Push push -> git.push(push);
      case GitEffect.Diff diff -> git.diff(diff);
      case GitEffect.Verify verify -> git.verify(verify, null);
      case FileEffect<?> file -> git.file(file, () -> typical.typical(file, at));
      case IssueEffect<?> issue -> issues.perform(issue);
      case ForgeEffect<?> pull -> {
        Optional<Object> reply = forge.perform(pull);
        yield reply.isPresent() ? reply.get() : typical.typical(pull, at);
      }
      case RecordedEffect.Now _ -> time.instant();
      case RecordedEffect.Random number ->
          number.bound() == null ? (Object) random.nextDouble() : random.nextLong(number.bound());
      case RecordedEffect.Uuid _ -> new UUID(random.nextLong(), random.nextLong());
      default -> typical.typical(effect, at);
    };
  }

  private Course typical(Effect<?> effect, String at) {
    return Course.at(() -> typical.typical(effect, at));
  }

  private Course verified(GitEffect.Verify verify, String at) {
    var exec =
        new CommandEffect.Exec(
            Objects.requireNonNull(verify.command()),
            verify.env(),
            null,
            false,
            null,
            verify.dir());
    Course ran = cast.command(exec, at);
    return new Course(ran.takes(), () -> git.verify(verify, (ExecResult) ran.end().reply()));
  }

  /** Merges worktrees; where they conflict the agent that a workflow asks for resolves it. */
  private Course merged(WorktreeEffect.MergeBranches merge, String at) {
    boolean asks = merge.onConflict() == WorktreeEffect.OnConflict.AGENT;
    List<String> conflicts = asks ? git.conflicts(merge) : List.of();
    if (conflicts.isEmpty()) {
      return Course.at(() -> git.merge(merge, Map.of()));
    }
    String agent = merge.agent() == null ? null : merge.agent().agent();
    String prompt = "Resolve the conflicts in " + String.join(", ", conflicts);
    return cast.turn(
        merge,
        new Outcome.Turn(at, "resolver", agent, prompt, null),
        written -> git.merge(merge, written));
  }

  /** Returns what is to be seen of the run that has ended. */
  public Outcome outcome(RunResult result) {
    Object value = result instanceof RunResult.Done done ? done.value() : null;
    return new Outcome(
        status(result),
        value,
        result instanceof RunResult.Failed failed ? failed.error() : null,
        result instanceof RunResult.Failed failed ? failed.message() : "",
        time.passed(),
        List.copyOf(cast.turns),
        List.copyOf(cast.commands),
        List.copyOf(cast.questions),
        forge.seen(),
        List.copyOf(git.pushes()),
        repository.trees().stream()
            .map(tree ->
                new Outcome.Worktree(tree.env.id(), tree.env.branch(), tree.deleted, tree.files))
            .toList(),
        repository.files(),
        List.copyOf(effects));
  }

  private static String status(RunResult result) {
    return switch (result) {
      case RunResult.Done _ -> "done";
      case RunResult.Failed _ -> "error";
      case RunResult.Aborted _ -> "aborted";
      case RunResult.Suspended _ -> "suspended";
    };
  }
}
