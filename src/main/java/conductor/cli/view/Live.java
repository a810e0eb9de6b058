package conductor.cli.view;

import conductor.cli.Console;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.run.execution.Execution;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Draws the tree of a run that this process executes, after each journal entry and every second.
 */
public final class Live implements RunListener, AutoCloseable {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final Console console;
  private final RunDirectory run;
  private final Execution execution;
  private final Drawing drawing;
  private final RunView view;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread ticker;

  public Live(Console console, Drawing drawing, RunDirectory run, Execution execution) {
    this.console = console;
    this.run = run;
    this.drawing = drawing;
    this.execution = execution;
    this.view = RunView.of(execution.entries());
    this.ticker = Thread.ofVirtual().start(this::tick);
  }

  private void tick() {
    try {
      while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        draw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void appended(Entry entry) {
    view.add(entry);
    draw();
  }

  @Override
  public synchronized void busy(String where) {
    console.warn("busy: " + where);
    drawing.startAnew();
  }

  @Override
  public synchronized void warned(String text) {
    console.warn("warning: " + text);
    drawing.startAnew();
  }

  private synchronized void draw() {
    if (closed.getCount() == 0) {
      return; // what was drawn last has other output below it
    }
    draw(execution.meta());
  }

  /** Draws the run for the last time, as it was left. */
  public synchronized void left(boolean suspended) {
    closed.countDown();
    RunMeta meta = execution.meta();
    draw(suspended ? meta.withStatus(RunStatus.INTERRUPTED, meta.updated()) : meta);
  }

  private void draw(RunMeta meta) {
    drawing.draw(new Drawing.Part(run, meta, view));
  }

  /** Ends the drawing; never in the middle of one, which would lack what it could not read. */
  @Override
  public void close() {
    closed.countDown();
    try {
      ticker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
