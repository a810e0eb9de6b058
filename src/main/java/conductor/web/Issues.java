package conductor.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Issues of the vault as pages show them. */
final class Issues {

  private Issues() {}

  /**
   * A line of the list.
   *
   * @param status {@code open} or {@code resolved}
   * @param runs those that were started for it, the newest first
   * @param pull the pull request that resolves it, else that of its last run; null without one
   */
  record Row(
      String id,
      String title,
      String status,
      List<String> labels,
      List<RunLink> runs,
      @Nullable PullLink pull) {

    String element() {
      return Part.id("i", id);
    }
  }

  /**
   * An issue as a whole.
   *
   * @param resolved null while it is open
   * @param text as it was written, with its markup
   */
  record Whole(
      Row row, Instant created, Instant updated, @Nullable Instant resolved, String text) {}
}
