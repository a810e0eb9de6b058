package conductor.report;

import conductor.report.Report.Answered;
import conductor.report.Report.Question;
import conductor.report.Report.Spending;
import conductor.report.Report.Step;
import conductor.run.record.EffectView;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lays a report out as a summary in Markdown, for a comment on a pull request or the summary of a
 * CI job: at most 60,000 characters, of which GitHub accepts 65,536. Foreign text stands in code,
 * where no markup of its own counts.
 */
public final class ReportSummary {

  private static final int MOST = 60_000;

  /** How many rows of a table are tried, until all fit. */
  private static final int[] ROWS = {Integer.MAX_VALUE, 500, 200, 80, 30, 10};

  /** What a cell and a block may have, in characters. */
  private static final int CELL = 300;

  private static final int BLOCK = 2_000;

  private final int rows;
  private final StringBuilder text = new StringBuilder();

  private ReportSummary(int rows) {
    this.rows = rows;
  }

  /** Returns the summary; of a long table the beginning and the end. */
  public static String of(Report report) {
    String summary = "";
    for (int rows : ROWS) {
      summary = new ReportSummary(rows).summary(report);
      if (summary.length() <= MOST) {
        return summary;
      }
    }
    return summary;
  }

  private String summary(Report report) {
    text.append("## ")
        .append(code(report.title()))
        .append(' ')
        .append(report.status())
        .append('\n');
    if (!report.line().isEmpty()) {
      text.append('\n').append(code(report.line())).append('\n');
    }
    text.append("\n| | |\n|---|---|\n");
    row("Run", code(report.id()));
    table(report.facts(), fact -> row(cell(fact.name()), code(fact.value())));
    if (report.pull() != null) {
      row("Pull request", cell(report.pull()));
    }
    if (!report.error().isEmpty()) {
      text.append("\n### Why it failed\n\n").append(block(report.error()));
    }
    table(report.gates(), this::gate);
    answers(report.answered());
    effects(report.effects());
    agents(report.agents());
    return text.append("\n").append(report.made()).append('\n').toString();
  }

  private void gate(Question gate) {
    text.append("\n### It asks (").append(gate.position()).append(")\n\n");
    text.append(block(gate.prompt()));
  }

  private void answers(List<Answered> answers) {
    if (!answers.isEmpty()) {
      text.append("\n### What people answered\n\n| question | answer | when |\n|---|---|---|\n");
    }
    table(
        answers,
        given -> row(code(line(given.prompt())), code(line(given.answer())), given.when()));
  }

  private static String line(String text) {
    String first = text.lines().findFirst().orElse("");
    return first.length() == text.strip().length() ? first : first + " …";
  }

  private void effects(List<Step> effects) {
    text.append("\n### What it did\n\n| | effect | | took |\n|---|---|---|---|\n");
    table(
        effects.stream()
            .filter(step -> !EffectView.isMinor(step.effect()) && !step.effect().equals("Status"))
            .toList(),
        step -> row(mark(step.status()), code(step.effect()), code(step.words()), step.took()));
  }

  private void agents(List<Spending> agents) {
    if (!agents.isEmpty()) {
      text.append("\n### Agents\n\n| agent | turns | tokens | cost |\n|---|---|---|---|\n");
    }
    table(
        agents,
        agent -> row(code(agent.agent()), "" + agent.turns(), agent.tokens(), cell(agent.cost())));
  }

  /** Writes entries, and how many between the first and the last of many are left out. */
  private <T> void table(List<T> entries, Consumer<T> write) {
    int half = rows / 2;
    if (entries.size() <= rows) {
      entries.forEach(write);
      return;
    }
    entries.subList(0, half).forEach(write);
    row("…", "%,d more are left out".formatted(entries.size() - 2 * half));
    entries.subList(entries.size() - half, entries.size()).forEach(write);
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String mark(String status) {
    return switch (status) {
      case "done" -> "✓";
      case "error" -> "✗";
      case "complains" -> "!";
      case "cancelled" -> "-";
      default -> "→";
    };
  }

  /** Returns a text in one line as code, in a cell of a table too. */
  private static String code(String whole) {
    if (whole.isBlank()) {
      return "";
    }
    String text = cut(whole, CELL);
    String fence = "`".repeat(longest(text) + 1);
    String inside = text.startsWith("`") || text.endsWith("`") ? " " + text + " " : text;
    return fence + cell(inside) + fence;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String block(String whole) {
    String text = cut(whole, BLOCK);
    String fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence + "text\n" + text.stripTrailing() + "\n" + fence + "\n";
  }

  /** Returns the beginning of a long text, without half of a character. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /** Returns the length of the longest run of backticks. */
  private static int longest(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
