package conductor.run.execution;

import conductor.effect.PeopleEffect;
import conductor.engine.RunListener;
import conductor.handlers.people.Shown;
import conductor.journal.Entry;
import conductor.journal.Redactor;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStatus;
import conductor.state.AtomicFile;
import conductor.state.FileName;
import conductor.state.RunDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells people, by the channels of the configuration's {@code notify}, that a run waits for them or
 * has ended. Never holds up the run: channels work on threads of their own, and each has a limit,
 * after which it is given up. Each event is told at most once, whoever executes the run: a file in
 * its directory {@code notified} says so, made before it is told. A channel that fails is warned of
 * once.
 */
final class Notifications implements RunListener, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int LONGEST = 300;

  private final RunDirectory run;
  private final Supplier<RunMeta> meta;
  private final Channels channels;
  private final RunListener near;
  private final Set<String> failed = ConcurrentHashMap.newKeySet();
  private final ExecutorService queue =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("notifications").factory());

  /**
   * The ways in which people are told.
   *
   * @param bell whether the terminal's bell rings
   * @param redactor replaces secrets
   */
  record Channels(List<NotificationChannel> all, boolean bell, Redactor redactor) {

    boolean isEmpty() {
      return all.isEmpty() && !bell;
    }
  }

  /** Creates one whose warnings and bell go to who is near. */
  Notifications(RunDirectory run, Supplier<RunMeta> meta, Channels channels, RunListener near) {
    this.run = run;
    this.meta = meta;
    this.channels = channels;
    this.near = near;
  }

  @Override
  public void appended(Entry entry) {
    switch (entry) {
      case Entry.Asked asked when asked.isOf(PeopleEffect.Ask.class) -> soon(this::waits);
      case Entry.Parked _ -> soon(this::waits);
      case Entry.Ended ended -> soon(() -> ended(ended));
      default -> {}
    }
  }

  /** Agents and child runs ask without a record in the journal. */
  @Override
  public void blocked(boolean blocked) {
    if (blocked) {
      soon(this::waits);
    }
  }

  /** What goes wrong with telling, such as a full disk, is no failure of the run. */
  private void soon(Runnable tell) {
    queue.execute(() -> {
      try {
        tell.run();
      } catch (RuntimeException e) {
        near.warned("notify: " + e.getMessage());
      }
    });
  }

  private void waits() {
    for (Gate gate : GateList.of(run)) {
      String answers = gate.options().isEmpty() ? "" : " " + gate.options();
      tell("waits", "waits " + gate.run() + " " + gate.position(), gate.prompt() + answers);
    }
  }

  private void ended(Entry.Ended ended) {
    RunStatus status = RunStatus.valueOf(ended.status().toUpperCase(Locale.ROOT));
    String event =
        switch (status) {
          case DONE -> "done";
          case ABORTED -> "stopped";
          case ERROR, PENDING, RUNNING, BLOCKED, INTERRUPTED -> "failed";
        };
    tell(event, "ended " + ended.at(), ended.message().lines().findFirst().orElse(""));
  }

  private void tell(String event, String key, String about) {
    if (!AtomicFile.create(run.notified().resolve(FileName.of(key)), event)) {
      return;
    }
    RunMeta now = meta.get();
    String detail = Shown.oneLine(channels.redactor().redact(about));
    String text = "%s %s%s".formatted(now.name(), event, detail.isEmpty() ? "" : ": " + detail);
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    var notification =
        new Notification(Notification.FORMAT, event, run.id(), now.name(), cut, Instant.now());
    Instant deadline = Instant.now().plus(LIMIT);
    if (channels.bell()) {
      near.attention();
    }
    var sending = new LinkedHashMap<NotificationChannel, Thread>();
    channels
        .all()
        .forEach(channel ->
            sending.put(channel, Thread.ofVirtual().start(() -> send(channel, notification))));
    sending.forEach((channel, thread) -> await(channel, thread, deadline));
  }

  private void send(NotificationChannel channel, Notification notification) {
    try {
      channel.tell(notification);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // given up
    } catch (RuntimeException e) {
      warnOnce(channel, String.valueOf(e.getMessage()));
    }
  }

  /** Waits for a channel until a moment, and gives it up then. */
  private void await(NotificationChannel channel, Thread sending, Instant deadline) {
    try {
      Duration left = Duration.between(Instant.now(), deadline);
      if (!sending.join(left.isNegative() ? Duration.ZERO : left)) {
        sending.interrupt();
        warnOnce(channel, "it took longer than %d s and was given up".formatted(LIMIT.toSeconds()));
      }
    } catch (InterruptedException e) {
      sending.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void warnOnce(NotificationChannel channel, String why) {
    if (failed.add(channel.key())) {
      near.warned(
          "%s: nobody was told: %s".formatted(channel.key(), channels.redactor().redact(why)));
    }
  }

  /** Waits until all is told, or given up. */
  @Override
  public void close() {
    queue.shutdown();
    try {
      if (!queue.awaitTermination(LIMIT.plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS)) {
        queue.shutdownNow();
      }
    } catch (InterruptedException e) {
      queue.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
