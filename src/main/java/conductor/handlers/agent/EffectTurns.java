package conductor.handlers.agent;

import conductor.effect.AgentFailure;
import conductor.effect.AgentRef;
import conductor.engine.handler.Act;
import conductor.engine.handler.Call;
import conductor.engine.handler.Key;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns of an agent as steps of an effect: within the effect's limits, after a turn that
 * failed, and until an answer fits a schema.
 */
final class EffectTurns {

  private static final int ATTEMPTS = 3;

  private final Conversations conversations;

  EffectTurns(Conversations conversations) {
    this.conversations = conversations;
  }

  /**
   * What an effect asks an agent.
   *
   * @param own whether the effect began the agent, which then stops when the effect is cancelled
   */
  record Question(
      AgentRef agent,
      AgentSettings settings,
      String prompt,
      Duration timeout,
      Duration idleTimeout,
      boolean own) {}

  /** Asks once; returns the answer. */
  String answer(Question question, Call call) throws InterruptedException {
    return call.step("turn-1", turn(question, Turns.Text.of(question.prompt())));
  }

  /**
   * Asks until an answer has a value that fits the format, three times at most; returns the value.
   *
   * @throws AgentFailure.InvalidOutput when no answer fits
   */
  @Nullable Object value(Question question, StructuredAnswer format, Call call)
      throws InterruptedException {
    AgentRef agent = question.agent();
    boolean remembers = question.settings().protocol() != null;
    String prompt =
        takesSchema(question.settings())
            ? question.prompt()
            : Prompts.structured(question.prompt(), format.schema());
    Optional<TurnEnd> before = question.own() ? failed(agent, call.key()) : Optional.empty();
    String answer = before.map(TurnEnd::answer).orElse("");
    String problem = before.map(end -> format.check(end.answer()).problem()).orElse("");
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      String asked =
          problem.isEmpty()
              ? prompt
              : remembers
                  ? Prompts.correct(problem, format.schema())
                  : Prompts.again(prompt, answer, problem);
      var text = new Turns.Text(asked, null, format.schema());
      answer = call.step("turn-" + attempt, turn(question, text));
      StructuredAnswer.Checked checked = format.check(answer);
      if (checked.problem() == null) {
        return checked.value();
      }
      problem = checked.problem();
    }
    throw new AgentFailure.InvalidOutput(agent.name(), ATTEMPTS, problem, answer);
  }

  /** Returns the answer of the agent's turn before, which a retry of an effect corrects. */
  private Optional<TurnEnd> failed(AgentRef agent, Key key) {
    return conversations.of(agent).lastBefore(key).flatMap(Turn::end).filter(TurnEnd::answered);
  }

  private static boolean takesSchema(AgentSettings settings) {
    return settings.protocol() != null && settings.protocol().takesSchema();
  }

  private Act<String> turn(Question question, Turns.Text text) {
    Act.Work<String> work = call -> answered(question, text, call);
    return Act.adoptable(
        work,
        work,
        call -> {
          if (question.own()) {
            conversations.of(question.agent()).stop();
          }
          return null;
        });
  }

  private String answered(Question question, Turns.Text text, Call call)
      throws InterruptedException {
    Conversation conversation = conversations.of(question.agent());
    var limits = new Turns.Limits(call.askedAt(), question.timeout(), question.idleTimeout());
    Turn turn = conversation.turn(call.key(), told(conversation, text, call.key()), limits);
    TurnEnd end =
        question.own()
            ? awaited(conversation, turn, call)
            : conversation.await(turn, new Watcher(call));
    call.completedAt(end.at());
    return Answers.of(question.agent(), end, conversations.log(question.agent()));
  }

  /** Waits for the end of a turn; stops the agent when the call is cancelled meanwhile. */
  static TurnEnd awaited(Conversation conversation, Turn turn, Call call)
      throws InterruptedException {
    try {
      return conversation.await(turn, new Watcher(call));
    } catch (InterruptedException e) {
      if (!call.suspending()) {
        conversation.stop();
      }
      throw e;
    }
  }

  /**
   * Returns the prompt of a turn. When the agent's previous turn failed, the prompt also says how,
   * so that the agent continues its work; but not when the program ended with an exit code.
   */
  private static Turns.Text told(Conversation conversation, Turns.Text text, Key key) {
    Optional<Turn> before = conversation.lastBefore(key);
    Optional<TurnEnd> end =
        before
            .flatMap(Turn::end)
            .filter(last -> !last.answered() && last.how() != TurnEnd.How.EXITED);
    if (end.isEmpty()) {
      return text;
    }
    boolean asBefore = before.get().prompt().contains(text.prompt());
    String goOn = Prompts.goOn(end.get());
    return new Turns.Text(
        Prompts.goOn(end.get(), text.prompt()),
        asBefore ? goOn : goOn + "\nWhat you are asked for is this now:\n\n" + text.prompt(),
        text.schema());
  }

  /** Reports to the effect's call that its agent still works, or what the agent waits for. */
  record Watcher(Call call) implements Driver.Progress {

    @Override
    public void boots() {
      call.stillRunning();
    }

    @Override
    public void goesOn() {
      call.stillRunning();
    }

    @Override
    public void works() {
      call.waitsForPerson("");
    }

    @Override
    public void waits(String why, boolean person) {
      call.stillRunning();
      if (person) {
        call.waitsForPerson(why);
      } else {
        call.say(why);
      }
    }
  }
}
