package conductor.cli.view;

import conductor.cli.Console;
import conductor.cli.Shell;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tree of a run on a terminal, drawn over itself. Not safe for several threads. */
public final class Drawing {

  /** How long the terminal's size is taken to be the same. */
  private static final Duration SIZE = Duration.ofSeconds(1);

  private final Shell shell;
  private final Console console;
  private final RunDirectory run;
  private Screen screen = Screen.USUAL;
  private Instant measured = Instant.MIN;
  private int drawn;

  public Drawing(Shell shell, Console console, RunDirectory run) {
    this.shell = shell;
    this.console = console;
    this.run = run;
  }

  public void draw(RunMeta meta, RunView view) throws InterruptedException {
    Instant now = Instant.now();
    if (measured.isBefore(now.minus(SIZE))) {
      screen = Screen.of(shell.environment());
      measured = now;
    }
    var tree = new Tree(console, screen);
    var lines = new ArrayList<String>(tree.head(meta, view, now));
    int head = lines.size();
    lines.addAll(tree.effects(view, now));
    lines.addAll(tree.agents(run, now));
    over(fit(lines, head));
  }

  /** Returns the head and as much of the end as the terminal has room for. */
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

  private void over(List<String> lines) {
    console.draw(drawn, lines);
    drawn = lines.size();
  }

  /** Something else was written: the next drawing begins below it. */
  void startAnew() {
    drawn = 0;
  }
}
