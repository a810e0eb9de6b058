package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.engine.handler.Key;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A tracker of issues outside of the vault, such as a forge. References to its issues have the form
 * {@code #42}, {@code owner/name#42} or a url.
 */
public interface Tracker {

  /** The key in the front matter of an imported issue for the url of the original. */
  String ORIGIN = "forge_issue";

  /** Returns whether an id refers to an issue of a tracker and not of the vault. */
  static boolean names(String id) {
    return id.matches("[^\\s#]*#\\d+|https?://\\S+/\\d+");
  }

  /**
   * Reads an issue.
   *
   * @param waiting receives a message before each wait for the tracker
   * @throws conductor.effect.IssueFailure.IssueNotFound when there is no such issue
   */
  Issue read(String reference, Consumer<String> waiting) throws InterruptedException;

  /** Comments the result on an issue, once for each key, and closes the issue. */
  Issue resolve(
      String reference,
      @Nullable String result,
      @Nullable String prUrl,
      Key key,
      Consumer<String> waiting)
      throws InterruptedException;
}
