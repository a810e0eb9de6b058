package conductor.handlers.agent;

import conductor.effect.AgentEvent;
import conductor.effect.AgentEvent.Kind;
import conductor.effect.AgentStatus;
import conductor.error.Unchecked;
import conductor.handlers.people.AgentQuestion;
import conductor.state.FileTree;
import conductor.state.StateJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of one agent behind a place in its conversation, read from the agent's files, so that
 * any process finds the same. Lines that it printed come before its questions, and these before the
 * end of its turn.
 *
 * @param directory the agent's directory
 */
record AgentEvents(Path directory) {

  /** The largest number of characters in the text of one event; the next event has the rest. */
  private static final int MOST = 1 << 16;

  private static final Pattern END = Pattern.compile("= .*, \\d+ tokens in, \\d+ out");

  /**
   * A place in a conversation.
   *
   * @param lines how many lines of output are before it
   * @param questions how many questions
   * @param turns how many ends of turns
   */
  record At(int lines, int questions, int turns) {

    /** Returns the place of a position; the beginning for null. */
    static At of(@Nullable String position) {
      if (position == null) {
        return new At(0, 0, 0);
      }
      String[] parts = position.split("\\.", -1);
      return new At(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    String text() {
      return lines + "." + questions + "." + turns;
    }
  }

  /** Returns the next event of one of these kinds; empty when there is none yet. */
  Optional<AgentEvent> next(At after, Predicate<Kind> wanted, AgentStatus status) {
    List<Turn> turns = new Turns(directory).all();
    Optional<AgentEvent> said =
        wanted.test(Kind.SAID) ? said(after, turns, status) : Optional.empty();
    return said.or(() -> wanted.test(Kind.ASKED) ? asked(after, turns, status) : Optional.empty())
        .or(() -> wanted.test(Kind.ENDED) ? ended(after, turns) : Optional.empty());
  }

  /** Returns the event that nothing happened in time. */
  AgentEvent timeout(At after, AgentStatus status) {
    return new AgentEvent(
        Kind.TIMEOUT, "", new Turns(directory).all().size(), null, status, after.text());
  }

  /**
   * What there is to look at, found without reading what was printed: it differs when something
   * happened.
   *
   * @param size of all output, in bytes
   * @param questions the names of their files
   * @param turns how many there are
   * @param ended how many of them have ended
   */
  record Stamp(long size, List<String> questions, int turns, int ended) {}

  /** Returns the stamp of all that happened by now. */
  Stamp stamp() {
    List<Turn> turns = new Turns(directory).all();
    return new Stamp(
        files().stream().mapToLong(file -> file.toFile().length()).sum(),
        FileTree.names(directory.resolve(AgentQuestion.DIRECTORY)),
        turns.size(),
        (int) turns.stream().filter(Turn::over).count());
  }

  /** Returns whether all turns have ended. */
  boolean over() {
    return new Turns(directory).open().isEmpty();
  }

  /** Each file is whole once the next one is begun; errors are printed beside it. */
  private List<Path> files() {
    return Outputs.of(directory).stream().filter(file -> !file.endsWith("err")).toList();
  }

  private Optional<AgentEvent> said(At after, List<Turn> turns, AgentStatus status) {
    boolean over = turns.stream().allMatch(Turn::over);
    Set<String> told = told(turns);
    List<Path> files = files();
    int seen = 0;
    var text = new StringBuilder();
    for (int n = 0; n < files.size() && text.length() < MOST; n++) {
      Path file = files.get(n);
      for (String line : lines(file, over || n + 1 < files.size())) {
        if (seen++ < after.lines()) {
          continue;
        }
        if (text.length() >= MOST) {
          seen--;
          break;
        }
        if (!isOthers(file, line, told)) {
          text.append(line).append('\n');
        }
      }
    }
    var at = new At(seen, after.questions(), after.turns());
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AgentEvent(
                Kind.SAID, text.toString().strip(), turns.size(), null, status, at.text()));
  }

  /** Returns the lines of a log that show what the agent was told. */
  private static Set<String> told(List<Turn> turns) {
    return turns.stream()
        .flatMap(turn -> Stream.concat(Stream.of(turn.prompt()), turn.goOn().stream()))
        .flatMap(String::lines)
        .map(line -> "> " + line)
        .collect(Collectors.toSet());
  }

  /** Returns whether a line of a log was not printed by the agent. */
  private static boolean isOthers(Path file, String line, Set<String> told) {
    return file.endsWith(AgentLog.NAME)
        && (told.contains(line) || Outputs.isDiff(file, line) || END.matcher(line).matches());
  }

  /** Returns the lines of a file; the last one without a line end only when it is whole. */
  private static List<String> lines(Path file, boolean whole) {
    return Unchecked.get(
        "read " + file,
        () -> {
          // read once: a program may end the line meanwhile
          String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          return (whole ? text : text.substring(0, text.lastIndexOf('\n') + 1)).lines().toList();
        });
  }

  private Optional<AgentEvent> asked(At after, List<Turn> turns, AgentStatus status) {
    int number = after.questions() + 1;
    Path gates = directory.resolve(AgentQuestion.DIRECTORY);
    var at = new At(after.lines(), number, after.turns());
    return Stream.of(number + ".json", number + AgentQuestion.CLOSED)
        .flatMap(name ->
            StateJson.find(gates.resolve(name), AgentQuestion.class, AgentQuestion.FORMAT).stream())
        .findFirst()
        .map(question ->
            new AgentEvent(
                Kind.ASKED, question.prompt(), turns.size(), question.gate(), status, at.text()));
  }

  private static Optional<AgentEvent> ended(At after, List<Turn> turns) {
    if (turns.size() <= after.turns()) {
      return Optional.empty();
    }
    Turn turn = turns.get(after.turns());
    var at = new At(after.lines(), after.questions(), turn.number());
    return turn.end()
        .map(end ->
            new AgentEvent(
                Kind.ENDED,
                end.answered() ? end.answer() : end.text(),
                turn.number(),
                null,
                end.status(),
                at.text()));
  }
}
