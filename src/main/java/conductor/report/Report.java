package conductor.report;

import conductor.handlers.git.Diff;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows of a run: texts that are safe to show, without secrets, cut where they are
 * long. Says nothing of how it is laid out.
 *
 * @param title the workflow's name
 * @param id the run's id
 * @param label the name that a person gave it; empty without one
 * @param status its status, such as {@code done}
 * @param line the text of its last {@code Status}; empty when there was none
 * @param facts what stands at the top, each with its name
 * @param error why it failed; empty when it did not
 * @param result its result; empty when there is none
 * @param pull the address of its last pull request; null when there was none
 * @param gates the questions that wait for a person
 * @param answered the questions that were answered, the oldest answer first
 * @param effects all effects in program order
 * @param times when its effects began and ended
 * @param agents what each agent used
 * @param conversations what agents said
 * @param changes what the worktrees have against their bases
 * @param script the lines of the script that it runs
 * @param made which version made the report, and when
 */
public record Report(
    String title,
    String id,
    String label,
    String status,
    String line,
    List<Fact> facts,
    String error,
    String result,
    @Nullable String pull,
    List<Question> gates,
    List<Answered> answered,
    List<Step> effects,
    Times times,
    List<Spending> agents,
    List<Conversation> conversations,
    List<Change> changes,
    Script script,
    String made) {

  /** A name and a value. */
  public record Fact(String name, String value) {}

  /** A question, with the words that answer it; empty for free text. */
  public record Question(String position, String prompt, List<String> options) {}

  /**
   * An effect or control.
   *
   * @param depth how many controls it is in
   * @param branch the key of its branch where another one than that of the step before begins; else
   *     empty
   * @param started when it began
   * @param running whether it goes on
   * @param took how long it took, or has been running
   * @param notes what it waited for or was told
   * @param calls where the scripts asked for it, innermost first
   * @param outcome its reply or failure in a few words; empty while there is none
   */
  public record Step(
      String position,
      int depth,
      String branch,
      String effect,
      String status,
      String words,
      Instant started,
      boolean running,
      String took,
      List<String> notes,
      List<String> calls,
      String outcome) {}

  /** A question that was answered: when, and what the person said who answered it. */
  public record Answered(String position, String prompt, String answer, String note, String when) {}

  /**
   * Effects on the axis of time.
   *
   * @param lanes one for each branch, from when effects began to when they ended
   * @param ticks the times below the lanes
   */
  public record Times(List<Lane> lanes, List<Tick> ticks) {}

  /**
   * The effects of one branch on the axis of time.
   *
   * @param branch its position; of a child run's first branch the name of its workflow
   * @param depth 0 for the run, 1 for its child runs and so on
   */
  public record Lane(String branch, int depth, List<Bar> bars) {}

  /**
   * An effect on the axis of time.
   *
   * @param position empty for one of a child run
   * @param text what was asked for
   * @param told the same with when it ran, how it ended and what was used, in lines
   * @param critical whether it is one of those that decided when the run ended
   * @param left where it begins, in percent of the axis
   * @param width in percent
   */
  public record Bar(
      String position,
      String text,
      String told,
      String status,
      boolean critical,
      double left,
      double width) {}

  /**
   * A time on the axis, or a stretch in which nothing happened.
   *
   * @param gap whether it is such a stretch, which is drawn shorter than it was
   */
  public record Tick(double left, String text, boolean gap) {}

  /** What an agent used; a cost is empty where its program tells none. */
  public record Spending(
      String agent, String type, String status, int turns, String tokens, String cost) {}

  /** What an agent was told and said. */
  public record Conversation(String agent, String text) {}

  /**
   * What one worktree has against the commit that it began with.
   *
   * @param why there is none to show; empty when there is
   */
  public record Change(String worktree, String branch, Diff diff, String why) {}

  /** The script's file and lines. */
  public record Script(String file, List<String> lines) {}
}
