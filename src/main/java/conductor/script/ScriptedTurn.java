package conductor.script;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actions of an agent that a script plays, as the script calls them. */
public interface ScriptedTurn {

  String prompt();

  /** Returns the variables of the script besides {@code prompt}. */
  Map<String, @Nullable Object> variables();

  void say(String line);

  /** Replies with a value, written as JSON. */
  void answer(@Nullable Object value);

  /** Writes a file of the worktree; makes missing directories. */
  void write(String path, String text);

  String read(String path);

  boolean exists(String path);

  /**
   * Runs shell commands in the worktree.
   *
   * @return their output, without the last line end
   * @throws IllegalStateException when they fail
   */
  String sh(String lines) throws InterruptedException;

  void pause(Duration time) throws InterruptedException;
}
