package conductor.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs by what a person has to do about them. */
final class Board {

  private Board() {}

  /** What is to be done, in the order of the board. */
  enum Kind {
    WAITS("Waits for you", "Answer, or resume", "/gates"),
    WORKS("Works", "Nothing to do", "/?status=running"),
    FAILED("Failed", "Look why, then resume or remove", "/?status=error"),
    READY("Ready to merge", "Done, with an open pull request", "/pulls?status=open"),
    DONE("Merged or done", "Ended in the last 7 days", "/?status=done");

    final String title;
    final String hint;
    final String all;

    Kind(String title, String hint, String all) {
      this.title = title;
      this.hint = hint;
      this.all = all;
    }
  }

  /**
   * The runs of one kind.
   *
   * @param found how many there are
   * @param groups the newest of them
   * @param shown how many those are
   */
  record Lane(Kind kind, int found, List<Group> groups, int shown) {

    String element() {
      return Part.id("lane", kind.name());
    }
  }

  /**
   * Runs of one repository and issue.
   *
   * @param issue its id; empty without one
   * @param title the issue's; empty when the vault has none of it
   */
  record Group(String repository, String issue, String title, List<Card> cards) {}

  /**
   * A run.
   *
   * @param workflow empty where its name says it
   * @param line why it failed, or else its last {@code Status}
   * @param asks what it asks people
   * @param cost empty where no program said it
   */
  record Card(
      String id,
      String name,
      String workflow,
      String status,
      String line,
      Instant created,
      String cost,
      List<String> asks,
      @Nullable PullLink pull) {

    String element() {
      return Part.id("c", id);
    }
  }
}
