package conductor.handlers.agent;

import conductor.handlers.agent.TurnEnd.How;
import conductor.handlers.agent.protocol.Decision;
import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.handlers.agent.protocol.Permission;
import conductor.process.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs turns on one process of an agent: sends prompts and answers, and reads the process's events
 * from their beginning. {@link #hear} is called by one thread at a time; requests of other threads
 * are queued and carried out by that thread.
 */
final class TurnRunner {

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SHOWN = 2000;

  private final JobChannel channel;
  private final Dialogue dialogue;
  private final Permissions permissions;
  private final ProcessOutcomes told;
  private final WorktreeActivity activity;
  private final InstantSource clock;

  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private volatile boolean active;

  TurnRunner(
      JobChannel channel,
      Permissions permissions,
      ProcessOutcomes told,
      WorktreeActivity activity,
      InstantSource clock) {
    this.channel = channel;
    this.dialogue = channel.dialogue();
    this.permissions = permissions;
    this.told = told;
    this.activity = activity;
    this.clock = clock;
  }

  /** A request of another thread. */
  private sealed interface Command {
    record Steer(Turn message, CompletableFuture<Boolean> done) implements Command {}

    record Cancel() implements Command {}

    record Answer(String request, Decision decision) implements Command {}
  }

  boolean knows(String prompt) {
    return dialogue.hasSaid(prompt);
  }

  boolean active() {
    return active;
  }

  /** Sends the prompt of a turn, unless the process has it already, and waits for the outcome. */
  TurnOutcome hear(Turn turn, Attempts attempts, String text, Driver.Progress progress)
      throws InterruptedException {
    active = true;
    try {
      return new Listening(turn, attempts, text, progress).toTheEnd();
    } finally {
      active = false;
      rejectCommands();
    }
  }

  private void rejectCommands() {
    for (Command command = commands.poll(); command != null; command = commands.poll()) {
      if (command instanceof Command.Steer(var _, var done)) {
        done.complete(false);
      }
    }
  }

  private final class Listening {

    private final Turn turn;
    private final String prompt;
    private final String text;
    private final Driver.Progress progress;
    private final OwnTime time = new OwnTime(clock);
    private final Silence silence = new Silence(time, clock, activity);
    private Attempts attempts;

    Listening(Turn turn, Attempts attempts, String text, Driver.Progress progress) {
      this.turn = turn;
      this.attempts = attempts;
      this.prompt = attempts.prompt(turn);
      this.text = text;
      this.progress = progress;
    }

    TurnOutcome toTheEnd() throws InterruptedException {
      while (true) {
        boolean running = channel.running();
        take();
        Optional<TurnOutcome> outcome = told.outcome(prompt);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        if (!running) {
          permissions.release();
          return new TurnOutcome.Gone(lastWords(), dialogue.hasSaid(prompt));
        }
        Optional<TurnOutcome> unread = told.unread();
        if (unread.isPresent()) {
          quit("unread");
          return unread.get();
        }
        talk();
        Optional<TurnOutcome> late = late();
        if (late.isPresent()) {
          return late.get();
        }
        progress.goesOn();
        channel.await(left());
      }
    }

    private void take() {
      for (Event event : channel.heard()) {
        silence.broken();
        told.take(event, begun());
        if (event instanceof Event.Waits(String why, Instant _)) {
          progress.waits(why, false);
        } else if (event instanceof Event.Began) {
          progress.works();
        }
      }
    }

    private void talk() {
      channel.sayWhatIsDue();
      if (dialogue.ready() && !dialogue.hasSaid(prompt)) {
        attempts = attempts.begunAt(clock.instant()).keptFor(turn);
        channel.say(dialogue.prompt(prompt, text, turn.schema()));
        silence.broken();
        progress.works();
      }
      for (Command command = commands.poll(); command != null; command = commands.poll()) {
        execute(command);
      }
      for (Permission asked : dialogue.open()) {
        permissions
            .decide(
                asked,
                channel.job(),
                decision -> submit(new Command.Answer(asked.request(), decision)))
            .ifPresent(decision -> channel.say(dialogue.answer(asked, decision)));
      }
      permissions.question().ifPresent(question -> progress.waits(question, true));
    }

    private void execute(Command command) {
      switch (command) {
        case Command.Steer(Turn message, var done) -> done.complete(steered(message));
        case Command.Cancel _ -> dialogue.cancel().forEach(channel::say);
        case Command.Answer(String request, Decision decision) ->
            dialogue.open().stream()
                .filter(open -> open.request().equals(request))
                .findFirst()
                .ifPresent(open -> {
                  channel.say(dialogue.answer(open, decision));
                  permissions.settled(open.request(), channel.job());
                  progress.works();
                });
      }
    }

    private boolean steered(Turn message) {
      String id = Attempts.of(message).prompt(message);
      Optional<String> line =
          dialogue.hasSaid(id) ? Optional.empty() : dialogue.steer(id, message.prompt());
      line.ifPresent(channel::say);
      return line.isPresent();
    }

    private Instant begun() {
      Instant begun = attempts.begun();
      return begun == null ? clock.instant() : begun;
    }

    private Duration left() {
      return Collections.min(List.of(wall(), silence()));
    }

    private Duration wall() {
      return Duration.between(time.instant(), begun().plus(turn.request().timeout()));
    }

    private Duration silence() {
      return permissions.question().isPresent()
          ? wall()
          : silence.left(turn.request().idleTimeout());
    }

    private boolean isSilent() {
      return permissions.question().isEmpty() && silence.isOver(turn.request().idleTimeout());
    }

    private Optional<TurnOutcome> late() throws InterruptedException {
      boolean over = !wall().isPositive();
      if (!over && !isSilent()) {
        return Optional.empty();
      }
      Optional<String> question = permissions.question();
      quit(over ? "timeout" : "idle_timeout");
      if (!over) {
        return Optional.of(
            new TurnOutcome.Late(How.IDLE_TIMEOUT, "", turn.request().idleTimeout()));
      }
      How how = question.isPresent() ? How.DENIED : How.TIMEOUT;
      String about = question.map("nobody answered: "::concat).orElse("");
      return Optional.of(new TurnOutcome.Late(how, about, turn.request().timeout()));
    }

    /** Cancels the turn, waits up to five seconds for its end, and ends the process. */
    private void quit(String reason) throws InterruptedException {
      dialogue.cancel().forEach(channel::say);
      Instant deadline = clock.instant().plus(GRACE);
      while (!told.isOver(prompt) && channel.running() && clock.instant().isBefore(deadline)) {
        channel.await(Duration.between(clock.instant(), deadline));
        take();
      }
      permissions.closeAll();
      channel.job().end(reason);
    }
  }

  private String lastWords() {
    String errors = channel.job().err().tail(SHOWN);
    String code =
        channel.job().state() instanceof Job.State.Ended(int exit, Instant _)
            ? "exit code " + exit
            : "no exit code";
    return "its process is gone with %s%s".formatted(code, errors.isBlank() ? "" : ":\n" + errors);
  }

  private void submit(Command command) {
    commands.add(command);
    channel.wake();
  }

  /** Adds a message to the running turn; returns whether it was added. */
  boolean steer(Turn message) {
    if (!active) {
      return false;
    }
    var done = new CompletableFuture<Boolean>();
    submit(new Command.Steer(message, done));
    if (!active) {
      rejectCommands();
    }
    return done.join();
  }

  void cancel() {
    if (active) {
      submit(new Command.Cancel());
    }
  }

  /** Stops waiting for answers to questions; the process that takes the agent up asks again. */
  void release() {
    permissions.release();
  }

  void end(String reason) throws InterruptedException {
    permissions.closeAll();
    channel.job().end(reason);
  }
}
