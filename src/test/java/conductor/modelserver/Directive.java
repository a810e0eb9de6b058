package conductor.modelserver;

import java.time.Duration;
import java.util.Map;

/** One thing that a prompt asks of the scripted model: {@code [[name]]} or {@code [[name:...]]}. */
sealed interface Directive {

  /** What the agent is told to do, or the text that ends its turn. One a model turn. */
  sealed interface Act extends Directive {}

  /** {@code [[write:path|content]]}: the agent's tool writes a file. */
  record Write(String path, String content) implements Act {}

  /** {@code [[bash:command]]}: the agent's shell tool runs a command. */
  record Bash(String command) implements Act {}

  /** {@code [[tool:name|JSON]]}: the agent's tool whose name ends so is called, as of a server. */
  record Tool(String name, String json) implements Act {}

  /** {@code [[say:text]]}: a text, which ends the agent's turn. */
  record Say(String text) implements Act {}

  /**
   * {@code [[structured:JSON]]}: a structured answer, by the agent's tool for it, else as a text.
   */
  record Structured(String json) implements Act {}

  /** {@code [[hang]]}: the request is taken and never answered. */
  record Hang() implements Act {}

  /** What comes before the act of the same model turn. */
  sealed interface Before extends Directive {}

  /** {@code [[sleep:seconds]]}: the answer comes that much later. */
  record Sleep(Duration time) implements Before {}

  /** {@code [[gate:name]]}: the answer waits until {@link ModelServer#open(String)}. */
  record Gate(String name) implements Before {}

  /**
   * {@code [[http:429 times=2 retry-after=3 error.type=usage_limit_reached
   * error.resets_at=now+60]]}: an HTTP error, as often as it is said, else every time. What begins
   * with {@code error.} goes into the error of the body, what else is there are headers. In their
   * values {@code now+N} is the time N seconds from now, in seconds since 1970, and {@code %20} is
   * a space.
   */
  record Http(int status, int times, Map<String, String> headers, Map<String, String> error)
      implements Before {}
}
