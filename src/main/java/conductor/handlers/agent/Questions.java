package conductor.handlers.agent;

import conductor.error.Unchecked;
import conductor.handlers.people.AgentQuestion;
import conductor.handlers.people.Gates;
import conductor.journal.Note;
import conductor.state.AtomicFile;
import conductor.state.StateJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The questions of one agent to people: gates named {@code <agent>:<n>}. An open question is a file
 * in {@code gates/}, where commands that list gates find it. Safe for use by several threads.
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

  /** Asks once for each request; calls {@code onAnswer} on a thread of its own. */
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
      Gates.Given given = gates.await(question.gate(), question.options());
      given.note().ifPresent(note -> noted(question, note));
      onAnswer.accept(given.text());
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
            AgentQuestion.FORMAT, agent + ":" + n, request, prompt, List.of(ALLOW, DENY), null);
    AtomicFile.write(file(n), StateJson.pretty(question));
    return question;
  }

  private void noted(AgentQuestion question, Note note) {
    AtomicFile.write(file(number(question)), StateJson.pretty(question.with(note)));
  }

  private static String number(AgentQuestion question) {
    return question.gate().substring(question.gate().lastIndexOf(':') + 1);
  }

  private Path file(Object n) {
    return directory.resolve(n + ".json");
  }

  private Path closed(Object n) {
    return directory.resolve(n + AgentQuestion.CLOSED);
  }

  private Optional<AgentQuestion> known(String request) {
    return AgentQuestion.in(directory).stream()
        .filter(one -> one.request().equals(request))
        .findFirst();
  }

  /** Closes a question that was answered or is not needed any more. */
  synchronized void close(String request) {
    Thread waits = waiting.remove(request);
    if (waits != null) {
      waits.interrupt();
    }
    known(request)
        .ifPresent(question -> {
          String n = number(question);
          Unchecked.get(
              "rename " + file(n),
              () -> {
                Files.setLastModifiedTime(file(n), FileTime.from(Instant.now()));
                return Files.move(file(n), closed(n));
              });
        });
  }

  /** Stops waiting for all answers; the questions stay open. */
  synchronized void release() {
    waiting.values().forEach(Thread::interrupt);
    waiting.clear();
  }

  synchronized void closeAll() {
    AgentQuestion.in(directory).forEach(question -> close(question.request()));
  }
}
