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
 * A conversation with one process, over the files of its job: both sides of it are read again when
 * it is taken up. One thread talks; {@link #wake} may be called by any.
 */
final class JobChannel implements AutoCloseable {

  /** How long the end of a process that left no trace may go unseen. */
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
    this.writer = running() ? Optional.of(word(job)) : Optional.empty();
    this.watching = changes.watch(job.directory(), this::wake);
    job.whenGone(this::wake);
  }

  private static LineWriter word(Job job) {
    return LineWriter.take(job)
        .orElseThrow(() ->
            new IllegalStateException(
                "another process talks to the agent of " + job.directory() + "; end it first"));
  }

  /** Takes up the conversation with a job, wherever it is. */
  static JobChannel with(Job job, Dialogue dialogue, FileChanges changes) {
    var exchange = new JobChannel(job, dialogue, changes);
    LineWriter.said(job).forEach(dialogue::said);
    return exchange;
  }

  /** Has the thread that waits look again. */
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

  /** Returns what was heard since the last call; does not wait. */
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

  /** Waits until something may have changed, or the time is over. */
  void await(Duration most) throws InterruptedException {
    Duration time = most.compareTo(LOOK) < 0 ? most : LOOK;
    if (changed.tryAcquire(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS)) {
      changed.drainPermits();
    }
  }

  /** Says what the protocol itself has to say. */
  void sayWhatIsDue() {
    dialogue.due().forEach(this::say);
  }

  /** Says a line; one that a process which is gone cannot hear is not said. */
  void say(String line) {
    writer.ifPresent(to -> {
      to.say(line);
      dialogue.said(line);
    });
  }

  /** Ends the program's input. */
  void end() {
    writer.ifPresent(LineWriter::end);
  }

  /** Lets go; the program goes on. */
  @Override
  public void close() {
    watching.close();
    writer.ifPresent(LineWriter::close);
  }
}
