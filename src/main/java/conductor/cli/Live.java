package conductor.cli;

import conductor.app.Execution;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.run.RunMeta;
import conductor.run.RunView;
import java.time.Instant;
import java.util.List;

/** Draws the tree of a run over itself on a terminal, each time something happens. */
final class Live implements RunListener {

  private final Console console;
  private final Execution execution;
  private final RunView view;
  private int drawn;

  Live(Console console, Execution execution) {
    this.console = console;
    this.execution = execution;
    this.view = RunView.of(execution.entries());
  }

  @Override
  public void appended(Entry entry) {
    view.add(entry);
    draw(execution.meta());
  }

  @Override
  public void busy(String where) {
    console.warn("busy: " + where);
    drawn = 0;
  }

  private void draw(RunMeta meta) {
    drawn = draw(console, new Tree(console, width()).lines(meta, view, Instant.now()), drawn);
  }

  /** Draws lines over those drawn before; as many as the terminal is high. */
  static int draw(Console console, List<String> lines, int drawn) {
    List<String> fit =
        lines.size() < height() ? lines : lines.subList(lines.size() - height() + 2, lines.size());
    var text = new StringBuilder();
    if (drawn > 0) {
      text.append("\033[").append(drawn).append('A');
    }
    text.append("\033[J");
    fit.forEach(line -> text.append(line).append('\n'));
    console.err().print(text);
    console.err().flush();
    return fit.size();
  }

  static int width() {
    return number("COLUMNS", 80);
  }

  static int height() {
    return number("LINES", 24);
  }

  private static int number(String variable, int usual) {
    String value = System.getenv(variable);
    return value != null && value.matches("\\d{1,4}")
        ? Math.max(2, Integer.parseInt(value))
        : usual;
  }
}
