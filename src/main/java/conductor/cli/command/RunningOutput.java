package conductor.cli.command;

import conductor.effect.SessionEffect;
import conductor.engine.History;
import conductor.engine.RunListener;
import conductor.handlers.agent.Outputs.Part;
import conductor.handlers.people.Shown;
import conductor.journal.Entry;
import conductor.journal.Position;
import conductor.run.record.EffectOutputs;
import conductor.state.RunDirectory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Shows a person at a prompt what running effects print, line by line as it comes. What an effect
 * printed that ended at once is left out: it is in its reply.
 */
final class RunningOutput implements RunListener {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MOST = 20;

  private final RunDirectory run;
  private final Consumer<String> say;
  private final LogReader reader;
  private final Map<Position, Entry.Asked> running = new LinkedHashMap<>();
  private final Set<Position> begun = ConcurrentHashMap.newKeySet();
  private boolean watching;

  /**
   * @param before the journal's entries when the run was taken
   * @param now what was printed before is left out
   * @param say takes the lines
   */
  RunningOutput(RunDirectory run, List<Entry> before, Instant now, Consumer<String> say) {
    this.run = run;
    this.say = say;
    this.reader = new LogReader(false, now);
    History.of(before).open().forEach(this::begins);
  }

  @Override
  public void appended(Entry entry) {
    switch (entry) {
      case Entry.Asked asked -> begins(asked);
      case Entry.Replied reply -> ends(reply.position());
      default -> {}
    }
  }

  private synchronized void begins(Entry.Asked asked) {
    if (!asked.isOf(SessionEffect.Line.class)) {
      running.put(asked.position(), asked);
      if (!watching) {
        watching = true;
        Thread.ofVirtual().name("output").start(this::watch);
      }
    }
  }

  private synchronized void ends(Position position) {
    running.remove(position);
  }

  private synchronized Map<Position, Entry.Asked> running() {
    watching = !running.isEmpty();
    return new LinkedHashMap<>(running);
  }

  private void watch() {
    try {
      Map<Position, Entry.Asked> before = Map.of();
      do {
        Thread.sleep(PAUSE);
        Map<Position, Entry.Asked> now = running();
        before.values().stream()
            .filter(asked -> !now.containsKey(asked.position()) && begun.contains(asked.position()))
            .forEach(asked -> tell(asked, true, now.size()));
        now.values().forEach(asked -> tell(asked, false, now.size()));
        before = now;
      } while (!before.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Synchronized for the moment in which one thread begins to watch and another still ends. */
  private void tell(Entry.Asked asked, boolean over, int beside) {
    synchronized (reader) {
      tellUnseen(asked, over, beside);
    }
  }

  private void tellUnseen(Entry.Asked asked, boolean over, int beside) {
    try {
      for (Part part : EffectOutputs.of(run, List.of(asked), asked.position())) {
        var lines = new ArrayDeque<String>();
        var more = new AtomicInteger();
        reader.unseen(
            part,
            over,
            line -> {
              lines.addLast(line.text());
              if (lines.size() > MOST) {
                lines.removeFirst();
                more.incrementAndGet();
              }
            });
        show(asked, over, beside, List.copyOf(lines), more.get());
      }
    } catch (UncheckedIOException e) {
      // a file or directory is just being made or removed
    }
  }

  /** Synchronized so that what ended meanwhile, and at once, is not shown after its reply. */
  private synchronized void show(
      Entry.Asked asked, boolean over, int beside, List<String> lines, int more) {
    boolean atOnce = !running.containsKey(asked.position()) && !begun.contains(asked.position());
    if (lines.isEmpty() || (!over && atOnce)) {
      return;
    }
    begun.add(asked.position());
    String mark = beside > 1 ? "  %s │ ".formatted(asked.position()) : "  │ ";
    if (more > 0) {
      say.accept("%s… %,d lines".formatted(mark, more));
    }
    lines.forEach(line -> say.accept(mark + Shown.oneLine(line)));
  }
}
