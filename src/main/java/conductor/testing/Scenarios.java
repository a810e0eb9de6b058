package conductor.testing;

import conductor.run.execution.Conductor;
import conductor.scenario.Scenario;
import conductor.testing.TestFiles.TestFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs scenarios, as many at once as the machine has processors. */
public final class Scenarios {

  private final Conductor conductor;
  private final int steps;
  private final int variants;
  private final long seed;

  /**
   * Returns what runs scenarios.
   *
   * @param conductor finds and compiles their workflows
   * @param steps how many effects a workflow may ask for
   * @param variants in how many variants each scenario is run that holds as it is
   * @param seed what the first of them is drawn from
   */
  public Scenarios(Conductor conductor, int steps, int variants, long seed) {
    this.variants = variants;
    this.seed = seed;
    this.conductor = conductor;
    this.steps = steps;
  }

  /**
   * Runs the scenarios that are wanted, and returns how they ended in the order of the files.
   *
   * @param told is told of each in that order, as soon as it has ended
   */
  public List<Verdict> run(List<TestFile> files, Predicate<Scenario> wanted, Consumer<Verdict> told)
      throws InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var verdicts = new ArrayList<Future<Verdict>>();
      for (TestFile file : files) {
        Path directory = Objects.requireNonNull(file.path().getParent());
        for (Scenario scenario : file.scenarios()) {
          if (wanted.test(scenario)) {
            verdicts.add(threads.submit(() -> explored(scenario, directory)));
          }
        }
      }
      return ended(threads, verdicts, told);
    }
  }

  private Verdict explored(Scenario scenario, Path directory) throws InterruptedException {
    Exploration.Runs runs =
        (one, check) -> new ScenarioRun(conductor, one, directory, steps, check).verdict();
    Verdict plain = runs.of(scenario, ScenarioRun.Check.ALL);
    return plain.passed() ? new Exploration(runs, variants, seed).of(scenario, plain) : plain;
  }

  private static List<Verdict> ended(
      ExecutorService threads, List<Future<Verdict>> verdicts, Consumer<Verdict> told)
      throws InterruptedException {
    var all = new ArrayList<Verdict>();
    try {
      for (Future<Verdict> verdict : verdicts) {
        all.add(verdict.get());
        told.accept(all.getLast());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scenario could not be run", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
