package conductor.script;

/**
 * A place in the source where a script yields.
 *
 * @param file the file's name without directories
 * @param line its first line, counted from 1
 * @param lastLine its last line
 * @param method the method around it; empty at the top level of a script
 * @param what the effect's name, or {@code yield} where the source does not name the effect
 */
public record YieldSite(String file, int line, int lastLine, String method, String what) {

  /**
   * Returns whether a call site lies within this place.
   *
   * @param call {@code file:line}, perhaps followed by more
   */
  public boolean covers(String call) {
    String[] place = call.split("[: ]", 3);
    if (place.length < 2 || !place[0].equals(file)) {
      return false;
    }
    int at = Integer.parseInt(place[1]);
    return at >= line && at <= lastLine;
  }

  /**
   * Returns whether a call site is in the same method of the same file.
   *
   * @param call {@code file:line}, perhaps followed by more
   */
  public boolean isAround(String call) {
    return call.startsWith(file + ":")
        && (method.isEmpty() ? !call.contains(" in ") : call.endsWith(" in " + method));
  }
}
