package conductor.simulation;

import conductor.effect.AgentEffect;
import conductor.effect.AgentEvent;
import conductor.effect.AgentRef;
import conductor.effect.AgentStatus;
import conductor.effect.CommandEffect;
import conductor.effect.CommandFailure;
import conductor.effect.Effect;
import conductor.effect.Evidence;
import conductor.effect.ExecResult;
import conductor.effect.Families;
import conductor.effect.ForgeEffect;
import conductor.effect.GitEffect;
import conductor.effect.Issue;
import conductor.effect.IssueEffect;
import conductor.effect.PRHandle;
import conductor.effect.PeopleEffect;
import conductor.effect.RecordedEffect;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorktreeEffect;
import conductor.effect.WorktreeEnv;
import conductor.effect.vocabulary.Signature;
import conductor.effect.vocabulary.Vocabulary;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Handler;
import conductor.engine.handler.Handlers;
import conductor.handlers.agent.StructuredAnswer;
import conductor.handlers.worktree.CheckoutRefusal;
import conductor.handlers.worktree.Verification;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers effects with typical values of their replies and performs nothing: things work, tests
 * pass, reviews approve, people take the default.
 */
public final class TypicalHandler implements Handler<Effect<?>> {

  private static final Vocabulary VOCABULARY = Vocabulary.standard();
  private static final Path NOWHERE = TypicalWorktrees.NOWHERE;

  private final String base;
  private final TypicalWorktrees worktrees;
  private final Stubs stubs;
  private final Function<Object, @Nullable Object> schema;
  private final Instant now;
  private final World world;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Answers the effects whose replies others know. */
  public interface World {

    /** Returns the reply of a child run, whose effect has a position, or throws its failure. */
    @Nullable Object reply(WorkflowEffect.RunWorkflow child, String position)
        throws InterruptedException;

    /** Returns the user's own checkout, or throws the failure that a run would meet. */
    WorktreeEnv checkout() throws InterruptedException;
  }

  public TypicalHandler(
      String workflow,
      String base,
      Stubs stubs,
      Function<Object, @Nullable Object> schema,
      Instant now) {
    this(
        workflow, base, stubs, schema, now, new Nothing(new TypicalWorktrees(workflow, base, now)));
  }

  /** No child runs, and a checkout that exists nowhere. */
  private record Nothing(TypicalWorktrees worktrees) implements World {

    @Override
    public @Nullable Object reply(WorkflowEffect.RunWorkflow child, String position) {
      return null;
    }

    @Override
    public WorktreeEnv checkout() {
      return worktrees.checkout();
    }
  }

  /**
   * Returns a handler that has some effects answered by others.
   *
   * @param workflow the workflow's name, for the names of branches
   * @param base the branch that worktrees would come from
   * @param stubs the user's answers, which win over typical ones
   * @param schema reads an output format that is no map into one
   * @param now the answer to {@code Now}, plus the time of all {@code Sleep}s before
   */
  public TypicalHandler(
      String workflow,
      String base,
      Stubs stubs,
      Function<Object, @Nullable Object> schema,
      Instant now,
      World world) {
    this.world = world;
    this.base = base;
    this.worktrees = new TypicalWorktrees(workflow, base, now);
    this.stubs = stubs;
    this.schema = schema;
    this.now = now;
  }

