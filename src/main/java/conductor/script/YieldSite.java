package conductor.script;

/**
 * A place where a script yields.
 *
 * @param file the file's name without directories
 * @param line where it begins, counted from 1
 * @param lastLine where it ends
 * @param method the method around it; empty at the top level of a script
 * @param what the effect's name, or {@code yield} where that is not said there
 */
public record YieldSite(String file, int line, int lastLine, String method, String what) {

  /** Returns whether a call, {@code file:line} and perhaps more, is one from here. */
  public boolean covers(String call) {
    String[] place = call.split("[: ]", 3);
    if (place.length < 2 || !place[0].equals(file)) {
      return false;
    }
    int at = Integer.parseInt(place[1]);
    return at >= line && at <= lastLine;
  }

  /** Returns whether a call is one from the same method. */
  public boolean isAround(String call) {
    return call.startsWith(file + ":")
        && (method.isEmpty() ? !call.contains(" in ") : call.endsWith(" in " + method));
  }
}
