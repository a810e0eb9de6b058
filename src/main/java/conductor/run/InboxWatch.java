package conductor.run;

import conductor.state.PrivateFiles;
import conductor.state.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;

/** Tells a run's owner of each letter in its inbox, on a thread of its own, until closed. */
public final class InboxWatch implements AutoCloseable {

  private final WatchService watch;
  private final Thread thread;

  /**
   * @param onLetter told of the letters that lie there, and then of each that comes; may be told of
   *     one more than once
   */
  public InboxWatch(RunDirectory run, Consumer<Inbox.Letter> onLetter) {
    var inbox = new Inbox(run);
    try {
      PrivateFiles.directories(run.inbox());
      this.watch = run.inbox().getFileSystem().newWatchService();
      run.inbox().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot watch " + run.inbox() + ": " + e.getMessage(), e);
    }
    this.thread = Thread.ofPlatform().daemon().name("inbox").start(() -> follow(inbox, onLetter));
  }

  private void follow(Inbox inbox, Consumer<Inbox.Letter> onLetter) {
    try {
      while (true) {
        inbox.letters().forEach(onLetter);
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

  @Override
  public void close() {
    try {
      watch.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop watching: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
