package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Protocol;
import conductor.handlers.agent.protocol.Usage;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import conductor.state.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An agent that a forked run keeps from its original run, as {@code forked.json} in the agent's
 * directory records it. Its turns are copied with what was printed and asked in them, so that
 * places in its conversation mean the same, and the first message to it opens a copy of its
 * session. The original run's files are only read.
 *
 * @param from the agent's directory in the original run
 * @param turns how many of its turns the fork has
 * @param about the content of its {@code agent.json} in the fork
 */
public record Forked(int v, Path from, int turns, String about) {

  private static final int FORMAT = 1;
  private static final String FILE = "forked.json";

  /**
   * A session to be copied.
   *
   * @param place the place where the copy ends; null for the whole session
   * @param spent the usage up to that place
   */
  record Origin(String session, @Nullable String place, Usage spent) {}

  /**
   * Copies an agent into a fork.
   *
   * @param from the agent's directory in the original run
   * @param to the agent's directory in the fork
   * @param before whether the effect of a key was asked for and answered before the fork
   * @param told rewrites texts of the original run, such as its id, for the fork
   */
  public static void keep(
      Path from, Path to, Predicate<String> before, UnaryOperator<String> told) {
    List<Turn> turns = new Turns(from).all();
    int last = 0;
    for (Turn turn : turns) {
      last = before.test(turn.request().key()) ? turn.number() : last;
    }
    List<Turn> kept = over(turns.subList(0, last));
    kept.forEach(turn -> copy(turn, to, told));
    if (!kept.isEmpty()) {
      new ConversationCopy(from, to, turns, kept.size(), told).write();
    }
    String about = told.apply(TextFile.read(from.resolve("agent.json")));
    var forked = new Forked(FORMAT, from, kept.size(), about);
    AtomicFile.write(to.resolve(FILE), StateJson.pretty(forked));
    AtomicFile.write(to.resolve("claim"), told.apply(TextFile.read(from.resolve("claim"))));
  }

  private static List<Turn> over(List<Turn> turns) {
    return turns.stream().takeWhile(Turn::over).toList();
  }

  /** Returns what a copy keeps of an agent of the same run: all turns that have ended. */
  static Forked whole(Path from) {
    int turns = over(new Turns(from).all()).size();
    return new Forked(FORMAT, from, turns, TextFile.read(from.resolve("agent.json")));
  }

  /** Copies the turns that this keeps into another agent of the same run. */
  void copyTo(Path to) {
    new Turns(from)
        .all()
        .subList(0, turns)
        .forEach(turn -> copy(turn, to, UnaryOperator.identity()));
    AtomicFile.write(to.resolve(FILE), StateJson.pretty(this));
  }

  /** Copies a turn, without its usage, so that its cost is not counted twice. */
  private static void copy(Turn turn, Path to, UnaryOperator<String> told) {
    String goOn = turn.goOn().map(told).orElse(null);
    var text = new Turns.Text(told.apply(turn.prompt()), goOn, turn.schema().orElse(null));
    Turn.Request request = turn.request().withKey(told.apply(turn.request().key()));
    Turn.make(turn.number(), to, request, text)
        .end(turn.end().orElseThrow().withCosts(0, Usage.NONE));
  }

  static Optional<Forked> of(Path directory) {
    return StateJson.find(directory.resolve(FILE), Forked.class, FORMAT);
  }

  /**
   * Returns the session to copy; empty when there is none, or when it has later turns and the
   * program can only copy whole sessions.
   */
  Optional<Origin> origin(Protocol protocol) {
    List<Turn> all = Files.isDirectory(from) ? new Turns(from).all() : List.of();
    Optional<String> session = AgentSession.id(from);
    if (session.isEmpty() || turns == 0 || all.size() < turns) {
      return Optional.empty();
    }
    List<TurnEnd> ends =
        all.subList(0, turns).stream().map(Turn::end).flatMap(Optional::stream).toList();
    String place = protocol.forksAnywhere() ? ends.getLast().place() : null;
    Usage spent = ends.stream().map(TurnEnd::usage).reduce(Usage.NONE, Usage::plus);
    return place == null && all.size() > turns
        ? Optional.empty()
        : session.map(id -> new Origin(id, place, spent));
  }
}
