package conductor.effect;

import org.jspecify.annotations.Nullable;

/** The effects that tell others what a run did. */
public sealed interface ReportEffect<R extends @Nullable Object> extends Effect<R> {

  /** Summarises the run. */
  @About(
      value =
          "Replies with what 'conductor report --format markdown' prints of the run so far: its effects, agents and answers, without known secrets,"
              + " and short enough for a comment on a pull request.",
      example = "def report = yield Report()\nyield CommentPR(pr, report)")
  @Foreseen("what the run did")
  record Report() implements ReportEffect<String> {}
}
