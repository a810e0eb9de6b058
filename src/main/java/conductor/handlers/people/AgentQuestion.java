package conductor.handlers.people;

import conductor.error.Reason;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An open question of an agent: a file in the agent's {@code gates/}, where commands that list
 * questions find it.
 *
 * @param gate the name of the gate at which it is answered, {@code <agent>:<n>}
 * @param request the agent's id of the request
 * @param options the possible answers
 */
public record AgentQuestion(
    int v, String gate, String request, String prompt, List<String> options) {

  /** The format of the file. */
  public static final int FORMAT = 1;

  /** The name of the directory for questions in an agent's directory. */
  public static final String DIRECTORY = "gates";

  /** Returns the open questions of all agents of a run. */
  public static List<AgentQuestion> ofRun(RunDirectory run) {
    if (!Files.isDirectory(run.agents())) {
      return List.of();
    }
    try (Stream<Path> agents = Files.list(run.agents())) {
      return agents.sorted().flatMap(agent -> in(agent.resolve(DIRECTORY)).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + run.agents() + ": " + Reason.of(e), e);
    }
  }

  /** Returns the open questions in an agent's {@code gates/}. */
  public static List<AgentQuestion> in(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
          .flatMap(file -> StateJson.find(file, AgentQuestion.class, FORMAT).stream())
          .sorted(Comparator.comparing(AgentQuestion::gate))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory + ": " + Reason.of(e), e);
    }
  }
}
