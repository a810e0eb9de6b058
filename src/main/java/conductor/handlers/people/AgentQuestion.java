package conductor.handlers.people;

import conductor.state.FileTree;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

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

  public static final int FORMAT = 1;

  /** The name of the directory for questions in an agent's directory. */
  public static final String DIRECTORY = "gates";

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
