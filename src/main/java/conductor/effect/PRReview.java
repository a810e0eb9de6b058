package conductor.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reviewers, and people in the conversation, say of a pull request.
 *
 * @param pr the pull request as it stood then
 * @param approved whether every reviewer's last word is an approval
 * @param comments what nobody answered yet, the oldest first
 */
public record PRReview(PRHandle pr, Verdict verdict, boolean approved, List<Comment> comments) {

  public PRReview {
    comments = List.copyOf(comments);
  }

  /** No review. */
  public static PRReview none(PRHandle pr) {
    return new PRReview(pr, Verdict.NONE, false, List.of());
  }

  /** What it comes to. */
  public enum Verdict {
    APPROVED,
    CHANGES_REQUESTED,
    COMMENTED,
    /** Nobody reviewed it: the forge has no reviews, or it was merged or closed before. */
    NONE
  }

  /**
   * What somebody wrote.
   *
   * @param id what an answer is addressed to
   * @param file that it is about; null when it is about all of it
   * @param line in that file; null when it is about the file
   */
  public record Comment(
      String id,
      String author,
      String body,
      @Nullable String file,
      @Nullable Integer line,
      String url) {}
}
