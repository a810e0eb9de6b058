package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict and comments of reviewers, and of people in the conversation, on a pull request.
 *
 * @param pr the pull request as it stood then
 * @param verdict the reviews taken together
 * @param approved whether every reviewer's last review is an approval
 * @param comments those that nobody answered yet, the oldest first
 */
public record PRReview(PRHandle pr, Verdict verdict, boolean approved, List<Comment> comments) {

  public PRReview {
    comments = List.copyOf(comments);
  }

  public static PRReview none(PRHandle pr) {
    return new PRReview(pr, Verdict.NONE, false, List.of());
  }

  /** The verdict of the reviews taken together. */
  public enum Verdict {
    APPROVED,
    CHANGES_REQUESTED,
    COMMENTED,
    /**
     * Stands for no review: the forge has none, or the pull request was merged or closed before.
     */
    NONE
  }

  /**
   * A comment of a person.
   *
   * @param id the id to which an answer is addressed
   * @param file the file it is about; null when it is about the whole pull request
   * @param line the line in that file; null when it is about the whole file
   */
  public record Comment(
      String id,
      String author,
      String body,
      @Nullable String file,
      @Nullable Integer line,
      String url) {}
}
