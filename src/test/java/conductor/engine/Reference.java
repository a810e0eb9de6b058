package conductor.engine;

import conductor.journal.BranchPath;
import conductor.journal.Entry;
import conductor.journal.Outcome;
import conductor.journal.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a tree means, told by one thread without an engine: given the replies in the order of a
 * journal, what comes out and what is asked for on the way.
 */
final class Reference {

  /** What a node comes to. */
  sealed interface Result {
    record Value(String text) implements Result {}

    /** A failure, and the effects that it goes back to. */
    record Failed(Set<Position> causes) implements Result {}

    /** Its branch was cancelled. */
    record Gone() implements Result {}
  }

  /** Which branch's end settles a control. */
  private enum Decides {
    ANY,
    FAILURE,
    NONE
  }

  /** A branch. Exactly one of what it waits for is set while it is parked. */
  private static final class Line {
    final BranchPath path;
    final @Nullable Control opener;
    final @Nullable Line spawner;
    final List<Line> tasks = new ArrayList<>();
    final List<Line> waiters = new ArrayList<>();
    boolean started;
    boolean cancelled;
    boolean observed;
    boolean abandoned;
    int asked;
    int cleanups;
    @Nullable Consumer<Result> goesOn;
    @Nullable Position pending;
    @Nullable Control control;
    @Nullable Line awaited;
    @Nullable Result body;
    @Nullable Result result;

    Line(BranchPath path, @Nullable Control opener, @Nullable Line spawner) {
      this.path = path;
      this.opener = opener;
      this.spawner = spawner;
    }

    Position next() {
      return cancelled ? path.cleanup(++cleanups) : path.position(++asked);
    }
  }

  private static final class Control {
    final Line asker;
    final Decides decides;
    final Map<String, Line> lines = new LinkedHashMap<>();
    boolean abandoned;
    @Nullable Result decided;

    Control(Line asker, Decides decides) {
      this.asker = asker;
      this.decides = decides;
    }

    boolean over() {
      return lines.values().stream().allMatch(line -> line.result != null);
    }

    Result outcome() {
      if (decided != null) {
        return decided;
      }
      var texts = new ArrayList<String>();
      var causes = new TreeSet<Position>();
      lines
          .values()
          .forEach(line -> {
            switch (line.result) {
              case Result.Value(var text) -> texts.add(text);
              case Result.Failed failed -> causes.addAll(failed.causes());
              case Result.Gone _ -> throw new AssertionError(line.path + " is gone");
              case null -> throw new AssertionError(line.path + " goes on");
            }
          });
      return causes.isEmpty() ? new Result.Value(texts.toString()) : new Result.Failed(causes);
    }
  }

  private record Turn(Line line, Consumer<Result> goesOn, Result with) {}

  private final Deque<Turn> ready = new ArrayDeque<>();
  private final Map<Position, Line> waiting = new HashMap<>();
  private final Set<Position> intents;
  private final List<String> shared = new ArrayList<>();
  private final Set<Position> asked = new TreeSet<>();
  private final Line root = new Line(BranchPath.ROOT, null, null);

  /**
   * @param intents the effects that the journal has been asked for
   */
  Reference(Set<Position> intents) {
    this.intents = Set.copyOf(intents);
  }

  /** What the tree comes to; null when it is not over after these replies. */
  @Nullable Result of(Tree tree, List<Entry> deliveries) {
    begin(root, tree);
    turns();
    for (Entry entry : deliveries) {
      deliver((Entry.Replied) entry);
      turns();
    }
    return root.result;
  }

  /** The effects that were asked for and not withdrawn at once. */
  Set<Position> asked() {
    return asked;
  }

  private void turns() {
    for (Turn turn = ready.poll(); turn != null; turn = ready.poll()) {
      turn.line().started = true;
      turn.goesOn().accept(turn.with());
    }
  }

  private void deliver(Entry.Replied reply) {
    Line line = waiting.remove(reply.position());
    if (line == null) {
      throw new AssertionError("nothing waits at " + reply.position());
    }
    line.pending = null;
    Result result =
        switch (reply.outcome()) {
          case Outcome.Value value -> new Result.Value(value.value().asString());
          case Outcome.Failed _ -> new Result.Failed(Set.of(reply.position()));
          case Outcome.Cancelled _ -> new Result.Gone();
        };
    reply(line, line.abandoned ? new Result.Gone() : result);
    line.abandoned = false;
  }

  private void reply(Line line, Result result) {
    Consumer<Result> goesOn = line.goesOn;
    if (goesOn == null) {
      throw new AssertionError(line.path + " is not parked");
    }
    ready.add(new Turn(line, goesOn, result));
  }

  private void begin(Line line, Tree body) {
    line.goesOn = _ -> walk(line, body, over -> end(line, over));
    reply(line, new Result.Value(""));
  }

  private void walk(Line line, Tree tree, Consumer<Result> then) {
    switch (tree) {
      case Tree.Do _, Tree.Twice _, Tree.Hang _ -> effect(line, then);
      case Tree.Shared(var name) -> {
        Tree.follow(shared, name);
        effect(line, then);
      }
      case Tree.Sequence(var parts) -> sequence(line, parts, "", then);
      case Tree.Gather(var branches, var failFast) ->
          fork(line, keyed(branches), failFast ? Decides.FAILURE : Decides.NONE, then);
      case Tree.Race(var branches) -> fork(line, keyed(branches), Decides.ANY, then);
      case Tree.Handled(var _, var body) -> fork(line, Map.of("handler", body), Decides.ANY, then);
      case Tree.Try(var body) ->
          fork(
              line,
              Map.of("0", body),
              Decides.ANY,
              over ->
                  then.accept(
                      switch (over) {
                        case Result.Value(var text) -> new Result.Value("ok " + text);
                        case Result.Failed _ -> new Result.Value("err");
                        case Result.Gone gone -> gone;
                      }));
      case Tree.Caught(var body, var after) ->
          walk(
              line,
              body,
              over -> {
                if (over instanceof Result.Failed) {
                  walk(line, after, next -> then.accept(prefixed("caught ", next)));
                } else {
                  then.accept(over);
                }
              });
      case Tree.Cleaned(var body, var cleanup) ->
          walk(
              line,
              body,
              over ->
                  walk(
                      line,
                      cleanup,
                      next -> then.accept(next instanceof Result.Value ? over : next)));
      case Tree.Spawned spawned -> spawn(line, spawned, then);
    }
  }

