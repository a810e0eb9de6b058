package conductor.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * Takes texts from a stream that is no terminal. Reading goes on on a thread of its own that nobody
 * waits for: a stream that stays open keeps no session from ending.
 */
final class StreamPrompter implements Prompter {

  private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

  StreamPrompter(BufferedReader in) {
    Thread.ofPlatform().daemon().name("standard input").start(() -> read(in));
  }

  private void read(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // A stream that was closed under us has ended too.
    } finally {
      lines.add(Optional.empty());
    }
  }

  @Override
  public Input next(Predicate<String> unfinished) {
    var text = new StringBuilder();
    for (Optional<String> line = take(); line.isPresent(); line = take()) {
      text.append(line.get());
      if (Commands.isCommand(text.toString()) || !unfinished.test(text.toString())) {
        return new Input.Text(text.toString());
      }
      text.append('\n');
    }
    lines.add(Optional.empty()); // the end stays the end
    return text.isEmpty() ? new Input.End() : new Input.Text(text.toString());
  }

  /** A stream's next line is the answer; who looks on sees the question in the progress. */
  @Override
  public Input answer(String question) {
    Optional<String> line = take();
    if (line.isEmpty() && !Thread.currentThread().isInterrupted()) {
      lines.add(Optional.empty());
    }
    return line.<Input>map(Input.Text::new).orElseGet(Input.End::new);
  }

  private Optional<String> take() {
    try {
      return lines.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void wake() {
    lines.add(Optional.empty());
  }
}
