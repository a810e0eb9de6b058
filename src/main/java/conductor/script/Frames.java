package conductor.script;

import conductor.effect.Site;
import java.util.ArrayList;
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
    return site(Integer.MAX_VALUE);
  }

  /**
   * Returns the script frames on the calling thread's stack, innermost first.
   *
   * @param line the line in which the innermost call begins, if its frame tells a later one
   */
  public Site site(int line) {
    List<StackTraceElement> calls =
        WALKER.walk(stack -> scripts(stack.map(StackWalker.StackFrame::toStackTraceElement)));
    return new Site(frames(begun(calls, line)));
  }

  /** Returns the frames of an error that are in scripts, innermost first. */
  public List<Site.Frame> of(Throwable error) {
    return frames(scripts(Stream.of(error.getStackTrace())));
  }

  private List<StackTraceElement> scripts(Stream<StackTraceElement> stack) {
    return stack.filter(this::isScript).toList();
  }

  private boolean isScript(StackTraceElement frame) {
    String file = frame.getFileName();
    return file != null && frame.getLineNumber() > 0 && files.contains(file);
  }

  /** Returns calls of which the innermost is in a line at most. */
  private static List<StackTraceElement> begun(List<StackTraceElement> calls, int line) {
    if (calls.isEmpty() || calls.getFirst().getLineNumber() <= line) {
      return calls;
    }
    var begun = new ArrayList<StackTraceElement>(calls);
    begun.set(0, at(calls.getFirst(), line));
    return begun;
  }

  private static StackTraceElement at(StackTraceElement call, int line) {
    return new StackTraceElement(
        call.getClassName(), call.getMethodName(), call.getFileName(), line);
  }

  private static List<Site.Frame> frames(List<StackTraceElement> calls) {
    return calls.stream()
        .map(frame ->
            new Site.Frame(
                String.valueOf(frame.getFileName()),
                frame.getLineNumber(),
                name(frame.getMethodName())))
        .toList();
  }

  private static String name(String method) {
    return WITHOUT_A_NAME.contains(method) || method.contains("$") ? "" : method;
  }

  /**
   * Returns the error, its stack trace reduced to script frames: those it had (of the branch that
   * it comes from), then those of the calling thread.
   */
  public <E extends Throwable> E raisedHere(E error) {
    return raisedHere(error, Integer.MAX_VALUE);
  }

  /** Does so for a call that begins in a line, if its frame tells a later one. */
  public <E extends Throwable> E raisedHere(E error, int line) {
    List<StackTraceElement> here = scripts(Stream.of(new Throwable().getStackTrace()));
    List<StackTraceElement> own = scripts(Stream.of(error.getStackTrace()));
    int before = own.size() - here.size();
    if (before >= 0 && own.subList(before, own.size()).equals(here)) { // it was made right here
      own = own.subList(0, before);
    }
    error.setStackTrace(
        Stream.concat(own.stream(), begun(here, line).stream()).toArray(StackTraceElement[]::new));
    return error;
  }
}
