package conductor.script;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scripted agent can do: the world as its script sees it. */
public interface Stage {

  /** Returns what the agent was told. */
  String prompt();

  /** Returns the variables of the script besides {@code prompt}. */
  Map<String, @Nullable Object> variables();

  /** Says a line of the reply. */
  void say(String line);

  /** Gives a value as the reply, as JSON. */
  void answer(@Nullable Object value);

  /** Writes a file of the worktree; directories are made. */
  void write(String path, String text);

  /** Returns the text of a file of the worktree. */
  String read(String path);

  /** Returns whether a file of the worktree exists. */
  boolean exists(String path);

  /**
   * Runs shell lines in the worktree.
   *
   * @return what they print, without the last line's end
   * @throws IllegalStateException when they fail
   */
  String sh(String lines) throws InterruptedException;

  /** Waits. */
  void pause(Duration time) throws InterruptedException;
}
