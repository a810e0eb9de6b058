package conductor.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what changes on pages to those who look at them, as server-sent events of Turbo Streams. A
 * page that many look at is read once for all of them, and not at all when nobody does. Safe for
 * use by several threads.
 */
final class Live implements AutoCloseable {

  /** Reads a page as it is now. */
  @FunctionalInterface
  interface Reader {
    Page read() throws InterruptedException;
  }

  /** How long a change may take until it is seen. */
  private static final Duration PAUSE = Duration.ofMillis(400);

  /** Reading takes at most this part of the time: a page that is read slowly is read seldom. */
  private static final int IDLE = 8;

  /** A browser that hears nothing for longer takes the connection for lost. */
  private static final Duration PULSE = Duration.ofSeconds(10);

  /** A browser that reads so much less than is sent is let go, and comes back by itself. */
  private static final int QUEUE = 100;

  private final Map<String, Topic> topics = new HashMap<>();
  private volatile boolean closed;

  /**
   * Sends changes of a page until the browser or the server has enough.
   *
   * @param address the page's path with its query
   * @param seen the {@link Page#version} that the browser has
   * @throws IOException when the browser is gone
   */
  void send(String address, String seen, Reader reader, OutputStream to)
      throws IOException, InterruptedException {
    var queue = new LinkedBlockingQueue<String>(QUEUE);
    Topic topic = join(address, reader, queue);
    try {
      write(to, "retry: 1000\n\n");
      Page now = topic.first(queue);
      if (!now.version().equals(seen)) {
        write(to, event(List.of(now.whole())));
      }
      while (!closed && !topic.hasLost(queue)) {
        String event = queue.poll(PULSE.toMillis(), TimeUnit.MILLISECONDS);
        write(to, event == null ? ": pulse\n\n" : event);
      }
    } finally {
      leave(address, topic, queue);
    }
  }

  private static void write(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
    to.flush();
  }

  /** An event of several lines keeps its line ends. */
  private static String event(List<String> changes) {
    var event = new StringBuilder();
    changes.forEach(
        change -> change.lines().forEach(line -> event.append("data: ").append(line).append('\n')));
    return event.append('\n').toString();
  }

  private synchronized Topic join(String address, Reader reader, BlockingQueue<String> queue) {
    Topic topic = topics.get(address);
    if (topic == null) {
      topic = new Topic(reader);
      topics.put(address, topic);
      Thread.ofVirtual().name("page " + address).start(topic);
    }
    topic.queues.put(queue, topic.page);
    return topic;
  }

  private synchronized void leave(String address, Topic topic, BlockingQueue<String> queue) {
    topic.queues.remove(queue);
    if (topic.queues.isEmpty()) {
      topic.over = true;
      topics.remove(address, topic);
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** One page and those who look at it. */
  private final class Topic implements Runnable {

    private final Reader reader;

    /** The page that each of them begins with. */
    private final Map<BlockingQueue<String>, @Nullable Page> queues = new HashMap<>();

    private @Nullable Page page;
    private boolean over;

    Topic(Reader reader) {
      this.reader = reader;
    }

    /** Waits for the page that a queue's changes follow. */
    Page first(BlockingQueue<String> queue) throws InterruptedException {
      synchronized (Live.this) {
        while (true) {
          Page first = queues.get(queue);
          if (first != null) {
            return first;
          }
          if (closed || over) {
            throw new InterruptedException("the server ends");
          }
          Live.this.wait();
        }
      }
    }

    boolean hasLost(BlockingQueue<String> queue) {
      synchronized (Live.this) {
        return !queues.containsKey(queue);
      }
    }

    @Override
    public void run() {
      try {
        while (true) {
          long begun = System.nanoTime();
          Page now = reader.read();
          long pause = Math.max(PAUSE.toMillis(), (System.nanoTime() - begun) / 1_000_000 * IDLE);
          synchronized (Live.this) {
            if (over || closed) {
              return;
            }
            tell(now);
            Live.this.notifyAll();
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
            for (long left = pause;
                left > 0 && !over && !closed;
                left = (until - System.nanoTime()) / 1_000_000) {
              Live.this.wait(left);
            }
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        end();
      }
    }

    private void tell(Page now) {
      Page before = page;
      List<String> changes = before == null ? List.of() : now.since(before);
      page = now;
      String event = changes.isEmpty() ? "" : event(changes);
      queues
          .entrySet()
          .removeIf(entry -> {
            if (entry.getValue() == null) {
              entry.setValue(now);
              return false;
            }
            return !event.isEmpty() && !entry.getKey().offer(event);
          });
    }

    private void end() {
      synchronized (Live.this) {
        over = true;
        queues.clear();
        topics.values().remove(this);
        Live.this.notifyAll();
      }
    }
  }
}
