package conductor.script.groovy;

import conductor.effect.Coercion;
import conductor.script.ScriptedTurn;
import groovy.lang.Script;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base class of scripts that play an agent: the actions of {@link ScriptedTurn}, and two ways
 * not to succeed. {@code prompt}, {@code turn}, {@code agent} and {@code schema} are variables of
 * such a script.
 */
public abstract class AgentScript extends Script {

  private @Nullable ScriptedTurn stage;

  void enter(ScriptedTurn stage) {
    this.stage = stage;
  }

  private ScriptedTurn stage() {
    return Objects.requireNonNull(stage);
  }

  /** Thrown by a script to make its agent fail. */
  public static final class Fails extends RuntimeException {

    public final int code;

    Fails(String message, int code) {
      super(message);
      this.code = code;
    }
  }

  public void say(Object line) {
    stage().say(line.toString());
  }

  public void answer(Object value) {
    stage().answer(value);
  }

  public void write(Object path, Object text) {
    stage().write(path.toString(), text.toString());
  }

  public String read(Object path) {
    return stage().read(path.toString());
  }

  public boolean exists(Object path) {
    return stage().exists(path.toString());
  }

  /** Runs shell commands in the worktree and returns their output. */
  public String sh(Object lines) throws InterruptedException {
    return stage().sh(lines.toString());
  }

  /** Waits for a number of seconds, or a time such as {@code '1m'}. */
  public void pause(Object time) throws InterruptedException {
    stage()
        .pause(
            time instanceof Number seconds
                ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1000))
                : Coercion.duration(time.toString()));
  }

  /** Ends the agent with exit code 1. */
  public void fail(Object message) {
    fail(message, 1);
  }

  public void fail(Object message, int code) {
    throw new Fails(message.toString(), code);
  }

  /** Does nothing until the agent is ended. */
  public void hang() throws InterruptedException {
    Thread.currentThread().join();
  }
}
