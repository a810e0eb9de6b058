package conductor.web;

import conductor.effect.AgentUsage;
import conductor.run.record.Amounts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What agents have used, summed up. */
final class Money {

  private static final double HOUR = 3600;

  /** Less work than this, in seconds, says nothing of an hour. */
  private static final double LEAST = 60;

  private Money() {}

  /**
   * A sum over turns.
   *
   * @param silent how many turns told no cost
   * @param told the time of the turns that told their cost, in seconds
   */
  record Sum(AgentUsage used, int silent, double told) {

    static final Sum NONE = new Sum(AgentUsage.NONE, 0, 0);

    Sum plus(AgentUsage turn) {
      boolean silence = turn.costUsd() == null;
      return new Sum(
          used.plus(turn),
          silent + (silence ? turn.turns() : 0),
          told + (silence ? 0 : turn.seconds()));
    }

    /** Returns what the turns that told it have cost, in US dollars. */
    double dollars() {
      return used.costUsd() == null ? 0 : used.costUsd();
    }

    /** Returns the cost for people, who are told where it is not all of it. */
    String cost() {
      if (used.turns() == 0) {
        return Amounts.dollars(0);
      }
      if (used.costUsd() == null) {
        return "not told";
      }
      return (silent == 0 ? "" : "at least ") + Amounts.dollars(dollars());
    }

    /** Returns the cost of an hour of work; empty where too little of it is known. */
    String rate() {
      return told < LEAST ? "" : Amounts.dollars(dollars() / told * HOUR);
    }

    /** Returns how long agents worked. */
    String took() {
      return Amounts.took(Duration.ofMillis(Math.round(used.seconds() * 1000)));
    }

    String input() {
      return "%,d".formatted(used.inputTokens());
    }

    String output() {
      return "%,d".formatted(used.outputTokens());
    }
  }

  /**
   * A line of a table.
   *
   * @param run the run that it is of; null for one of something else
   */
  record Line(String name, @Nullable RunLink run, Sum sum) {}

  /**
   * A table.
   *
   * @param head what the first column has
   * @param left how many lines there are beside these
   */
  record Table(String element, String title, String head, List<Line> lines, int left) {}

  /**
   * What stands at the top.
   *
   * @param working how many runs work now
   * @param silent the programs that told no cost of some turn, and of how many
   */
  record Facts(Sum hour, Sum today, Sum week, int working, List<String> silent) {}
}
