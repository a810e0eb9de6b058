package conductor.handlers.issue;

import conductor.effect.Issue;
import conductor.engine.handler.Key;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Issues that are kept elsewhere than in the vault, such as on a forge. They are named by {@code
 * #42}, {@code owner/name#42} or a url.
 */
public interface Tracker {

  /** The front matter of an imported issue that says where it came from. */
  String ORIGIN = "forge_issue";

  /** Returns whether a name means such an issue, and none of the vault. */
  static boolean names(String id) {
    return id.matches("[^\\s#]*#\\d+|https?://\\S+/\\d+");
  }

  /**
   * Reads an issue.
   *
   * @param waiting told a line before the tracker is waited for
   * @throws conductor.effect.IssueFailure.IssueNotFound when there is none
   */
  Issue read(String reference, Consumer<String> waiting) throws InterruptedException;

  /** Says there what came of an issue, once, and closes it. */
  Issue resolve(
      String reference,
      @Nullable String result,
      @Nullable String prUrl,
      Key key,
      Consumer<String> waiting)
      throws InterruptedException;
}
