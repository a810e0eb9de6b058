package conductor.effect;

import java.util.List;

/**
 * The place in the user's scripts at which an effect was asked for: the chain of calls, innermost
 * first.
 *
 * @param frames at least one frame for an effect that a script asked for; empty when the host
 *     itself asks
 */
public record Site(List<Frame> frames) {

  /** A site outside any script. */
  public static final Site HOST = new Site(List.of());

  public Site {
    frames = List.copyOf(frames);
  }

  /**
   * One call inside a script.
   *
   * @param file the script's file name as the user gave it
   * @param line counted from 1
   * @param method the enclosing method's name, or empty at the script's top level and in closures
   */
  public record Frame(String file, int line, String method) {

    @Override
    public String toString() {
      return file + ":" + line + (method.isEmpty() ? "" : " in " + method);
    }
  }

  /** Returns the innermost frame as {@code file:line}, or {@code -} outside scripts. */
  @Override
  public String toString() {
    return frames.isEmpty() ? "-" : frames.getFirst().file() + ":" + frames.getFirst().line();
  }
}
