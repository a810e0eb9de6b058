package conductor.script;

import conductor.effect.Site;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows the files of a run's scripts, and by them tells the scripts' stack frames from conductor's
 * own. Safe for use by several threads.
 */
public final class Frames {

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final Set<String> WITHOUT_A_NAME = Set.of("run", "doCall", "call");

  private final Set<String> files = ConcurrentHashMap.newKeySet();

  /** Adds a file whose stack frames are a script's. */
  public void add(String file) {
    files.add(file);
  }

  /** Returns the script frames on the calling thread's stack, innermost first. */
  public Site site() {
    return new Site(
        WALKER.walk(stack -> frames(stack.map(StackWalker.StackFrame::toStackTraceElement))));
  }

  /** Returns the frames of an error that are in scripts, innermost first. */
  public List<Site.Frame> of(Throwable error) {
    return frames(Stream.of(error.getStackTrace()));
  }

  private List<Site.Frame> frames(Stream<StackTraceElement> stack) {
    return stack
        .filter(this::isScript)
        .map(frame ->
            new Site.Frame(
                String.valueOf(frame.getFileName()),
                frame.getLineNumber(),
                name(frame.getMethodName())))
        .toList();
  }

  private boolean isScript(StackTraceElement frame) {
    String file = frame.getFileName();
    return file != null && frame.getLineNumber() > 0 && files.contains(file);
  }

  private static String name(String method) {
    return WITHOUT_A_NAME.contains(method) || method.contains("$") ? "" : method;
  }

  /**
   * Returns the error, its stack trace reduced to script frames: those it had (of the branch that
   * it comes from), then those of the calling thread.
   */
  public <E extends Throwable> E raisedHere(E error) {
    error.setStackTrace(
        Stream.of(error.getStackTrace(), new Throwable().getStackTrace())
            .flatMap(Stream::of)
            .filter(this::isScript)
            .toArray(StackTraceElement[]::new));
    return error;
  }
}
