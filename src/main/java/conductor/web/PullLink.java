package conductor.web;

import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.people.Shown;
import org.jspecify.annotations.Nullable;

/**
 * A pull request that another thing belongs to.
 *
 * @param href where it can be seen; empty when nowhere
 * @param text its number, and its title where that is known
 * @param status empty where only its forge knows it
 */
record PullLink(String href, String text, String status) {

  /**
   * Returns the link to the pull request of a url.
   *
   * @param kept the same pull request where this host keeps it; null for one of a forge
   */
  static PullLink of(String url, @Nullable PullRequest kept) {
    if (kept != null) {
      return new PullLink(
          "/pulls#" + element(url),
          Shown.oneLine("#" + kept.number() + " " + kept.title()),
          status(kept));
    }
    String name = url.substring(url.lastIndexOf('/') + 1);
    return new PullLink(
        isAddress(url) ? url : "", (isAddress(url) ? "#" : "") + Shown.oneLine(name), "");
  }

  static String element(String url) {
    return Part.id("p", url);
  }

  static String status(PullRequest kept) {
    return kept.status().text();
  }

  /** Returns whether a browser may follow a url. */
  static boolean isAddress(String url) {
    return url.startsWith("https://") || url.startsWith("http://");
  }

  /** Returns whether the link leads away from these pages. */
  boolean leadsAway() {
    return isAddress(href);
  }

  boolean isOpen() {
    return status.equals("open") || status.equals("draft");
  }
}
