package conductor.handlers.agent;

import conductor.error.Reason;
import conductor.handlers.people.AgentQuestion;
import conductor.handlers.people.Gates;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The questions of one agent to people: gates like any other, named {@code <agent>:<n>}. A question
 * that is open is a file in {@code gates/}, for whoever lists gates. Safe for use by several
 * threads.
 */
public final class Questions {

  static final String ALLOW = "allow";
  static final String DENY = "deny";

  private final String agent;
  private final Path directory;
  private final Gates gates;
  private final Map<String, Thread> waiting = new HashMap<>();

  Questions(String agent, Path directory, Gates gates) {
    this.agent = agent;
    this.directory = directory;
    this.gates = gates;
  }

  /**
   * Asks; the answer comes on a thread of its own. Asking again for a request changes nothing.
   *
   * @param request what the agent calls it, unique among its sessions
   */
  synchronized void ask(String request, String prompt, Consumer<String> onAnswer) {
    if (waiting.containsKey(request)) {
      return;
    }
    AgentQuestion question = known(request).orElseGet(() -> added(request, prompt));
    Thread waits =
        Thread.ofVirtual().name(question.gate()).start(() -> answered(question, onAnswer));
    waiting.put(request, waits);
  }

  private void answered(AgentQuestion question, Consumer<String> onAnswer) {
    try {
      onAnswer.accept(gates.await(question.gate(), question.options()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AgentQuestion added(String request, String prompt) {
    int n = 1;
    while (Files.exists(file(n)) || Files.exists(closed(n))) {
      n++;
    }
    var question =
        new AgentQuestion(
            AgentQuestion.FORMAT, agent + ":" + n, request, prompt, List.of(ALLOW, DENY));
    AtomicFile.write(file(n), StateJson.pretty(question));
    return question;
  }

  private Path file(int n) {
    return directory.resolve(n + ".json");
  }

  private Path closed(int n) {
    return directory.resolve(n + ".closed");
  }

  private Optional<AgentQuestion> known(String request) {
    return AgentQuestion.in(directory).stream()
        .filter(one -> one.request().equals(request))
        .findFirst();
  }

  /** A question is answered, or nobody waits for the answer any more. */
  synchronized void close(String request) {
    Thread waits = waiting.remove(request);
    if (waits != null) {
      waits.interrupt();
    }
    known(request)
        .ifPresent(question -> {
          String n = question.gate().substring(question.gate().lastIndexOf(':') + 1);
          rename(Integer.parseInt(n));
        });
  }

  private void rename(int n) {
    try {
      Files.move(file(n), closed(n));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot rename " + file(n) + ": " + Reason.of(e), e);
    }
  }

  /** All questions are void, or others will wait for their answers. */
  synchronized void release() {
    waiting.values().forEach(Thread::interrupt);
    waiting.clear();
  }

  synchronized void closeAll() {
    AgentQuestion.in(directory).forEach(question -> close(question.request()));
  }
}
