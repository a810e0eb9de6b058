package conductor.main;

import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands that only look, one after another in one process, so that the JVM learns for a
 * start-up cache which classes they need. The launcher starts it when it makes that cache, with a
 * state directory that holds a run.
 */
final class Rehearsal {

  private Rehearsal() {}

  public static void main(String[] arguments) {
    var state = new StateDirectory(Path.of(System.getenv("CONDUCTOR_STATE_DIR")));
    Main.execute("--version");
    for (String run : new RunStore(state).ids()) {
      List.of("show", "logs", "wait").forEach(command -> Main.execute(command, run));
    }
    for (String list : List.of("ps", "gates", "issue list", "env list", "pr list")) {
      Main.execute(list.split(" "));
      Main.execute((list + " --json").split(" "));
    }
    System.exit(0);
  }
}
