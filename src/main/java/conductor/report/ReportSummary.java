package conductor.report;

import conductor.report.Report.Answered;
import conductor.report.Report.Question;
import conductor.report.Report.Spending;
import conductor.report.Report.Step;
import conductor.run.record.EffectView;
import java.util.List;

/**
 * Lays a report out as a summary in Markdown, for a comment on a pull request or the summary of a
 * CI job. Foreign text stands in code, where no markup of its own counts.
 */
public final class ReportSummary {

  private ReportSummary() {}

  public static String of(Report report) {
    var text = new StringBuilder();
    text.append("## ")
        .append(code(report.title()))
        .append(' ')
        .append(report.status())
        .append('\n');
    if (!report.line().isEmpty()) {
      text.append('\n').append(code(report.line())).append('\n');
    }
    text.append("\n| | |\n|---|---|\n");
    row(text, "Run", code(report.id()));
    report.facts().forEach(fact -> row(text, cell(fact.name()), code(fact.value())));
    if (report.pull() != null) {
      row(text, "Pull request", cell(report.pull()));
    }
    if (!report.error().isEmpty()) {
      text.append("\n### Why it failed\n\n").append(block(report.error()));
    }
    for (Question gate : report.gates()) {
      text.append("\n### It asks (").append(gate.position()).append(")\n\n");
      text.append(block(gate.prompt()));
    }
    answers(text, report.answered());
    effects(text, report.effects());
    agents(text, report.agents());
    return text.append("\n").append(report.made()).append('\n').toString();
  }

  private static void answers(StringBuilder text, List<Answered> answers) {
    if (!answers.isEmpty()) {
      text.append("\n### What people answered\n\n| question | answer | when |\n|---|---|---|\n");
    }
    for (Answered given : answers) {
      row(text, code(line(given.prompt())), code(line(given.answer())), given.when());
    }
  }

  private static String line(String text) {
    String first = text.lines().findFirst().orElse("");
    return first.length() == text.strip().length() ? first : first + " …";
  }

  private static void effects(StringBuilder text, List<Step> effects) {
    text.append("\n### What it did\n\n| | effect | | took |\n|---|---|---|---|\n");
    effects.stream()
        .filter(step -> !EffectView.isMinor(step.effect()) && !step.effect().equals("Status"))
        .forEach(step ->
            row(text, mark(step.status()), code(step.effect()), code(step.words()), step.took()));
  }

  private static void agents(StringBuilder text, List<Spending> agents) {
    if (!agents.isEmpty()) {
      text.append("\n### Agents\n\n| agent | turns | tokens | cost |\n|---|---|---|---|\n");
    }
    for (Spending agent : agents) {
      row(text, code(agent.agent()), "" + agent.turns(), agent.tokens(), cell(agent.cost()));
    }
  }

  private static void row(StringBuilder text, String... cells) {
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
  private static String code(String text) {
    if (text.isBlank()) {
      return "";
    }
    String fence = "`".repeat(longest(text) + 1);
    String inside = text.startsWith("`") || text.endsWith("`") ? " " + text + " " : text;
    return fence + cell(inside) + fence;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String block(String text) {
    String fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence + "text\n" + text.stripTrailing() + "\n" + fence + "\n";
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
