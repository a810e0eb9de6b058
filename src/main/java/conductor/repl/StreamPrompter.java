package conductor.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads texts from a stream: a program's, or that of a person at a terminal with no further
 * abilities. A daemon thread reads, so that a stream that stays open does not keep the session from
 * ending. It reads only a limited number of lines ahead, because a stream may be endless.
 */
final class StreamPrompter implements Prompter {

  private static final int LINES_AHEAD = 1000;

  private final LinkedBlockingQueue<Input> lines = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(LINES_AHEAD);
  private final Consumer<String> prompts;
  private final String prompt;
  private volatile boolean waiting;

  /** Starts reading a stream, and shows the prompt where one can be seen. */
  StreamPrompter(BufferedReader in, Consumer<String> prompts, String prompt) {
    this.prompts = prompts;
    this.prompt = prompt;
    Thread.ofPlatform().daemon().name("standard input").start(() -> read(in));
  }

  private void read(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        room.acquireUninterruptibly();
        lines.add(new Input.Text(line));
      }
    } catch (IOException e) {
      // A stream that was closed has ended too.
    } finally {
      lines.add(new Input.End());
    }
  }

  @Override
  public Input next(Predicate<String> unfinished) {
    waiting = true;
    try {
      return text(unfinished);
    } finally {
      waiting = false;
    }
  }

  private Input text(Predicate<String> unfinished) {
    var text = new StringBuilder();
    while (true) {
      prompts.accept(text.isEmpty() ? prompt : Prompter.more(prompt));
      switch (take()) {
        case Input.Text(var line) -> text.append(line);
        case Input.Dropped dropped -> {
          return dropped;
        }
        case Input.End end -> {
          lines.add(end); // later reads see the end too
          prompts.accept(System.lineSeparator()); // ends the line of the prompt
          return text.isEmpty() ? end : new Input.Text(text.toString());
        }
      }
      if (Commands.isCommand(text.toString()) || !unfinished.test(text.toString())) {
        return new Input.Text(text.toString());
      }
      text.append('\n');
    }
  }

  /** Reads the next line of the stream as the answer. */
  @Override
  public Input answer(String question) {
    prompts.accept(question);
    Input answer = take();
    if (answer instanceof Input.End) {
      prompts.accept(System.lineSeparator());
      if (!Thread.currentThread().isInterrupted()) {
        lines.add(answer);
      }
    }
    return answer;
  }

  private Input take() {
    try {
      Input input = lines.take();
      if (input instanceof Input.Text) {
        room.release();
      }
      return input;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Input.End();
    }
  }

  /** Discards what is being typed; returns false when nothing can be typed now. */
  boolean drop() {
    boolean typing = waiting;
    if (typing) {
      lines.add(new Input.Dropped());
    }
    return typing;
  }

  @Override
  public String edit(String text) throws Editor.Failed {
    throw new Editor.Failed("there is no terminal to edit at");
  }

  @Override
  public void page(String text) throws Editor.Failed {
    throw new Editor.Failed("there is no terminal to show pages at: values are printed whole");
  }

  @Override
  public void wake() {
    lines.add(new Input.End());
  }
}
