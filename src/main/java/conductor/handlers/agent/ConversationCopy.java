package conductor.handlers.agent;

import conductor.error.Unchecked;
import conductor.handlers.people.AgentQuestion;
import conductor.process.OutputTimes;
import conductor.state.AtomicFile;
import conductor.state.FileTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Copies what an agent printed and asked in its first turns to an agent of a fork: output to {@code
 * forked/}, before all that the other agent prints itself, and questions that are closed.
 *
 * @param from the agent's directory
 * @param to the other agent's directory
 * @param turns all turns of the agent
 * @param kept how many of them, at least one, the other agent has
 * @param told rewrites texts for the fork
 */
record ConversationCopy(
    Path from, Path to, List<Turn> turns, int kept, UnaryOperator<String> told) {

  private static final String DIRECTORY = "forked";

  void write() {
    boolean all = kept == turns.size();
    Instant until = all ? Instant.MAX : Outputs.begin(turns, kept);
    List<Turn> later = turns.subList(kept, turns.size());
    int number = 0;
    for (Path file : Outputs.of(from)) {
      if (later.stream().noneMatch(turn -> file.startsWith(turn.directory()))) {
        Path copy = to.resolve(DIRECTORY).resolve(++number + "").resolve(file.getFileName());
        AtomicFile.write(copy, told.apply(printed(file, until)));
      }
    }
    for (Path question : FileTree.files(from.resolve(AgentQuestion.DIRECTORY))) {
      FileTime closed =
          Unchecked.get("read " + question, () -> Files.getLastModifiedTime(question));
      if (question.toString().endsWith(AgentQuestion.CLOSED)
          && closed.toInstant().isBefore(until)) {
        Path copy = to.resolve(AgentQuestion.DIRECTORY).resolve(question.getFileName());
        AtomicFile.write(copy, told.apply(text(question)));
        Unchecked.get("write " + copy, () -> Files.setLastModifiedTime(copy, closed));
      }
    }
  }

  private static String text(Path file) {
    return Unchecked.get(
        "read " + file, () -> new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /** Returns the lines of a file that were printed before a moment, or when nobody knows. */
  private static String printed(Path file, Instant until) {
    byte[] all = Unchecked.get("read " + file, () -> Files.readAllBytes(file));
    OutputTimes.Read times = OutputTimes.times(file);
    int length = 0;
    for (int end = 1; end <= all.length; end++) {
      if (all[end - 1] == '\n' || end == all.length) {
        if (times.at(end).filter(at -> !at.isBefore(until)).isPresent()) {
          break;
        }
        length = end;
      }
    }
    return new String(all, 0, length, StandardCharsets.UTF_8);
  }
}
