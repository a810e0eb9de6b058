package conductor.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An effect whose changes a page shows.
 *
 * @param before the position of the effect that changed files before it; empty for the first
 * @param after that of the one after it; empty for the last
 */
record EffectShown(
    String run,
    String position,
    String effect,
    String status,
    String words,
    String before,
    String after) {

  /** Returns the address of the page of what an effect changed. */
  static String href(String run, String position) {
    return "/runs/" + run + "/" + tab(position);
  }

  /** Returns the end of that address, behind that of the run. */
  static String tab(String position) {
    return "effect?at=" + URLEncoder.encode(position, StandardCharsets.UTF_8);
  }
}
