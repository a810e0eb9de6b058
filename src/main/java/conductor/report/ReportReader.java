package conductor.report;

import conductor.effect.AgentUsage;
import conductor.effect.WorktreeEnv;
import conductor.engine.History;
import conductor.handlers.agent.Outputs;
import conductor.journal.Redactor;
import conductor.report.Report.Answered;
import conductor.report.Report.Conversation;
import conductor.report.Report.Fact;
import conductor.report.Report.Question;
import conductor.report.Report.Script;
import conductor.report.Report.Spending;
import conductor.report.Report.Step;
import conductor.run.record.AgentRecords;
import conductor.run.record.Amounts;
import conductor.run.record.AnsweredGate;
import conductor.run.record.EffectView;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import conductor.state.StateJson;
import conductor.workflow.Pinned;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Reads what a report shows of a run; changes nothing and waits for nobody (law 10). */
public final class ReportReader {

  private static final int TAIL = 2 << 20;

  private final Changes changes;
  private final Texts texts;
  private final ZoneId zone;

  /**
   * Creates a reader for one report.
   *
   * @param changes finds what worktrees have against their bases
   * @param secrets replaces secrets by their names
   * @param zone of the times that are shown
   */
  public ReportReader(Changes changes, Redactor secrets, ZoneId zone) {
    this.changes = changes;
    this.texts = new Texts(secrets);
    this.zone = zone;
  }

  /** Reads a run as it is now. */
  public Report read(RunDirectory run, RunMeta meta, RunView view, AgentUsage used, Instant now)
      throws InterruptedException {
    List<Spending> agents = agents(run);
    var parts =
        new Parts(
            agents,
            times(run, meta, view, agents, meta.until(now), TimeRange.ALL),
            agents.stream().map(agent -> conversation(run, agent.agent())).toList(),
            changes(meta),
            script(run, view));
    return report(run, meta, view, used, now, parts);
  }

  /** Reads what a summary shows of a run: without times, conversations, changes and script. */
  public Report brief(RunDirectory run, RunMeta meta, RunView view, AgentUsage used, Instant now) {
    var none =
        new Parts(
            agents(run),
            new Report.Times(List.of(), List.of()),
            List.of(),
            List.of(),
            new Script("", List.of()));
    return report(run, meta, view, used, now, none);
  }

  /** The parts of a report that take long to read. */
  private record Parts(
      List<Spending> agents,
      Report.Times times,
      List<Conversation> conversations,
      List<Report.Change> changes,
      Script script) {}

  private Report report(
      RunDirectory run, RunMeta meta, RunView view, AgentUsage used, Instant now, Parts parts) {
    Instant until = meta.until(now);
    return new Report(
        texts.line(meta.name()),
        run.id(),
        meta.label() == null ? "" : texts.line(meta.label()),
        meta.status().text(),
        texts.line(view.line()),
        facts(meta, used, until),
        texts.of(Objects.requireNonNullElse(meta.error(), "")),
        meta.result() == null ? "" : texts.end(result(meta.result())),
        meta.prUrl() == null ? null : texts.line(meta.prUrl()),
        questions(run, meta),
        answered(run, view),
        steps(view.effects(), until),
        parts.times(),
        parts.agents(),
        parts.conversations(),
        parts.changes(),
        parts.script(),
        made(time("yyyy-MM-dd HH:mm:ss zzz", now)));
  }

  private List<Question> questions(RunDirectory run, RunMeta meta) {
    return GateList.of(run, meta).stream()
        .map(gate ->
            new Question(
                gate.position(),
                texts.of(gate.prompt()),
                gate.options().stream().map(texts::line).toList()))
        .toList();
  }

  private List<Answered> answered(RunDirectory run, RunView view) {
    return AnsweredGate.of(run, view.entries()).stream()
        .map(gate ->
            new Answered(
                gate.position(),
                texts.of(gate.prompt()),
                texts.of(gate.answer()),
                texts.line(gate.note()),
                time("yyyy-MM-dd HH:mm:ss", gate.at())))
        .toList();
  }

  private List<Report.Change> changes(RunMeta meta) throws InterruptedException {
    var all = new ArrayList<Report.Change>();
    for (WorktreeEnv env : meta.envs()) {
      all.add(changes.of(env, texts));
    }
    return all;
  }

