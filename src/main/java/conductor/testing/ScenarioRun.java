package conductor.testing;

import conductor.effect.Issue;
import conductor.effect.Program;
import conductor.effect.WorkflowEffect;
import conductor.effect.WorkflowFailure;
import conductor.engine.Run;
import conductor.engine.RunListener;
import conductor.engine.RunResult;
import conductor.engine.handler.Parking;
import conductor.error.Reason;
import conductor.error.UserError;
import conductor.journal.Blobs;
import conductor.journal.Codec;
import conductor.journal.Journal;
import conductor.journal.MemoryJournal;
import conductor.journal.Redactor;
import conductor.run.execution.Conductor;
import conductor.run.record.RunView;
import conductor.scenario.Outcome;
import conductor.scenario.Rule;
import conductor.scenario.Scenario;
import conductor.script.Workflow;
import conductor.simulation.EffectLimit;
import conductor.simulation.SimulatedWorld;
import conductor.state.FileTree;
import conductor.workflow.Language;
import conductor.workflow.Scripts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one scenario in the real engine, with a journal in memory and in a simulated world. An
 * instance runs it once.
 */
final class ScenarioRun {

  private static final String RUN = "wf-000000";
  private static final int DEEPEST = 5;

  /** In thirty seconds: in variants a machine is at work on others too. */
  private static final int PATIENCE = 3;

  private final Conductor conductor;
  private final Scenario scenario;
  private final Path directory;
  private final int steps;
  private final Check check;
  private final List<Run> running = new CopyOnWriteArrayList<>();
  private MemoryJournal journal = new MemoryJournal();
  private final AtomicInteger asked = new AtomicInteger();

  /** What is asked of the run. */
  enum Check {
    /** All that the scenario says, and that each rule met something. */
    ALL,

    /** All that the scenario says. */
    EXPECTED,

    /** What always holds. A run that asks for something without a rule says nothing. */
    INVARIANTS
  }

  /**
   * Returns a run of a scenario.
   *
   * @param directory that of the test file, in which its workflow is looked for first
   * @param steps how many effects the workflow may ask for
   */
  ScenarioRun(Conductor conductor, Scenario scenario, Path directory, int steps, Check check) {
    this.check = check;
    this.conductor = conductor;
    this.scenario = scenario;
    this.directory = directory;
    this.steps = steps;
  }

