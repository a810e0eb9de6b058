package conductor.simulation;

import conductor.effect.CommandEffect;
import conductor.effect.CommandFailure;
import conductor.effect.Effect;
import conductor.effect.ExecResult;
import conductor.effect.Failure;
import conductor.effect.HandlerFailed;
import conductor.effect.PeopleEffect;
import conductor.effect.PeopleFailure;
import conductor.effect.WorktreeEnv;
import conductor.scenario.Outcome;
import conductor.scenario.Rule;
import conductor.scenario.Rule.Subject;
import conductor.scenario.Stage;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the rules of a scenario play what agents, commands and people do. Belongs to the thread of
 * the run's loop, but for what its courses do when they end.
 */
final class Cast {

  static final Path OUTPUT = TypicalWorktrees.NOWHERE.resolve("output");

  private final RuleBook rules;
  private final SimulatedRepository repository;
  private final Consumer<String> problems;
  private final StubReply replies = new StubReply(new Replies(Instant.EPOCH));

  /** Whether something was asked for that no rule is for. */
  volatile boolean lacksRule;

  final List<Outcome.Turn> turns = new ArrayList<>();
  final List<Outcome.Ran> commands = new ArrayList<>();
  final List<Outcome.Asked> questions = new ArrayList<>();

  /**
   * Returns a cast.
   *
   * @param problems receives what is wrong with the scenario: the run shall end then
   */
  Cast(RuleBook rules, SimulatedRepository repository, Consumer<String> problems) {
    this.rules = rules;
    this.repository = repository;
    this.problems = problems;
  }

  /**
   * What a rule did.
   *
   * @param value what its last expression gave
   */
  record Played(Rule rule, Stage stage, @Nullable Object value) {

    Stage.Ending ending() {
      return stage.ending();
    }

    /** Returns what it replied: what it said, else its last value where that is one. */
    @Nullable Object reply() {
      boolean plain =
          value instanceof CharSequence
              || value instanceof Number
              || value instanceof Boolean
              || value instanceof Map<?, ?>
              || value instanceof List<?>;
      return ending().replied ? ending().reply : plain ? value : null;
    }
  }

  /** Makes the reply of a turn of what its rule said. */
  interface Answer {
    @Nullable Object of(@Nullable Object said);
  }

  /** Takes what the rule of a turn wrote, by path; null for a file that it deleted. */
  interface Written {
    @Nullable Object by(Map<String, @Nullable String> changes);
  }

  /** Plays a turn of an agent in a worktree. */
  Course turn(Effect<?> effect, Outcome.Turn turn, WorktreeEnv env, Answer answer) {
    return played(effect, turn, env)
        .map(played -> course(effect, played, env, () -> answer.of(played.reply())))
        .orElseGet(() -> unknown(effect, turn));
  }

  /** Plays a turn of an agent that works on files which are in no worktree yet. */
  Course turn(Effect<?> effect, Outcome.Turn turn, Written written) {
    return played(effect, turn, null)
        .map(played -> course(effect, played, null, () -> written.by(played.stage().changes())))
        .orElseGet(() -> unknown(effect, turn));
  }

  private Optional<Played> played(Effect<?> effect, Outcome.Turn turn, @Nullable WorktreeEnv env) {
    turns.add(turn);
    Map<String, String> seen =
        Map.of(
            "name", turn.name(),
            "agent", Objects.requireNonNullElse(turn.agent(), ""),
            "prompt", turn.prompt(),
            "position", turn.position());
    return play(Subject.AGENT, effect, seen, turn.prompt(), env);
  }

  private Course unknown(Effect<?> effect, Outcome.Turn turn) {
    boolean named = !turn.name().isEmpty();
    return missing(
        effect,
        named ? "agent('%s')".formatted(turn.name()) : "agent",
        "{ prompt -> write 'a.txt', 'x'; reply 'done' }",
        named ? "the agent " + turn.name() : "the agent");
  }

  /** Plays a command, and ends with its result. */
  Course command(CommandEffect.Exec exec, String position) {
    String command = exec.command().text();
    Map<String, String> seen =
        Map.of(
            "command", command,
            "dir", Objects.requireNonNullElse(exec.dir(), ""),
            "position", position);
    return play(Subject.COMMAND, exec, seen, command, exec.env())
        .map(played -> course(exec, played, exec.env(), () -> ran(exec, position, played)))
        .map(course ->
            course.within(
                exec.timeout(),
                () -> {
                  throw new CommandFailure.ExecTimeout(
                      command, Objects.requireNonNull(exec.timeout()), OUTPUT);
                }))
        .orElseGet(() ->
            missing(
                exec,
                "command('%s')".formatted(command.replace("'", "\\'")),
                "{ exit 0, 'printed' }",
                "the command '%s'".formatted(command)));
  }

