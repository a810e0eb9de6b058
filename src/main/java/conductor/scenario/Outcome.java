package conductor.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a workflow's run in a scenario, when it has ended.
 *
 * @param status {@code done}, {@code error} or {@code aborted}
 * @param result what the workflow returned
 * @param failure what it failed with; null when it did not
 * @param message how that is told; empty when it did not fail
 * @param time how long it took, in the scenario's time
 * @param agents the turns of agents, in the order in which they began
 * @param commands what was run, those of {@code Verify} too
 * @param questions what people were asked
 * @param pulls the pull requests, as they are now
 * @param pushes what was pushed, those of pull requests too
 * @param worktrees those that were made, deleted ones too
 * @param branches the files of each branch, by path: as the remote has it, where it has it
 * @param effects the names of all effects, in the order in which they were asked for
 */
public record Outcome(
    String status,
    @Nullable Object result,
    @Nullable Throwable failure,
    String message,
    Duration time,
    List<Turn> agents,
    List<Ran> commands,
    List<Asked> questions,
    List<Pull> pulls,
    List<Push> pushes,
    List<Worktree> worktrees,
    Map<String, Map<String, String>> branches,
    List<String> effects) {

  /**
   * A turn of an agent.
   *
   * @param agent its type, as the workflow chose it; null for the default
   * @param worktree the worktree's id
   */
  public record Turn(
      String position,
      String name,
      @Nullable String agent,
      String prompt,
      @Nullable String worktree) {}

  /** A command that was run. */
  public record Ran(String position, String command, @Nullable String dir, int exitCode) {}

  /** A question to a person; the answer is null where nobody gave one. */
  public record Asked(String position, String question, @Nullable Object answer) {}

  /**
   * A pull request.
   *
   * @param status {@code open}, {@code draft}, {@code merged} or {@code closed}
   * @param files the paths that differ from its target, as of when it was opened
   */
  public record Pull(
      int number,
      String title,
      String body,
      String branch,
      String target,
      String status,
      List<String> files,
      List<String> comments) {}

  /** A push of a branch. */
  public record Push(String branch, String commit) {}

  /**
   * A worktree.
   *
   * @param files what is in it, by path, when the run ended or it was deleted
   */
  public record Worktree(String id, String branch, boolean deleted, Map<String, String> files) {}
}