  private void effect(Line line, Consumer<Result> then) {
    line.pending = line.next();
    line.goesOn = then;
    waiting.put(line.pending, line);
    asked.add(line.pending);
  }

  private void sequence(Line line, List<Tree> parts, String before, Consumer<Result> then) {
    if (parts.isEmpty()) {
      then.accept(new Result.Value(before));
      return;
    }
    walk(
        line,
        parts.getFirst(),
        over -> {
          if (over instanceof Result.Value(var text)) {
            sequence(line, parts.subList(1, parts.size()), before + text, then);
          } else {
            then.accept(over);
          }
        });
  }

  private static Result prefixed(String prefix, Result result) {
    return result instanceof Result.Value(var text) ? new Result.Value(prefix + text) : result;
  }

  private static Map<String, Tree> keyed(List<Tree> branches) {
    var keyed = new LinkedHashMap<String, Tree>();
    branches.forEach(branch -> keyed.put(String.valueOf(keyed.size()), branch));
    return keyed;
  }

  private void fork(Line asker, Map<String, Tree> bodies, Decides decides, Consumer<Result> then) {
    Position position = asker.next();
    var control = new Control(asker, decides);
    asker.control = control;
    asker.goesOn = then;
    bodies.forEach((key, body) -> {
      var line = new Line(position.branch(key), control, null);
      control.lines.put(key, line);
      begin(line, body);
    });
  }

  private void spawn(Line line, Tree.Spawned spawned, Consumer<Result> then) {
    var task = new Line(line.next().branch("0"), null, line);
    line.goesOn =
        turn -> {
          if (turn instanceof Result.Gone) {
            then.accept(turn);
            return;
          }
          walk(
              line,
              spawned.meanwhile(),
              over -> {
                if (spawned.awaited() && over instanceof Result.Value(var text)) {
                  await(line, task, next -> then.accept(prefixed(text, next)));
                } else {
                  then.accept(over);
                }
              });
        };
    reply(line, new Result.Value(""));
    begin(task, spawned.task());
    line.tasks.add(task);
  }

  private void await(Line line, Line task, Consumer<Result> then) {
    line.next();
    line.goesOn = then;
    if (task.result != null) {
      task.observed = true;
      reply(line, task.result);
    } else {
      line.awaited = task;
      task.waiters.add(line);
    }
  }

  /** A branch's body is over; the branch itself is when its tasks are. */
  private void end(Line line, Result over) {
    line.body = over;
    line.goesOn = null;
    if (!(over instanceof Result.Value)) {
      line.tasks.forEach(this::cancel);
    }
    join(line);
  }

  private void join(Line line) {
    Result over = line.body;
    if (over == null
        || line.result != null
        || line.tasks.stream().anyMatch(task -> task.result == null)) {
      return;
    }
    for (Line task : line.tasks) {
      boolean failed = !(task.result instanceof Result.Value) && !task.observed;
      over = failed && over instanceof Result.Value ? task.result : over;
    }
    line.result = line.cancelled ? new Result.Gone() : over;
    tell(line, line.result);
  }

  private void tell(Line line, Result over) {
    if (line.opener != null) {
      decide(line.opener, over);
    } else if (line.spawner != null) {
      line.waiters.forEach(waiter -> {
        waiter.awaited = null;
        line.observed = true;
        reply(waiter, over);
      });
      join(line.spawner);
    }
  }

  private void decide(Control control, Result ended) {
    boolean decides =
        switch (control.decides) {
          case ANY -> true;
          case FAILURE -> !(ended instanceof Result.Value);
          case NONE -> ended instanceof Result.Gone;
        };
    if (control.decided == null && decides) {
      control.decided = ended;
      control.lines.values().stream().filter(line -> line.result == null).forEach(this::cancel);
    }
    Line asker = control.asker;
    if (asker.control == control && control.over()) {
      asker.control = null;
      reply(asker, control.abandoned ? new Result.Gone() : control.outcome());
    }
  }

  private void cancel(Line line) {
    if (line.result != null || line.cancelled) {
      return;
    }
    line.cancelled = true;
    line.tasks.forEach(this::cancel);
    if (!line.started) {
      ready.removeIf(turn -> turn.line() == line);
      line.started = true;
      end(line, new Result.Gone());
    } else if (line.pending != null) {
      abandon(line, line.pending);
    } else if (line.control != null) {
      line.control.abandoned = true;
      List.copyOf(line.control.lines.values()).forEach(this::cancel);
    } else if (line.awaited != null) {
      line.awaited.waiters.remove(line);
      line.awaited = null;
      reply(line, new Result.Gone());
    } else if (ready.removeIf(turn -> turn.line() == line)) {
      reply(line, new Result.Gone());
    }
  }

  private void abandon(Line line, Position pending) {
    if (intents.contains(pending)) {
      line.abandoned = true;
    } else {
      waiting.remove(pending);
      asked.remove(pending);
      line.pending = null;
      reply(line, new Result.Gone());
    }
  }
}