  private @Nullable Object ran(CommandEffect.Exec exec, String position, Played played) {
    Stage.Ending ending = played.ending();
    int code = Objects.requireNonNullElse(ending.exitCode, 0);
    commands.add(new Outcome.Ran(position, exec.command().text(), exec.dir(), code));
    String output = ending.exitCode == null ? Objects.toString(played.reply(), "") : ending.output;
    return TypicalHandler.demanded(exec, new ExecResult(code, output, OUTPUT, code == 0));
  }

  /** Plays a question to people. */
  Course question(PeopleEffect.Ask ask, String position) {
    Map<String, String> seen = Map.of("question", ask.prompt(), "position", position);
    return play(Subject.PERSON, ask, seen, ask.prompt(), null)
        .map(played -> course(ask, played, null, () -> answered(ask, position, played.reply())))
        .map(course -> course.within(ask.timeout(), () -> unanswered(ask, position)))
        .orElseGet(() ->
            missing(
                ask,
                "person('%s')".formatted(ask.prompt().lines().findFirst().orElse("")),
                "{ answer '%s' }"
                    .formatted(
                        ask.options() == null || ask.options().isEmpty()
                            ? "yes"
                            : ask.options().getFirst()),
                "the question '%s'".formatted(ask.prompt())));
  }

  private String answered(PeopleEffect.Ask ask, String position, @Nullable Object reply) {
    String answer = Objects.toString(reply, ask.defaultAnswer());
    if (answer == null || (ask.options() != null && !ask.options().contains(answer))) {
      throw problem(
          ask,
          "the answer to '%s' is %s, which is none of the options: %s"
              .formatted(
                  ask.prompt(),
                  answer == null ? "missing" : "'%s'".formatted(answer),
                  Objects.requireNonNullElse(ask.options(), List.of())));
    }
    questions.add(new Outcome.Asked(position, ask.prompt(), answer));
    return answer;
  }

  private String unanswered(PeopleEffect.Ask ask, String position) {
    questions.add(new Outcome.Asked(position, ask.prompt(), null));
    if (ask.defaultAnswer() == null) {
      throw new PeopleFailure.GateTimeout(ask.prompt(), Objects.requireNonNull(ask.timeout()));
    }
    return ask.defaultAnswer();
  }

  /** Plays any effect for which there is a rule by its name; empty when there is none. */
  Optional<Course> effect(Effect<?> effect, String position, Type reply, Course.End typical) {
    Map<String, String> seen = Map.of("effect", effect.kind(), "position", position);
    return play(Subject.EFFECT, effect, seen, effect.kind(), null)
        .map(played ->
            course(
                effect,
                played,
                null,
                () ->
                    played.ending().replied || played.reply() != null
                        ? fitted(effect, reply, typical, played.reply())
                        : typical.reply()));
  }

  private @Nullable Object fitted(
      Effect<?> effect, Type type, Course.End typical, @Nullable Object given)
      throws InterruptedException {
    try {
      return replies.fitted(effect, type, typical::reply, given);
    } catch (StubReply.Unfit e) {
      throw problem(effect, "the reply to %s: %s".formatted(effect.kind(), e.getMessage()));
    }
  }

  private Optional<Played> play(
      Subject subject,
      Effect<?> effect,
      Map<String, String> seen,
      String asked,
      @Nullable WorktreeEnv env) {
    Optional<RuleBook.Met> found = rules.find(subject, seen);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var stage =
        new Stage(asked, found.get().nth(), env == null ? Map.of() : repository.tree(env).files);
    Rule rule = found.get().rule();
    try {
      return Optional.of(new Played(rule, stage, rule.reaction().react(stage)));
    } catch (RuntimeException | LinkageError | AssertionError e) {
      throw problem(
          effect,
          "the rule in line %d failed at %s: %s"
              .formatted(
                  rule.line(),
                  seen.get("position"),
                  Objects.requireNonNullElse(e.getMessage(), e.toString())));
    }
  }

  private Course course(
      Effect<?> effect, Played played, @Nullable WorktreeEnv env, Course.End end) {
    Stage.Ending ending = played.ending();
    return new Course(
        ending.hangs ? null : ending.took,
        () -> {
          if (env != null) {
            repository.change(env, new LinkedHashMap<>(played.stage().changes()));
            if (ending.commit != null) {
              repository.commit(env, ending.commit);
            }
          }
          if (ending.failure != null) {
            throw failure(effect, ending.failure, ending.fields);
          }
          return end.reply();
        });
  }

  private Failure failure(Effect<?> effect, String name, Map<?, ?> fields) {
    try {
      return replies.failed(effect, name, fields);
    } catch (StubReply.Unfit e) {
      return problem(effect, "fail '%s': %s".formatted(name, e.getMessage()));
    }
  }

  private Course missing(Effect<?> effect, String rule, String body, String what) {
    return Course.at(() -> {
      lacksRule = true;
      throw problem(
          effect,
          "there is no rule for %s; add to the scenario, for instance:\n    %s %s"
              .formatted(what, rule, body));
    });
  }

  /** Tells what is wrong with the scenario, and returns the failure that ends the effect. */
  Failure problem(Effect<?> effect, String why) {
    problems.accept(why);
    return new HandlerFailed(effect.kind(), why);
  }
}
