package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.UsageError;
import conductor.run.execution.Conductor;
import conductor.run.record.Amounts;
import conductor.scenario.Scenario;
import conductor.state.RunDirectory;
import conductor.testing.JUnitReport;
import conductor.testing.RecordedTest;
import conductor.testing.Scenarios;
import conductor.testing.TestFiles;
import conductor.testing.TestFiles.TestFile;
import conductor.testing.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the scenarios of workflows. */
@Command(
    name = "test",
    description = {
      "Runs the scenarios of workflows, which stand beside them in files *_test.groovy.",
      "Git, agents, commands, people, the forge and the clock are simulated: nothing outside is touched."
    },
    footer = {
      "",
      "Exit code 1 when a scenario fails.",
      "",
      "Examples:",
      "  conductor test",
      "  conductor test workflows --filter 'gives up'",
      "  conductor test --explore 200",
      "  conductor test --record wf-1a2b3c",
      "  conductor test my_flow_test.groovy --junit target/scenarios.xml"
    })
public final class TestCommand extends Subcommand {

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "0..*",
      description = "test files, or directories that hold some; default: the current directory")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = "--filter",
      paramLabel = "TEXT",
      description = "only scenarios in whose name the text occurs")
  String filter = "";

  @Option(
      names = "--explore",
      paramLabel = "N",
      description = {
        "run each scenario in N variants, too: other orders of replies, kills of the process,",
        "and, where it says what always holds, failures of effects"
      })
  int explore;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "what the variants are drawn from (default: ${DEFAULT-VALUE})")
  int seed = 1;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "write the results as XML in the form of JUnit, too")
  @Nullable Path junit;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "how many effects a workflow may ask for (default: ${DEFAULT-VALUE})")
  int steps = 10_000;

  @Option(
      names = "--record",
      paramLabel = "RUN",
      description = {
        "write a scenario of a run that has ended, in which agents, commands and people do again",
        "what they did; into the directory that is given, else the current one"
      })
  @Nullable String recorded;

  @Override
  public Integer call() throws InterruptedException {
    if (recorded != null) {
      return record(run(recorded));
    }
    Conductor conductor = conductor(Map.of());
    trust(conductor);
    Path directory = context().directory();
    List<TestFile> files =
        TestFiles.read(paths.isEmpty() ? List.of(Path.of("")) : paths, directory);
    List<Verdict> verdicts =
        new Scenarios(conductor, steps, explore, seed).run(files, this::isWanted, this::tell);
    if (verdicts.isEmpty()) {
      throw new TestFiles.NoScenarios(
          filter.isEmpty()
              ? "the files have no scenario: %s"
                  .formatted(files.stream().map(TestFile::path).toList())
              : "no scenario has '%s' in its name".formatted(filter));
    }
    if (junit != null) {
      JUnitReport.write(directory.resolve(junit), verdicts);
    }
    Printed printed = Printed.of(verdicts);
    print(printed, List.of(printed.line()));
    return printed.failed() == 0 ? Exit.OK : Exit.FAILED;
  }

  private int record(RunDirectory run) throws InterruptedException {
    Path directory = context().directory();
    if (!paths.isEmpty()) {
      directory = directory.resolve(paths.getFirst()).normalize();
    }
    if (paths.size() > 1 || !Files.isDirectory(directory)) {
      throw new UsageError("--record takes one directory that is there, found " + paths);
    }
    RecordedTest made = RecordedTest.of(looking(run), run, directory);
    made.missing().forEach(line -> console().warn("not recorded: " + line));
    print(
        new Recorded(run.id(), made.test(), made.recording(), made.missing()),
        List.of(
            made.recording().toString(),
            made.isNew()
                ? made.test().toString()
                : made.test() + " was there, and stays as it is"));
    return Exit.OK;
  }

  /** What {@code --record} prints with {@code --json}. */
  record Recorded(String run, Path test, Path recording, List<String> missing) {}

  private boolean isWanted(Scenario scenario) {
    return scenario.name().contains(filter);
  }

  private void tell(Verdict verdict) {
    if (json || (quiet && verdict.passed())) {
      return;
    }
    Scenario scenario = verdict.scenario();
    console()
        .print(
            "%s %s: %s  %s"
                .formatted(
                    verdict.passed() ? console().green("✓") : console().red("✗"),
                    scenario.file(),
                    scenario.name(),
                    console().dim(Amounts.took(verdict.took()))));
    verdict.problems().stream()
        .flatMap(String::lines)
        .forEach(line -> console().print("    " + line));
    if (!verdict.passed() && !verdict.effects().isEmpty()) {
      console().print("    what happened:");
      verdict
          .effects()
          .forEach(effect ->
              console()
                  .print(
                      "      "
                          + PlanCommand.line(
                              console(), effect.position(), effect.depth(), effect)));
    }
  }

  /**
   * The results in {@code --json}.
   *
   * @param scenarios each with what does not hold
   */
  record Printed(int passed, int failed, List<Result> scenarios) {

    /**
     * A scenario in {@code --json}.
     *
     * @param line where it begins in its file, counted from 1
     * @param problems what does not hold, each with its place; empty when it passed
     * @param seconds the time that it took
     */
    record Result(
        String file,
        String name,
        int line,
        boolean passed,
        List<String> problems,
        double seconds) {}

    static Printed of(List<Verdict> verdicts) {
      int passed = (int) verdicts.stream().filter(Verdict::passed).count();
      return new Printed(
          passed,
          verdicts.size() - passed,
          verdicts.stream()
              .map(verdict ->
                  new Result(
                      verdict.scenario().file(),
                      verdict.scenario().name(),
                      verdict.scenario().line(),
                      verdict.passed(),
                      verdict.problems(),
                      verdict.took().toMillis() / 1000.0))
              .toList());
    }

    String line() {
      return "%d scenario%s: %d passed, %d failed"
          .formatted(passed + failed, passed + failed == 1 ? "" : "s", passed, failed);
    }
  }
}
