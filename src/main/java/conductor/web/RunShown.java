package conductor.web;

import conductor.report.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pages say of a run. */
final class RunShown {

  private RunShown() {}

  /**
   * What stands at the top of all pages of a run.
   *
   * @param label the name that a person gave it; empty without one
   * @param line its last {@code Status}; empty without one
   * @param took how long it took; empty while it goes on
   * @param tokens and cost; empty while there are none
   * @param tab the page of the run that is shown
   */
  record Head(
      String id,
      String name,
      String label,
      String status,
      String line,
      String issue,
      Instant created,
      String took,
      String tokens,
      @Nullable String pull,
      String tab,
      Form form) {

    boolean ended() {
      return !took.isEmpty();
    }

    String title() {
      return label.isEmpty() ? name : label;
    }

    /** Returns the pages of the run, each with the end of its address. */
    List<Link> tabs() {
      return List.of(
          new Link("", "Overview", "overview"),
          new Link("/changes", "Changes", "changes"),
          new Link("/script", "Script", "script"),
          new Link("/journal", "Journal", "journal"));
    }
  }

  /** How it ended; each is empty where there is none. */
  record Ended(String error, String result) {}

  /**
   * An agent.
   *
   * @param element the id of its element
   * @param said its last line
   * @param over whether it does nothing any more
   */
  record Agent(
      String element, String run, Report.Spending used, String said, boolean over, Form form) {

    String name() {
      return used.agent();
    }
  }
}
