package conductor.cli.view;

import conductor.cli.Console;
import conductor.effect.PeopleEffect;
import conductor.engine.RunListener;
import conductor.journal.Entry;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.state.RunDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows the questions of a run to the person at the terminal, and takes what is typed as the answer
 * to the oldest open question, like {@code conductor answer}.
 */
public final class GatePrompt implements RunListener {

  private final Console console;
  private final RunDirectory run;
  private final boolean reads;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Creates the prompt; says whether a person can type. */
  public GatePrompt(Console console, RunDirectory run, boolean reads) {
    this.console = console;
    this.run = run;
    this.reads = reads;
  }

  @Override
  public void appended(Entry entry) {
    if (entry instanceof Entry.Asked asked
        && asked.effect().equals(PeopleEffect.Ask.class.getSimpleName())) {
      String position = asked.position().text();
      told.add(run.id() + " " + position);
      asked(new Gate(run.id(), position, "", List.of()));
    }
    if (entry instanceof Entry.Parked) {
      tellNew();
    }
  }

  /** Shows the questions of agents and child runs once the run waits for them. */
  @Override
  public void blocked(boolean now) {
    if (now) {
      tellNew();
    }
  }

  @Override
  public void attention() {
    console.bell();
  }

  private void tellNew() {
    for (Gate question : GateList.of(run)) {
      if (told.add(question.run() + " " + question.position())) {
        console.say(question.prompt().indent(2).stripTrailing());
        asked(question);
      }
    }
  }

  private void asked(Gate gate) {
    String answers =
        Entry.Parked.isGate(gate.position()) ? String.join(" | ", gate.options()) : "TEXT";
    String way =
        "answer with 'conductor answer %s %s %s'".formatted(gate.run(), gate.position(), answers);
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
    List<Gate> open = GateList.of(run);
    if (open.isEmpty()) {
      console.warn("nothing is asked now");
      return;
    }
    GateList.answer(run, open.getFirst(), text).ifPresent(console::warn);
  }
}
