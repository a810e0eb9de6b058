package conductor.cli;

import conductor.agent.Questions;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.run.Inbox;
import conductor.state.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the person at the terminal what a run asks, and takes what is typed as the answer to the
 * oldest open question, as {@code conductor answer} would.
 */
final class GatePrompt implements RunListener {

  private final Console console;
  private final RunDirectory run;
  private final boolean reads;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /**
   * @param reads whether somebody can type
   */
  GatePrompt(Console console, RunDirectory run, boolean reads) {
    this.console = console;
    this.run = run;
    this.reads = reads;
  }

  @Override
  public void appended(Entry entry) {
    if (entry instanceof Entry.Asked asked && asked.effect().equals("Ask")) {
      asked(asked.position().text());
    }
  }

  /** What agents ask is no effect: it is told when the run waits for it. */
  @Override
  public void blocked(boolean now) {
    if (now) {
      for (Questions.Open question : Questions.ofRun(run)) {
        if (told.add(question.gate())) {
          console.say(question.prompt().indent(2).stripTrailing());
          asked(question.gate());
        }
      }
    }
  }

  private void asked(String gate) {
    String way = "answer with 'conductor answer %s %s TEXT'".formatted(run.id(), gate);
    console.say(console.yellow("  ? " + (reads ? "type the answer, or " : "") + way));
    if (reads && reading.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("answers").start(this::read);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          answer(line.strip());
        }
      }
    } catch (IOException e) {
      // the terminal is gone; questions can be answered from elsewhere
    }
  }

  private void answer(String text) {
    List<GateList.Gate> open = GateList.of(run);
    if (open.isEmpty()) {
      console.warn("nothing is asked now");
      return;
    }
    GateList.Gate gate = open.getFirst();
    if (!gate.options().isEmpty() && !gate.options().contains(text)) {
      console.warn(
          "'%s' is none of the answers: %s".formatted(text, String.join(", ", gate.options())));
    } else if (!new Inbox(run).answer(gate.position(), text, Instant.now())) {
      console.warn("%s was answered before".formatted(gate.position()));
    }
  }
}
