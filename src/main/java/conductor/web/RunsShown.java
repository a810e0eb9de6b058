package conductor.web;

import conductor.run.record.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the list of runs says. */
final class RunsShown {

  private RunsShown() {}

  /**
   * A run of the list.
   *
   * @param asks what it waits for; empty when it does not
   * @param cost empty where no program said it
   * @param pull null when there is no pull request
   */
  record Row(
      String id,
      String status,
      String name,
      String label,
      String repository,
      Instant created,
      String issue,
      String line,
      String asks,
      String cost,
      @Nullable String pull) {}

  /**
   * What the list is asked for, and how much there is.
   *
   * @param found how many runs there are of what is asked for
   */
  record Filter(String status, String workflow, String text, List<String> workflows, int found) {

    List<String> statuses() {
      return Stream.of(RunStatus.values()).map(RunStatus::text).toList();
    }
  }
}