  /** Runs the scenario and returns what does not hold. */
  Verdict verdict() throws InterruptedException {
    long start = System.nanoTime();
    List<String> problems;
    try {
      problems = problems();
    } catch (UserError e) {
      problems = List.of("%s: %s".formatted(at(scenario.line()), e.getMessage()));
    }
    return new Verdict(
        scenario,
        problems,
        RunView.of(journal.all()).effects(),
        journal.all().size(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private List<String> problems() throws InterruptedException {
    Scripts.Found found = found(scenario.launch().workflow());
    var world = new SimulatedWorld(scenario, found.name(), issue(), this::child, this::stop);
    RunResult result = withScratch(scratch -> resumed(found, world, scratch));
    if (check == Check.INVARIANTS && world.lacksRule()) {
      return List.of();
    }
    if (!world.problems().isEmpty()) {
      return world.problems().stream()
          .distinct()
          .map(problem -> at(scenario.line()) + ": " + problem)
          .toList();
    }
    List<String> unmet = unmet(world.outcome(result));
    return check == Check.ALL
        ? Stream.concat(unmet.stream(), unused(world).stream()).toList()
        : unmet;
  }

  /** Runs the workflow, and again as often as its process is killed. */
  private RunResult resumed(Scripts.Found found, SimulatedWorld world, Path scratch)
      throws InterruptedException {
    for (int records : scenario.trouble().kills()) {
      try {
        return run(program(found), world, new KilledProcess(journal, records), scratch);
      } catch (KilledProcess.Killed e) {
        world.killed();
        journal = journal.afterCrash();
      }
    }
    return run(program(found), world, journal, scratch);
  }

  /** Returns a program for one process: a compiled workflow serves only one. */
  private Program program(Scripts.Found found) {
    Workflow workflow = conductor.scripts().compile(found);
    Issue issue = issue();
    found.mustHaveIssue(workflow, issue != null);
    return workflow.program(scenario.launch().params(), issue);
  }

  /** Runs something that keeps large values in a directory. */
  private interface Keeping {
    RunResult in(Path scratch) throws InterruptedException;
  }

  private static RunResult withScratch(Keeping keeping) throws InterruptedException {
    try {
      Path scratch = Files.createTempDirectory("conductor-test-");
      try {
        return keeping.in(scratch);
      } finally {
        FileTree.delete(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory: " + Reason.of(e), e);
    }
  }

  private RunResult run(Program program, SimulatedWorld world, Journal records, Path scratch)
      throws InterruptedException {
    var run =
        new Run(
            RUN,
            records,
            new Codec(new Blobs(scratch), Redactor.none()),
            world.handlers(),
            Parking.never(),
            RunListener.all(
                List.of(world.listener(), new EffectLimit(steps, asked, PATIENCE, world::problem))),
            world.clock());
    running.add(run);
    try {
      return run.execute(program);
    } finally {
      running.removeLast();
    }
  }

  private void stop(String reason) {
    running.forEach(run -> run.stop(reason));
  }

  private RunResult child(WorkflowEffect.RunWorkflow child, SimulatedWorld within)
      throws InterruptedException {
    if (running.size() > DEEPEST) {
      throw new WorkflowFailure.BadWorkflow(
          child.workflow(),
          "a scenario runs workflows within workflows %d deep at most".formatted(DEEPEST));
    }
    try {
      Scripts.Found found = found(child.workflow());
      Workflow workflow = conductor.scripts().compile(found);
      found.mustHaveIssue(workflow, scenario.issue() != null);
      Map<String, ?> params = Objects.requireNonNullElse(child.params(), Map.of());
      Program program = workflow.program(params, issue());
      return withScratch(scratch -> run(program, within, new MemoryJournal(), scratch));
    } catch (UserError e) {
      throw new WorkflowFailure.BadWorkflow(child.workflow(), String.valueOf(e.getMessage()));
    }
  }

  /** Returns the workflow beside the test of this name, else the one that {@code run} finds. */
  private Scripts.Found found(String name) {
    Optional<Path> beside =
        Stream.concat(Stream.of(""), Stream.of(Language.values()).map(Language::suffix))
            .map(suffix -> directory.resolve(name + suffix))
            .filter(Files::isRegularFile)
            .findFirst();
    return conductor.scripts().find(beside.map(Path::toString).orElse(name), directory);
  }

  private @Nullable Issue issue() {
    Map<String, Object> told = scenario.issue();
    if (told == null) {
      return null;
    }
    return new Issue(
        "ISSUE-001",
        String.valueOf(told.get("title")),
        Objects.toString(told.get("body"), ""),
        Issue.Status.OPEN,
        told.get("labels") instanceof List<?> labels
            ? labels.stream().map(String::valueOf).toList()
            : List.of(),
        SimulatedWorld.START,
        SimulatedWorld.START,
        null,
        null,
        metadata(told.get("metadata")));
  }

  private static Map<String, @Nullable Object> metadata(@Nullable Object given) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((key, value) -> metadata.put(String.valueOf(key), value));
    }
    return metadata;
  }

  private List<String> unmet(Outcome outcome) {
    var unmet = new ArrayList<String>();
    boolean mustEndWell = check != Check.INVARIANTS && scenario.expectations().isEmpty();
    if (mustEndWell && !outcome.status().equals("done")) {
      unmet.add(
          "%s: it ended as %s: %s"
              .formatted(at(scenario.line()), outcome.status(), outcome.message()));
    }
    for (Scenario.Expectation expectation :
        Stream.concat(scenario.expectations().stream(), scenario.invariants().stream()).toList()) {
      try {
        expectation.check(outcome);
      } catch (AssertionError | RuntimeException e) {
        String how = outcome.message().isEmpty() ? "" : "\nthe run failed: " + outcome.message();
        unmet.add(
            "%s: %s%s"
                .formatted(
                    at(scenario.lineOf(e).orElse(scenario.line())),
                    Objects.requireNonNullElse(e.getMessage(), e.toString()),
                    how));
      }
    }
    return unmet;
  }

  private List<String> unused(SimulatedWorld world) {
    return world.unused().stream().map(this::unused).toList();
  }

  private String unused(Rule rule) {
    return "%s: the rule for %s%s met nothing; take it out, or mend what it is for"
        .formatted(
            at(rule.line()),
            rule.subject().word(),
            rule.match().isEmpty() ? "" : " " + rule.match());
  }

  private String at(int line) {
    return scenario.file() + ":" + line;
  }
}
