package conductor.cli.command;

import conductor.cli.Console;
import conductor.cli.Exit;
import conductor.cli.JsonArguments;
import conductor.cli.Subcommand;
import conductor.plan.Deeds;
import conductor.plan.Forecast;
import conductor.plan.Plan;
import conductor.plan.Plans;
import conductor.run.execution.Conductor;
import conductor.run.execution.RunRequest;
import conductor.run.record.EffectView;
import conductor.run.record.RunView;
import conductor.script.BadParameters;
import conductor.script.YieldSite;
import conductor.simulation.Stubs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which effects a workflow would ask for, without performing them. */
@Command(
    name = "plan",
    description = {
      "Shows what a workflow would do, and performs nothing: it runs with made-up answers.",
      "Exit code 2 when a run could not work."
    },
    footer = {
      "",
      "Examples:",
      "  conductor plan basic_pr --issue issue.md",
      "  conductor plan my_flow.groovy --stubs answers.yaml"
    })
public final class PlanCommand extends Subcommand {

  @Parameters(paramLabel = "TEMPLATE|FILE", description = "a template's name or a script")
  String workflow = "";

  @Mixin LaunchOptions options = new LaunchOptions();

  @Option(
      names = "--stubs",
      paramLabel = "FILE",
      description = "answers in YAML or JSON, by effect, agent or position")
  @Nullable Path stubs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "how many effects there may be (default: ${DEFAULT-VALUE})")
  int steps = 1000;

  @Override
  public Integer call() throws InterruptedException {
    Conductor conductor = conductor(options.flags());
    trust(conductor);
    Forecast forecast = forecast(conductor, options.request(this, conductor, workflow));
    print(Printed.of(forecast), lines(forecast));
    return forecast.works() ? Exit.OK : Exit.USAGE;
  }

  private Forecast forecast(Conductor conductor, RunRequest launch) throws InterruptedException {
    try {
      return new Plans(conductor).forecast(launch, new Plans.Wish(stubs(), steps, this::schema));
    } catch (BadParameters e) {
      throw options.explained(e);
    }
  }

  private Stubs stubs() {
    return stubs == null
        ? Stubs.none()
        : new Stubs(JsonArguments.yaml("--stubs", context().directory().resolve(stubs)));
  }

  /** Returns an output format that is given as JSON text or as a file; null for anything else. */
  private @Nullable Object schema(Object format) {
    String text = format.toString();
    Path file = context().directory().resolve(text);
    String json = text.strip().startsWith("{") || !Files.isRegularFile(file) ? text : "@" + text;
    return json.startsWith("{") || json.startsWith("@")
        ? JsonArguments.object("output_format", json, context().directory())
        : null;
  }

  /**
   * An effect of the plan and its place in the list.
   *
   * @param depth how deep it is indented
   */
  private record Placed(String position, int depth, EffectView effect) {

    Line line() {
      return new Line(position, effect.effect(), effect.summary(), effect.calls());
    }
  }

  /** An effect in {@code --json}. */
  record Line(String position, String effect, String summary, List<String> calls) {}

  /** Returns the effects in order; those of a child workflow follow the effect that runs it. */
  private static List<Placed> effects(Plan plan, String above, int depth) {
    var placed = new ArrayList<Placed>();
    for (EffectView effect : RunView.of(plan.entries()).effects()) {
      int within = depth + effect.depth();
      placed.add(new Placed(above + effect.position(), within, effect));
      plan.children().stream()
          .filter(child -> child.position().equals(effect.position()))
          .map(child -> effects(child.plan(), above + child.position() + "/", within + 1))
          .forEach(placed::addAll);
    }
    return placed;
  }

  /**
   * A plan in {@code --json}.
   *
   * @param workflow the workflow's name
   * @param works whether a run could work
   * @param outcome how the plan ended: {@code done}, {@code error} or {@code endless}
   * @param message why it did not end well; empty when it did
   * @param people what it asks people
   * @param pushes what would leave the machine
   * @param turns the turns of agents that would be paid for
   * @param checks the things of the environment that were looked at
   * @param unforeseen the places of its scripts that it did not come to
   */
  record Printed(
      String workflow,
      boolean works,
      String outcome,
      String message,
      List<Line> effects,
      List<String> worktrees,
      List<String> agents,
      List<String> people,
      List<String> pushes,
      List<Forecast.Turns> turns,
      List<Forecast.Check> checks,
      List<YieldSite> unforeseen) {

    static Printed of(Forecast forecast) {
      Deeds deeds = Deeds.of(forecast.plan());
      return new Printed(
          forecast.workflow(),
          forecast.works(),
          forecast.outcome(),
          forecast.message(),
          PlanCommand.effects(forecast.plan(), "", 0).stream().map(Placed::line).toList(),
          deeds.worktrees(),
          deeds.agents(),
          deeds.people(),
          deeds.pushes(),
          forecast.turns(),
          forecast.checks(),
          forecast.unforeseen());
    }
  }

  private List<String> lines(Forecast forecast) {
    var lines = new ArrayList<String>();
    lines.add("plan of %s: nothing was performed".formatted(forecast.workflow()));
    for (Placed placed : effects(forecast.plan(), "", 0)) {
      lines.add(line(placed));
    }
    Deeds deeds = Deeds.of(forecast.plan());
    section(lines, "worktrees", deeds.worktrees());
    section(lines, "agents", deeds.agents());
    section(lines, "needs a person", deeds.people());
    section(lines, "would leave this machine", deeds.pushes());
    section(
        lines,
        "would be paid for, at least",
        forecast.turns().stream().map(PlanCommand::turns).toList());
    section(
        lines,
        "not come to with these answers",
        forecast.unforeseen().stream()
            .map(site -> "%s:%d  %s".formatted(site.file(), site.line(), site.what()))
            .toList());
    section(
        lines,
        "environment",
        forecast.checks().stream()
            .map(check ->
                "%s %s: %s"
                    .formatted(
                        check.ok() ? console().green("ok") : console().red("!!"),
                        check.what(),
                        check.detail()))
            .toList());
    if (!forecast.message().isEmpty()) {
      lines.add("ends as %s: %s".formatted(forecast.outcome(), forecast.message()));
    }
    lines.add(verdict(forecast));
    return lines;
  }

  private static String turns(Forecast.Turns turns) {
    return "%d %s of %s%s%s"
        .formatted(
            turns.turns(),
            turns.turns() == 1 ? "turn" : "turns",
            turns.agent(),
            turns.profile() == null ? "" : ", profile " + turns.profile(),
            turns.model() == null ? "" : ", model " + turns.model());
  }

  private String line(Placed placed) {
    return line(console(), placed.position(), placed.depth() + 1, placed.effect());
  }

  /**
   * Returns a line about an effect that was only simulated: there is nothing to say of its time.
   *
   * @param depth how deep it is indented
   */
  static String line(Console console, String position, int depth, EffectView effect) {
    String place = effect.calls().isEmpty() ? "" : effect.calls().getFirst();
    return "%s%s %s  %s  %s"
        .formatted(
            "  ".repeat(depth), position, effect.effect(), effect.summary(), console.dim(place))
        .stripTrailing();
  }

  private static String verdict(Forecast forecast) {
    if (!forecast.works()) {
      return "a run could not work";
    }
    return forecast.plan().endless().isPresent()
        ? "a run may never end: its end was not come to with these answers"
        : "a run could work";
  }

  private static void section(List<String> lines, String title, List<String> items) {
    if (!items.isEmpty()) {
      lines.add(title + ":");
      items.forEach(item -> lines.add("  " + item));
    }
  }
}
