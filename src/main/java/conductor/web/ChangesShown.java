package conductor.web;

import conductor.handlers.git.Diff;
import java.util.List;

/** What a page says of the changes of a run. */
final class ChangesShown {

  private ChangesShown() {}

  /**
   * A worktree's difference.
   *
   * @param why there is none to show; empty when there is
   */
  record Change(String element, String worktree, String branch, Diff diff, String why) {}

  /**
   * To whom what a reviewer writes can go.
   *
   * @param agents those that take messages
   * @param gates the positions of questions that take any text
   */
  record Review(String run, List<String> agents, List<String> gates, Form form) {}
}
