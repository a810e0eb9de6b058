package conductor.process;

import conductor.error.Unchecked;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells of changes in directories. Uses one watch of the system for all directories, for the system
 * has few. Safe for use by several threads.
 */
public final class FileChanges implements AutoCloseable {

  private static final WatchEvent.Kind<?>[] ANY = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final WatchService watch;
  private final Map<WatchKey, List<Runnable>> told = new ConcurrentHashMap<>();

  /** Starts a thread that looks for changes. */
  public FileChanges() {
    this.watch =
        Unchecked.get("watch directories", () -> FileSystems.getDefault().newWatchService());
    Thread.ofPlatform().daemon().name("file changes").start(this::follow);
  }

  /** The registration of a listener, which is told of changes until this is closed. */
  public interface Watching extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Has a listener called when a file in a directory is made, written or removed.
   *
   * @param onChange must be quick; may be called when nothing has changed
   */
  public synchronized Watching watch(Path directory, Runnable onChange) {
    WatchKey key = Unchecked.get("watch " + directory, () -> directory.register(watch, ANY));
    told.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(onChange);
    return () -> forget(key, onChange);
  }

  private synchronized void forget(WatchKey key, Runnable onChange) {
    told.computeIfPresent(
        key,
        (_, listeners) -> {
          listeners.remove(onChange);
          if (!listeners.isEmpty()) {
            return listeners;
          }
          key.cancel();
          return null;
        });
  }

  private void follow() {
    try {
      while (true) {
        WatchKey key = watch.take();
        key.pollEvents();
        told.getOrDefault(key, List.of()).forEach(Runnable::run);
        key.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      return; // by close()
    }
  }

  @Override
  public void close() {
    Unchecked.run("stop watching", watch::close);
  }
}