  private static String made(String when) {
    String version = ReportReader.class.getPackage().getImplementationVersion();
    return "Made by conductor%s, %s".formatted(version == null ? "" : " " + version, when);
  }

  private List<Fact> facts(RunMeta meta, AgentUsage used, Instant until) {
    var facts = new ArrayList<Fact>();
    if (meta.issue() != null) {
      facts.add(new Fact("Issue", texts.line(meta.issue().id() + " " + meta.issue().title())));
    }
    facts.add(new Fact("Began", time("yyyy-MM-dd HH:mm:ss zzz", meta.created())));
    facts.add(new Fact("Took", Amounts.took(Duration.between(meta.created(), until))));
    if (used.inputTokens() + used.outputTokens() > 0) {
      facts.add(
          new Fact("Tokens", "%,d in, %,d out".formatted(used.inputTokens(), used.outputTokens())));
    }
    if (used.costUsd() != null) {
      facts.add(new Fact("Cost", Amounts.dollars(used.costUsd())));
    }
    meta.params()
        .forEach((name, value) ->
            facts.add(
                new Fact("Parameter " + texts.line(name), texts.line(String.valueOf(value)))));
    return facts;
  }

  /** Returns a run's result as text. */
  public static String result(Object result) {
    return result instanceof String text ? text : StateJson.pretty(result);
  }

  /** Reads the effects and controls of a run in program order. */
  public List<Step> steps(List<EffectView> effects, Instant until) {
    var steps = new ArrayList<Step>();
    String before = "";
    for (EffectView effect : effects) {
      steps.add(
          new Step(
              texts.line(effect.position()),
              effect.depth(),
              effect.branch().equals(before) ? "" : texts.line(effect.key()),
              effect.effect(),
              status(effect),
              texts.line(effect.summary()),
              effect.started(),
              effect.running(),
              Amounts.took(effect.elapsed(until)),
              effect.notes().stream().map(texts::line).toList(),
              effect.calls().stream().map(texts::line).toList(),
              texts.of(Objects.requireNonNullElse(effect.reply(), ""))));
      before = effect.branch();
    }
    return steps;
  }

  private static String status(EffectView effect) {
    return effect.complains() ? "complains" : effect.status();
  }

  /**
   * Reads when a run's effects began and ended.
   *
   * @param agents those of the run
   * @param until when effects end that have not ended
   * @param range what is shown of the axis
   */
  public Report.Times times(
      RunDirectory run,
      RunMeta meta,
      RunView view,
      List<Spending> agents,
      Instant until,
      TimeRange range) {
    var timeline = new Timeline(view.effects(), meta.created(), until, range, texts, zone, agents);
    return new Report.Times(timeline.lanes(run, view), timeline.ticks());
  }

  /** Reads what the agents of a run used. */
  public List<Spending> agents(RunDirectory run) {
    return AgentRecords.of(run).stream().map(this::spending).toList();
  }

  private Spending spending(Map<String, Object> agent) {
    AgentUsage used = AgentRecords.used(agent);
    return new Spending(
        String.valueOf(agent.get("name")),
        texts.line(String.valueOf(agent.getOrDefault("agent_type", ""))),
        String.valueOf(agent.get("status")),
        used.turns(),
        tokens(used.inputTokens(), used.outputTokens()),
        used.costUsd() == null ? "" : Amounts.dollars(used.costUsd()));
  }

  /** Returns what was used in words; empty where the agent's program tells nothing. */
  private static String tokens(long input, long output) {
    return input + output == 0 ? "" : "%,d in, %,d out".formatted(input, output);
  }

  private Conversation conversation(RunDirectory run, String agent) {
    String said = "";
    try {
      Outputs.Ending ending = Outputs.ending(run.agent(agent), TAIL);
      said = texts.end(ending.text(), ending.before());
    } catch (UncheckedIOException e) {
      // the directory is just being created: nothing is said yet
    }
    return new Conversation(agent, said);
  }

  /** Reads the script that a run executes. */
  public Script script(RunDirectory run, RunView view) {
    Path source = Pinned.source(run, History.of(view.entries()).editEpoch());
    Pinned pinned = Pinned.read(source);
    String text = texts.beginning(pinned.script(source));
    return new Script(texts.line(pinned.file()), text.lines().toList());
  }

  private String time(String pattern, Instant at) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at.atZone(zone));
  }
}
