package conductor.web;

import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentStatusFile;
import conductor.handlers.agent.Outputs;
import conductor.journal.Redactor;
import conductor.process.Output;
import conductor.report.Changes;
import conductor.report.Report;
import conductor.report.ReportReader;
import conductor.report.Texts;
import conductor.run.record.AgentRecords;
import conductor.run.record.Amounts;
import conductor.run.record.EffectView;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.StateJson;
import conductor.state.UnreadableState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages of one run: what it does, its agents, its script and its journal. */
final class RunPages {

  /** In seconds. */
  private static final long PACE = 5;

  private final RunStore store;
  private final RunViews views;
  private final String writes;
  private final Function<RunDirectory, Redactor> secrets;
  private final Changes changes;
  private final ChangesParts changesParts;

  RunPages(
      StateDirectory state,
      String writes,
      Function<RunDirectory, Redactor> secrets,
      Changes changes) {
    this.store = new RunStore(state);
    this.views = new RunViews(store);
    this.writes = writes;
    this.secrets = secrets;
    this.changes = changes;
    this.changesParts = new ChangesParts(changes);
  }

  /** Returns what reads the page of an address; empty when a run has no such page. */
  Optional<Live.Reader> find(Request asked) {
    RunDirectory run = store.find(asked.path().get(1));
    List<String> rest = asked.path().subList(2, asked.path().size());
    return switch (rest.isEmpty() ? "" : rest.getFirst()) {
      case "" -> Optional.of(() -> overview(run));
      case "agents" ->
          rest.size() == 2 && agents(run).contains(rest.getLast())
              ? Optional.of(() -> agent(run, rest.getLast()))
              : Optional.empty();
      case "changes" -> rest.size() == 1 ? Optional.of(() -> changes(run)) : Optional.empty();
      case "script" -> rest.size() == 1 ? Optional.of(() -> script(run)) : Optional.empty();
      case "journal" ->
          rest.size() == 1 ? Optional.of(() -> journal(run, asked)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static List<String> agents(RunDirectory run) {
    return AgentRecords.of(run).stream().map(agent -> String.valueOf(agent.get("name"))).toList();
  }

  private Page agent(RunDirectory run, String name) {
    var texts = new Texts(secrets.apply(run));
    RunShown.Head head = head(run, texts, "agents/" + name);
    RunShown.Agent agent =
        AgentRecords.of(run).stream()
            .filter(one -> name.equals(one.get("name")))
            .map(one -> agent(run, one, texts, head.form()))
            .findFirst()
            .orElseThrow(() -> new UnreadableState("the agent " + name + " is gone"));
    return page(name, head, ConversationPart.of(run, agent, head.ended(), texts));
  }

  private Page changes(RunDirectory run) throws InterruptedException {
    var texts = new Texts(secrets.apply(run));
    RunShown.Head head = head(run, texts, "changes");
    return page("changes", head, changesParts.parts(run, store.meta(run), head, texts));
  }

  private Page script(RunDirectory run) {
    var texts = new Texts(secrets.apply(run));
    return page(
        "script", head(run, texts, "script"), List.of(ScriptPart.of(run, views.of(run), texts)));
  }

  private Page journal(RunDirectory run, Request asked) {
    var texts = new Texts(secrets.apply(run));
    return page("journal", head(run, texts, "journal"), JournalParts.of(run, asked, texts));
  }

  private RunShown.Head head(RunDirectory run, Texts texts, String tab) {
    return head(run, store.meta(run), views.of(run), texts, tab);
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page page(String what, RunShown.Head head, List<Part> parts) {
    var all = new ArrayList<Part>();
    all.add(Part.of("head", Layout.html(out -> JterunGenerated.render(out, null, head))));
    all.addAll(parts);
    return new Page(what + " of " + head.title(), "runs", all);
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Page overview(RunDirectory run) {
    RunMeta meta = store.meta(run);
    RunView view = views.of(run);
    var texts = new Texts(secrets.apply(run));
    RunShown.Head head = head(run, meta, view, texts, "overview");
    var ended =
        new RunShown.Ended(
            texts.of(Objects.requireNonNullElse(meta.error(), "")),
            meta.result() == null ? "" : texts.end(result(meta.result())));
    List<Question> questions =
        GateList.of(run, meta).stream()
            .map(gate -> Question.of(gate, meta.name(), head.form()))
            .toList();
    return new Page(
        head.status() + " " + head.title(),
        "runs",
        List.of(
            Part.of("head", Layout.html(out -> JterunGenerated.render(out, null, head))),
            GatesPage.questions("asks", questions),
            Part.of("ended", Layout.html(out -> JteendedGenerated.render(out, null, ended))),
            times(run, meta, view),
            Part.list("agents", "section", "Agents", agents(run, texts, head.form())),
            Part.list("steps", "ol", "What it does", steps(view, texts))));
  }

  /** Returns the axis of time; what goes on is drawn longer every few seconds only. */
  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Part times(RunDirectory run, RunMeta meta, RunView view) {
    Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond() / PACE * PACE);
    var reader = new ReportReader(changes, secrets.apply(run), ZoneId.systemDefault());
    Report.Times times = reader.times(run, meta, view, now);
    return Part.of("times", Layout.html(out -> JtetimesGenerated.render(out, null, times)));
  }

  private RunShown.Head head(
      RunDirectory run, RunMeta meta, RunView view, Texts texts, String tab) {
    AgentUsage used = AgentStatusFile.used(run.agents());
    boolean spent = used.inputTokens() + used.outputTokens() > 0;
    String tokens =
        spent ? "%,d tokens in, %,d out".formatted(used.inputTokens(), used.outputTokens()) : "";
    return new RunShown.Head(
        run.id(),
        texts.line(meta.name()),
        meta.label() == null ? "" : texts.line(meta.label()),
        meta.status().text(),
        texts.line(view.line()),
        meta.issue() == null ? "" : texts.line(meta.issue().id() + " " + meta.issue().title()),
        meta.created(),
        meta.status().ended() ? Amounts.took(Duration.between(meta.created(), meta.updated())) : "",
        used.costUsd() == null ? tokens : tokens + ", " + Amounts.dollars(used.costUsd()),
        meta.prUrl() == null ? null : texts.line(meta.prUrl()),
        tab,
        new Form(writes, "/runs/" + run.id() + (tab.equals("overview") ? "" : "/" + tab)));
  }

  private static String result(Object result) {
    return result instanceof String text ? text : StateJson.pretty(result);
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static List<Part.Row> steps(RunView view, Texts texts) {
    var steps = new ArrayList<Part.Row>();
    String before = "";
    for (EffectView effect : view.effects()) {
      var step =
          new RunShown.Step(
              Part.id("e", effect.position()),
              texts.line(effect.position()),
              effect.depth(),
              effect.branch().equals(before) ? "" : texts.line(effect.key()),
              effect.effect(),
              effect.complains() ? "complains" : effect.status(),
              texts.line(effect.summary()),
              effect.started(),
              effect.running() ? "" : Amounts.took(effect.elapsed(effect.started())),
              effect.calls().stream().map(texts::line).toList(),
              effect.notes().stream().map(texts::line).toList(),
              texts.of(Objects.requireNonNullElse(effect.reply(), "")));
      String html = Layout.html(out -> JtestepGenerated.render(out, null, step));
      steps.add(new Part.Row(step.element(), html));
      before = effect.branch();
    }
    return steps;
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static List<Part.Row> agents(RunDirectory run, Texts texts, Form form) {
    return AgentRecords.of(run).stream()
        .map(agent -> agent(run, agent, texts, form))
        .map(agent ->
            new Part.Row(
                agent.element(), Layout.html(out -> JteagentGenerated.render(out, null, agent))))
        .toList();
  }

  private static RunShown.Agent agent(
      RunDirectory run, Map<String, Object> agent, Texts texts, Form form) {
    String name = String.valueOf(agent.get("name"));
    Map<?, ?> costs = agent.get("usage") instanceof Map<?, ?> map ? map : Map.of();
    return new RunShown.Agent(
        Part.id("a", name),
        run.id(),
        name,
        texts.line(String.valueOf(agent.getOrDefault("agent_type", ""))),
        String.valueOf(agent.get("status")),
        agent.get("turns") instanceof Number turns ? turns.intValue() : 0,
        "%s in, %s out"
            .formatted(number(costs.get("input_tokens")), number(costs.get("output_tokens"))),
        costs.get("cost_usd") instanceof Number cost ? Amounts.dollars(cost.doubleValue()) : "",
        lastLine(run, name, texts),
        AgentRecords.isOver(agent),
        form);
  }

  private static String number(@Nullable Object value) {
    return value instanceof Number number ? "%,d".formatted(number.longValue()) : "0";
  }

  private static String lastLine(RunDirectory run, String agent, Texts texts) {
    try {
      String said =
          Outputs.said(run.agent(agent)).stream()
              .map(file -> new Output(file).tail(2_000))
              .collect(Collectors.joining("\n"));
      return texts
          .of(said)
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((_, last) -> last)
          .orElse("");
    } catch (UncheckedIOException e) {
      return ""; // the directory is just being created
    }
  }
}
