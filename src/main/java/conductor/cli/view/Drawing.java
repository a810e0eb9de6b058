package conductor.cli.view;

import conductor.cli.CommandContext;
import conductor.cli.Console;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the tree of a run on a terminal, or what several runs do, each time over the last drawing.
 * Not safe for use by several threads.
 */
public final class Drawing {

  /** The time for which the measured size of the terminal is used. */
  private static final Duration SIZE_LIFETIME = Duration.ofSeconds(1);

  private final CommandContext context;
  private final Console console;
  private Screen screen = Screen.USUAL;
  private Instant measured = Instant.MIN;
  private int drawn;

  /** A run as it is now. */
  public record Part(RunDirectory run, RunMeta meta, RunView view) {}

  public Drawing(CommandContext context, Console console) {
    this.context = context;
    this.console = console;
  }

  /** Draws one run with all its effects; does not on a thread that is interrupted. */
  public void draw(Part part) {
    Instant now = Instant.now();
    if (!measured(now)) {
      return;
    }
    var tree = new Tree(console, screen);
    var lines = new ArrayList<String>(tree.head(part.meta(), part.view(), now));
    int head = lines.size();
    lines.addAll(tree.effects(part.run(), part.view(), now));
    lines.addAll(tree.agents(part.run(), part.meta(), now));
    lines.addAll(tree.foot(part.run(), part.meta()));
    drawn(fit(lines, head, screen.rows() - 1));
  }

  /**
   * Draws runs below each other, each with what it does now; where they do not fit, the last lines
   * of each are left out alike. Does not on a thread that is interrupted.
   */
  public void draw(List<Part> parts) {
    Instant now = Instant.now();
    if (!measured(now)) {
      return;
    }
    var tree = new Tree(console, screen);
    int room = Math.max(2, (screen.rows() - 1) / Math.max(1, parts.size()));
    var lines = new ArrayList<String>();
    for (Part part : parts) {
      var own = new ArrayList<String>(tree.head(part.meta(), part.view(), now));
      own.addAll(tree.foot(part.run(), part.meta()));
      int head = own.size();
      own.addAll(tree.running(part.run(), part.view(), now));
      lines.addAll(fit(own, Math.min(head, room - 1), room));
    }
    drawn(fit(lines, Math.max(0, screen.rows() - 2), screen.rows() - 1));
  }

  private void drawn(List<String> lines) {
    console.draw(drawn, lines);
    drawn = lines.size();
  }

  private boolean measured(Instant now) {
    if (measured.isBefore(now.minus(SIZE_LIFETIME))) {
      try {
        screen = Screen.of(context.environment());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      measured = now;
    }
    return true;
  }

  /** Leaves lines out below the head, so that the rest fits. */
  private static List<String> fit(List<String> lines, int head, int room) {
    if (lines.size() <= room) {
      return lines;
    }
    var fit = new ArrayList<String>(lines.subList(0, head));
    int left = room - head - 1;
    fit.add("  … %d more".formatted(lines.size() - head - left));
    fit.addAll(lines.subList(lines.size() - left, lines.size()));
    return fit;
  }

  /** Has the next drawing begin below; called after other output. */
  void startAnew() {
    drawn = 0;
  }
}
