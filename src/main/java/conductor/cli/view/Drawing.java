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
 * Draws the tree of a run on a terminal, each time over the last drawing. Not safe for use by
 * several threads.
 */
public final class Drawing {

  /** The time for which the measured size of the terminal is used. */
  private static final Duration SIZE_LIFETIME = Duration.ofSeconds(1);

  private final CommandContext context;
  private final Console console;
  private final RunDirectory run;
  private Screen screen = Screen.USUAL;
  private Instant measured = Instant.MIN;
  private int drawn;

  public Drawing(CommandContext context, Console console, RunDirectory run) {
    this.context = context;
    this.console = console;
    this.run = run;
  }

  /** Draws the run; does not on a thread that is interrupted. */
  public void draw(RunMeta meta, RunView view) {
    Instant now = Instant.now();
    if (measured.isBefore(now.minus(SIZE_LIFETIME))) {
      try {
        screen = Screen.of(context.environment());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      measured = now;
    }
    var tree = new Tree(console, screen);
    var lines = new ArrayList<String>(tree.head(meta, view, now));
    int head = lines.size();
    lines.addAll(tree.effects(run, view, now));
    lines.addAll(tree.agents(run, meta, now));
    lines.addAll(tree.foot(run, meta));
    List<String> fit = fit(lines, head);
    console.draw(drawn, fit);
    drawn = fit.size();
  }

  private List<String> fit(List<String> lines, int head) {
    int room = screen.rows() - 1;
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