  /**
   * Returns handlers for all effects that scripts construct; for those on the run itself the
   * engine's own handler wins over these.
   */
  public Handlers handlers() {
    return Handlers.all(Families.ofScripts(), this);
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Act<?> act(Effect<?> effect) {
    return Act.<@Nullable Object>immediate(call -> answer(effect, call));
  }

  private @Nullable Object answer(Effect<?> effect, Call call) throws InterruptedException {
    CheckoutRefusal.check(effect); // what is refused is none of a plan's deeds
    String position = call.key().position();
    asked.add(new Asked(position, effect));
    String name =
        switch (effect) {
          case AgentEffect.RunAgent run -> run.name();
          case AgentEffect.SpawnAgent spawn -> spawn.name();
          default -> null;
        };
    Type type = VOCABULARY.signature(effect.kind()).map(Signature::replyType).orElse(Object.class);
    Object reply = stubs.answer(effect, position, name, type, () -> typical(effect, position));
    Optional<String> problem = problem(effect, reply);
    if (problem.isPresent()) {
      throw stubs.unfit(effect, position, problem.get());
    }
    return demanded(effect, reply);
  }

  /** Returns why no real run could get a reply; empty when it could. */
  private Optional<String> problem(Effect<?> effect, @Nullable Object reply) {
    return switch (effect) {
      case AgentEffect.RunAgent run when run.outputFormat() != null ->
          format(run.outputFormat())
              .flatMap(format -> StructuredAnswer.problem(format, reply))
              .map(why -> "it does not fit output_format: " + why);
      case PeopleEffect.Ask ask
          when ask.options() != null && !ask.options().contains(String.valueOf(reply)) ->
          Optional.of(
              "'%s' is none of the options: %s".formatted(reply, String.join(", ", ask.options())));
      case AgentEffect.WaitForStatus wait when !wait.status().contains(reply) ->
          Optional.of("it waits for %s, found %s".formatted(wait.status(), reply));
      default -> Optional.empty();
    };
  }

  private Optional<Map<?, ?>> format(Object format) {
    return (format instanceof Map<?, ?> ? format : schema.apply(format)) instanceof Map<?, ?> map
        ? Optional.of(map)
        : Optional.empty();
  }

  /** Returns a reply, or fails as a real handler does when what is asked for does not hold. */
  static @Nullable Object demanded(Effect<?> effect, @Nullable Object reply) {
    if (effect instanceof CommandEffect.Exec exec
        && Boolean.TRUE.equals(exec.check())
        && reply instanceof ExecResult result
        && !result.passed()) {
      throw new CommandFailure.ExecFailed(
          exec.command().text(), result.exitCode(), result.output(), result.logPath());
    }
    return effect instanceof GitEffect.Verify verify && reply instanceof Evidence seen
        ? Verification.verified(verify, seen)
        : reply;
  }

  /**
   * Returns a typical reply. Some depend on the effect's arguments; all others come from the
   * effect's declaration.
   */
  @Nullable Object typical(Effect<?> effect, String position) throws InterruptedException {
    return switch (effect) {
      case WorktreeEffect.CreateWorktree create -> worktrees.made(create);
      case WorktreeEffect.Checkout _ -> world.checkout();
      case WorktreeEffect.MergeBranches merge -> worktrees.merged(merge);
      case IssueEffect.CreateIssue create ->
          issue("ISSUE-000", create.title(), create.body(), Issue.Status.OPEN);
      case IssueEffect.ListIssues _ ->
          List.of(issue("ISSUE-000", "An issue", "", Issue.Status.OPEN));
      case IssueEffect.GetIssue get ->
          issue(get.id(), "The issue " + get.id(), "", Issue.Status.OPEN);
      case IssueEffect.ResolveIssue(Issue issue, var _, var _) ->
          issue(issue.id(), issue.title(), issue.body(), Issue.Status.RESOLVED);
      case AgentEffect.RunAgent run -> sample(run.outputFormat(), "text");
      case AgentEffect.SendMessage send -> sample(send.outputFormat(), null);
      case AgentEffect.SpawnAgent spawn -> spawned(spawn, position);
      case AgentEffect.ForkSession fork -> fork.agentRef();
      case AgentEffect.ReadSession _ -> List.of();
      case AgentEffect.WaitForStatus wait -> wait.status().getFirst();
      case AgentEffect.WaitForEvent wait -> ended(wait);
      case GitEffect.Verify verify -> seen(verify);
      case GitEffect.Push push -> "refs/heads/" + push.env().branch();
      case ForgeEffect.CreatePR create -> opened(create);
      case ForgeEffect.MergePR merge ->
          Boolean.TRUE.equals(merge.auto()) ? merge.pr() : merge.pr().with(PRHandle.Status.MERGED);
      case ForgeEffect.WaitForMerge wait -> wait.pr().with(PRHandle.Status.MERGED);
      case ForgeEffect.ClosePR close -> close.pr().with(PRHandle.Status.CLOSED);
      case ForgeEffect.ReadyPR ready -> ready.pr().with(PRHandle.Status.OPEN);
      case ForgeEffect.ReopenPR reopen -> reopen.pr().with(PRHandle.Status.OPEN);
      case ForgeEffect.EditPR edit -> edited(edit);
      case ForgeEffect.UpdatePRBranch update -> update.pr();
      case CommandEffect.Exec _ -> new ExecResult(0, "", NOWHERE.resolve("output"), true);
      case PeopleEffect.Ask ask -> answer(ask);
      case RecordedEffect.Now _ -> now.plus(slept());
      case RecordedEffect.Random random -> random.bound() == null ? (Object) 0.0 : 0;
      case WorkflowEffect.RunWorkflow child -> world.reply(child, position);
      default -> described(effect);
    };
  }

  private @Nullable Object described(Effect<?> effect) {
    Signature signature = VOCABULARY.signature(effect.kind()).orElse(null);
    if (signature == null) {
      return null;
    }
    return signature.foreseen().isPresent()
        ? signature.foreseen().get()
        : new Replies(now).of(signature.replyType());
  }

  private static AgentEvent ended(AgentEffect.WaitForEvent wait) {
    List<AgentEvent.Kind> kinds =
        Objects.requireNonNullElse(wait.events(), List.of(AgentEvent.Kind.ENDED));
    AgentEvent.Kind kind =
        kinds.contains(AgentEvent.Kind.ENDED) ? AgentEvent.Kind.ENDED : kinds.getFirst();
    return new AgentEvent(kind, "text", 1, null, AgentStatus.DONE, "1.0.1");
  }

  private static Evidence seen(GitEffect.Verify verify) {
    ExecResult command =
        verify.command() == null ? null : new ExecResult(0, "", NOWHERE.resolve("output"), true);
    Boolean pushed = Boolean.TRUE.equals(verify.pushed()) ? true : null;
    return new Evidence(TypicalWorktrees.COMMIT, true, 1, pushed, command, List.of("as planned"));
  }

  private Issue issue(String id, String title, String body, Issue.Status status) {
    return new Issue(id, title, body, status, List.of(), now, now, null, null, Map.of());
  }

  private @Nullable Object sample(@Nullable Object format, @Nullable String otherwise) {
    if (format == null) {
      return otherwise;
    }
    return Samples.of(format instanceof Map<?, ?> ? format : schema.apply(format));
  }

  static AgentRef spawned(AgentEffect.SpawnAgent spawn, String position) {
    String name = Objects.requireNonNullElse(spawn.name(), "agent-" + position);
    return new AgentRef(
        "RUN:" + name,
        name,
        "RUN",
        spawn.env().id(),
        Objects.requireNonNullElse(spawn.who().agent(), "default"));
  }

  private PRHandle opened(ForgeEffect.CreatePR create) {
    return new PRHandle(
        "planned:1",
        1,
        create.title(),
        create.env().branch(),
        Stream.of(create.target(), create.env().baseBranch(), base)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(),
        Boolean.TRUE.equals(create.draft()) ? PRHandle.Status.DRAFT : PRHandle.Status.OPEN,
        now,
        null);
  }

  private static PRHandle edited(ForgeEffect.EditPR edit) {
    PRHandle pr = edit.pr();
    return pr.with(
        Objects.requireNonNullElse(edit.title(), pr.title()),
        Objects.requireNonNullElse(edit.target(), pr.target()),
        pr.status());
  }

  private static String answer(PeopleEffect.Ask ask) {
    List<String> options = ask.options();
    if (ask.defaultAnswer() != null) {
      return ask.defaultAnswer();
    }
    return options == null || options.isEmpty() ? "yes" : options.getFirst();
  }

  private Duration slept() {
    return asked.stream()
        .map(Asked::effect)
        .filter(RecordedEffect.Sleep.class::isInstance)
        .map(sleep -> ((RecordedEffect.Sleep) sleep).duration())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
