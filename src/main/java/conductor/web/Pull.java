package conductor.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull request of the list.
 *
 * @param link what is said of it; without a status where only its forge knows it
 * @param element the id of its element
 * @param branches from where to where; empty where only its forge knows it
 * @param at when it was opened; when its run began, where only its forge knows it
 * @param run null when a person opened it
 */
record Pull(
    PullLink link,
    String element,
    String branches,
    String repository,
    Instant at,
    @Nullable RunLink run) {

  /** Returns its status in words. */
  String status() {
    return link.status().isEmpty() ? "at its forge" : link.status();
  }
}
