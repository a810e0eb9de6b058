package conductor.script;

import conductor.effect.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Knows the files of a run's scripts, and by them tells the scripts' stack frames from conductor's
 * own. Safe for use by several threads.
 */
public final class Frames {

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> WITHOUT_A_NAME = Set.of("run", "doCall", "call");

  private final Set<String> files = ConcurrentHashMap.newKeySet();

  /** Adds a file whose stack frames are a script's. */
  public void add(String file) {
    files.add(file);
  }

  /** Returns the script frames on the calling thread's stack, innermost first. */
  public Site site() {
    return new Site(WALKER.walk(this::frames));
  }

  private List<Site.Frame> frames(Stream<StackWalker.StackFrame> stack) {
    return stack
        .filter(frame -> isScript(frame.getFileName(), frame.getLineNumber()))
        .map(frame -> new Site.Frame(frame.getFileName(), frame.getLineNumber(), name(frame)))
        .toList();
  }

  private static String name(StackWalker.StackFrame frame) {
    return name(frame.getMethodName());
  }

  private static String name(String method) {
    return WITHOUT_A_NAME.contains(method) || method.contains("$") ? "" : method;
  }

  private boolean isScript(@org.jspecify.annotations.Nullable String file, int line) {
    return file != null && line > 0 && files.contains(file);
  }

  /** Returns the frames of an error that are in scripts, innermost first. */
  public List<Site.Frame> of(Throwable error) {
    return Arrays.stream(error.getStackTrace())
        .filter(frame -> isScript(frame.getFileName(), frame.getLineNumber()))
        .map(frame ->
            new Site.Frame(
                String.valueOf(frame.getFileName()),
                frame.getLineNumber(),
                name(frame.getMethodName())))
        .toList();
  }

  /**
   * Returns the error, its stack trace reduced to script frames: those it had (of the branch that
   * it comes from), then those of the calling thread.
   */
  public <E extends Throwable> E raisedHere(E error) {
    var trace = new ArrayList<StackTraceElement>();
    Stream.of(error.getStackTrace())
        .filter(frame -> isScript(frame.getFileName(), frame.getLineNumber()))
        .forEach(trace::add);
    Stream.of(new Throwable().getStackTrace())
        .filter(frame -> isScript(frame.getFileName(), frame.getLineNumber()))
        .forEach(trace::add);
    error.setStackTrace(trace.toArray(StackTraceElement[]::new));
    return error;
  }
}
