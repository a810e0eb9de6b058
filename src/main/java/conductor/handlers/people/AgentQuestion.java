package conductor.handlers.people;

import conductor.error.Unchecked;
import conductor.journal.Note;
import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An open question of an agent: a file in the agent's {@code gates/}, where commands that list
 * questions find it.
 *
 * @param gate the name of the gate at which it is answered, {@code <agent>:<n>}
 * @param request the agent's id of the request
 * @param options the possible answers
 * @param note what the person said who answered; null for nothing
 */
public record AgentQuestion(
    int v,
    String gate,
    String request,
    String prompt,
    List<String> options,
    @Nullable String note) {

  public static final int FORMAT = 1;

  /** The name of the directory for questions in an agent's directory. */
  public static final String DIRECTORY = "gates";

  /** The suffix of a question's file after it was closed; its time is that of the closing. */
  public static final String CLOSED = ".closed";

  /** Returns the question with what the person said who answered it. */
  public AgentQuestion with(Note said) {
    return new AgentQuestion(v, gate, request, prompt, options, said.text());
  }

  /** Returns when a question was closed; empty while it is open, and for an unknown one. */
  public static Optional<Instant> closedAt(RunDirectory run, String gate) {
    String name = gate.substring(gate.lastIndexOf(':') + 1) + CLOSED;
    return FileTree.in(run.agents()).stream()
        .map(agent -> agent.resolve(DIRECTORY).resolve(name))
        .filter(Files::isRegularFile)
        .filter(file ->
            StateJson.find(file, AgentQuestion.class, FORMAT)
                .filter(question -> question.gate().equals(gate))
                .isPresent())
        .map(AgentQuestion::closedAt)
        .findFirst();
  }

  /** A question that was closed, and when. */
  public record Closed(AgentQuestion question, Instant at) {}

  /** Returns the questions of a run's agents that were closed. */
  public static List<Closed> closed(RunDirectory run) {
    return FileTree.in(run.agents()).stream()
        .flatMap(agent -> FileTree.in(agent.resolve(DIRECTORY)).stream())
        .filter(file -> file.getFileName().toString().endsWith(CLOSED))
        .flatMap(file ->
            StateJson.find(file, AgentQuestion.class, FORMAT)
                .map(question -> new Closed(question, closedAt(file)))
                .stream())
        .toList();
  }

  private static Instant closedAt(Path file) {
    return Unchecked.get("read " + file, () -> Files.getLastModifiedTime(file).toInstant());
  }

  public static List<AgentQuestion> ofRun(RunDirectory run) {
    return FileTree.in(run.agents()).stream()
        .flatMap(agent -> in(agent.resolve(DIRECTORY)).stream())
        .toList();
  }

  public static List<AgentQuestion> in(Path directory) {
    return StateJson.files(directory).stream()
        .filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
        .flatMap(file -> StateJson.find(file, AgentQuestion.class, FORMAT).stream())
        .sorted(Comparator.comparing(AgentQuestion::gate))
        .toList();
  }
}
