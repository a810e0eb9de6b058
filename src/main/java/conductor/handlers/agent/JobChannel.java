package conductor.handlers.agent;

import conductor.handlers.agent.protocol.Dialogue;
import conductor.handlers.agent.protocol.Event;
import conductor.process.FileChanges;
import conductor.process.Job;
import conductor.process.LineReader;
import conductor.process.LineWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The channel of protocol lines with one process, through the files of its job. When another
 * process takes the job up, the lines of both sides are read again from these files. Used by one
 * thread, except {@link #wake}, which any thread may call.
 */
final class JobChannel implements AutoCloseable {

  /** The longest time until the end of a process that left no trace is noticed. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Job job;
  private final Dialogue dialogue;
  private final LineReader out;
  private final Optional<LineWriter> writer;
  private final FileChanges.Watching watching;
  private final List<Event> unread = new ArrayList<>();
  private final Semaphore changed = new Semaphore(0);

  private JobChannel(Job job, Dialogue dialogue, FileChanges changes) {
    this.job = job;
    this.dialogue = dialogue;
    this.out = new LineReader(job.out().file(), this::leftOut);
    this.writer = running() ? Optional.of(writerOf(job)) : Optional.empty();
    this.watching = changes.watch(job.directory(), this::wake);
    job.whenGone(this::wake);
  }

  private static LineWriter writerOf(Job job) {
    return LineWriter.open(job)
        .orElseThrow(() ->
            new IllegalStateException(
                "another process talks to the agent of " + job.directory() + "; end it first"));
  }

  /** Opens the channel with a job and replays the lines that were sent before. */
  static JobChannel with(Job job, Dialogue dialogue, FileChanges changes) {
    var channel = new JobChannel(job, dialogue, changes);
    LineWriter.written(job).forEach(dialogue::said);
    return channel;
  }

  void wake() {
    changed.release();
  }

  boolean running() {
    return job.state() instanceof Job.State.Running;
  }

  Dialogue dialogue() {
    return dialogue;
  }

  Job job() {
    return job;
  }

  /** Returns the events since the last call, without waiting. */
  List<Event> heard() {
    var events = new ArrayList<Event>();
    for (String line : out.lines()) {
      events.addAll(dialogue.heard(line));
    }
    events.addAll(unread);
    unread.clear();
    return events;
  }

  private void leftOut(LineReader.LeftOut line) {
    String about =
        "it printed a line of %d MiB, and no more than %d MiB of one are read"
            .formatted(line.bytes() >> 20, LineReader.LONGEST >> 20);
    unread.add(new Event.Unread(about, !dialogue.canMiss(line.beginning())));
  }

  /** Waits until something may have changed, or the time is over, for a second at most. */
  void await(Duration most) throws InterruptedException {
    Duration time = most.compareTo(LOOK) < 0 ? most : LOOK;
    if (changed.tryAcquire(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS)) {
      changed.drainPermits();
    }
  }

  void sayWhatIsDue() {
    dialogue.due().forEach(this::say);
  }

  /** Sends a line; does nothing when the process was gone when the channel was opened. */
  void say(String line) {
    writer.ifPresent(to -> {
      to.writeLine(line);
      dialogue.said(line);
    });
  }

  void end() {
    writer.ifPresent(LineWriter::end);
  }

  /** Detaches from the job; the program continues. */
  @Override
  public void close() {
    watching.close();
    writer.ifPresent(LineWriter::close);
  }
}
