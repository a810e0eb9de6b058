package conductor.run.record;

import conductor.error.Reason;
import conductor.state.RunDirectory;
import conductor.state.SyncedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;

/** Delivers the messages in a run's inbox to its owner, on a thread of its own, until closed. */
public final class InboxWatch implements AutoCloseable {

  private final WatchService watch;
  private final Thread thread;
  private final Inbox inbox;
  private final Consumer<String> onTrouble;

  /**
   * Starts watching.
   *
   * @param onLetter takes the messages that are there, then each new one; may get one more than
   *     once
   * @param onTrouble takes a line for each message that cannot be read or delivered, and was set
   *     aside
   */
  public InboxWatch(RunDirectory run, Consumer<Inbox.Letter> onLetter, Consumer<String> onTrouble) {
    this.inbox = new Inbox(run);
    this.onTrouble = onTrouble;
    try {
      SyncedDirectory.create(run.inbox());
      this.watch = run.inbox().getFileSystem().newWatchService();
      run.inbox().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + run.inbox() + ": " + Reason.of(e), e);
    }
    this.thread = Thread.ofPlatform().daemon().name("inbox").start(() -> follow(onLetter));
  }

  private void follow(Consumer<Inbox.Letter> onLetter) {
    try {
      while (true) {
        inbox.letters(onTrouble).forEach(letter -> tell(onLetter, letter));
        WatchKey key = watch.take();
        key.pollEvents();
        if (!key.reset()) {
          return;
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Delivers a message; one that cannot be delivered must not keep the others from being read. */
  private void tell(Consumer<Inbox.Letter> onLetter, Inbox.Letter letter) {
    try {
      onLetter.accept(letter);
    } catch (RuntimeException e) {
      onTrouble.accept(inbox.setAside(letter.id(), String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void close() {
    try {
      watch.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop watching: " + Reason.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
