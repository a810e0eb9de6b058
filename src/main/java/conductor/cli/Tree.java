package conductor.cli;

import conductor.run.EffectView;
import conductor.run.RunMeta;
import conductor.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run as a tree of branches and effects, in lines that fit a width. */
final class Tree {

  private final Console console;
  private final int width;

  Tree(Console console, int width) {
    this.console = console;
    this.width = Math.max(20, width);
  }

  List<String> lines(RunMeta meta, RunView view, Instant now) {
    var lines = new ArrayList<String>();
    String took =
        Progress.took(
            Duration.between(meta.created(), meta.status().ended() ? meta.updated() : now));
    lines.add(cut("%s  %s  %s  %s".formatted(meta.id(), meta.status().text(), meta.name(), took)));
    if (!view.line().isEmpty()) {
      lines.add(cut("== " + view.line()));
    }
    String branch = "";
    for (EffectView effect : view.effects()) {
      int depth = depth(effect.position());
      String own = branchOf(effect.position());
      if (!own.equals(branch) && !own.isEmpty()) {
        lines.add(cut("  ".repeat(depth) + own.substring(own.lastIndexOf('.') + 1) + ":"));
      }
      branch = own;
      lines.add(painted(effect, cut("  ".repeat(depth + 1) + text(effect, now))));
    }
    return lines;
  }

  private static int depth(String position) {
    return (int) position.chars().filter(c -> c == '.').count() / 2;
  }

  private static String branchOf(String position) {
    int dot = position.lastIndexOf('.');
    return dot < 0 ? "" : position.substring(0, dot);
  }

  private static String text(EffectView effect, Instant now) {
    String mark =
        switch (effect.status()) {
          case "done" -> "✓";
          case "error" -> "✗";
          case "cancelled" -> "-";
          default -> "→";
        };
    String place = effect.calls().isEmpty() ? "" : "  " + effect.calls().getFirst();
    String reply =
        effect.reply() == null || effect.reply().isEmpty() ? effect.summary() : effect.reply();
    return "%s %s %s  %s  %s%s"
        .formatted(
            mark,
            effect.position(),
            effect.effect(),
            Progress.took(effect.elapsed(now)),
            reply,
            effect.running() ? place : "");
  }

  private String painted(EffectView effect, String line) {
    return switch (effect.status()) {
      case "done" -> console.green(line);
      case "error" -> console.red(line);
      case "cancelled" -> console.dim(line);
      default -> console.bold(line);
    };
  }

  private String cut(String line) {
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }
}
