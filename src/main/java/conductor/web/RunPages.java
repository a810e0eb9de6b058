package conductor.web;

import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentStatusFile;
import conductor.handlers.agent.Outputs;
import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import conductor.report.Changes;
import conductor.report.Report;
import conductor.report.ReportReader;
import conductor.report.Texts;
import conductor.run.record.AgentRecords;
import conductor.run.record.Amounts;
import conductor.run.record.EffectView;
import conductor.run.record.GateList;
import conductor.run.record.KeptTrees;
import conductor.run.record.RunMeta;
import conductor.run.record.RunStore;
import conductor.run.record.RunView;
import conductor.state.FileCache;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The pages of one run: what it does, its agents, its script and its journal. */
final class RunPages {

  /** In seconds. */
  private static final long PACE = 5;

  /** Of how many runs the effects are kept. */
  private static final int KEPT = 20;

  private final RunStore store;
  private final FileCache<RunView> views = new FileCache<>(KEPT, RunView::read);
  private final String writes;
  private final Function<RunDirectory, Redactor> secrets;
  private final Changes changes;
  private final ChangesParts changesParts;
  private final KeptTrees trees;
  private final EffectParts effects;
  private final VariantsParts variants;

  RunPages(
      RunStore store,
      String writes,
      Function<RunDirectory, Redactor> secrets,
      Function<Path, Git> git,
      Git reads,
      Differences differences) {
    this.store = store;
    this.writes = writes;
    this.secrets = secrets;
    this.changes = new Changes(git);
    this.changesParts = new ChangesParts(changes);
    this.trees = new KeptTrees(reads);
    this.effects = new EffectParts(trees, differences);
    this.variants = new VariantsParts(trees, differences);
  }

  /** Returns what reads the page of an address; empty when a run has no such page. */
  Optional<Live.Reader> find(PageRequest asked) throws InterruptedException {
    RunDirectory run = store.find(asked.path().get(1));
    List<String> rest = asked.path().subList(2, asked.path().size());
    return switch (rest.isEmpty() ? "" : rest.getFirst()) {
      case "" -> Optional.of(() -> overview(run, asked));
      case "agents" ->
          rest.size() == 2 && agents(run).contains(rest.getLast())
              ? Optional.of(() -> agent(run, rest.getLast()))
              : Optional.empty();
      case "effect" ->
          rest.size() == 1 && changed(run).contains(asked.field("at"))
              ? Optional.of(() -> effect(run, asked.field("at")))
              : Optional.empty();
      case "variants" -> rest.size() == 1 ? Optional.of(() -> variants(run)) : Optional.empty();
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

  private Set<String> changed(RunDirectory run) throws InterruptedException {
    return trees.of(run, views.of(run.trace())).changing();
  }

  private Page effect(RunDirectory run, String position) throws InterruptedException {
    var texts = new Texts(secrets.apply(run));
    RunView view = views.of(run.trace());
    RunShown.Head head = head(run, store.meta(run), view, texts, EffectShown.tab(position));
    return page(
            "changes at " + texts.line(position), head, effects.parts(run, view, position, texts))
        .withCode();
  }

  private Page variants(RunDirectory run) throws InterruptedException {
    var texts = new Texts(secrets.apply(run));
    RunView view = views.of(run.trace());
    RunShown.Head head = head(run, store.meta(run), view, texts, "variants");
    return page("variants", head, variants.parts(run, view, texts)).withCode();
  }

  private ReportReader reader(RunDirectory run) {
    return new ReportReader(changes, secrets.apply(run), ZoneId.systemDefault());
  }

  private Page agent(RunDirectory run, String name) {
    var texts = new Texts(secrets.apply(run));
    RunShown.Head head = head(run, texts, "agents/" + name);
    RunShown.Agent agent =
        reader(run).agents(run).stream()
            .filter(one -> name.equals(one.agent()))
            .map(one -> agent(run, one, texts, head.form()))
            .findFirst()
            .orElseThrow(() -> new UnreadableState("the agent " + name + " is gone"));
    String asks = name + ":";
    List<Question> questions =
        GateList.of(run, store.meta(run)).stream()
            .filter(gate -> gate.run().equals(run.id()) && gate.position().startsWith(asks))
            .map(gate -> Question.of(gate, head.name(), head.form()))
            .toList();
    Part asked = GatesPage.questions("asks", questions);
    return page(name, head, ConversationPart.of(run, agent, asked, head.ended(), texts));
  }

  private Page changes(RunDirectory run) throws InterruptedException {
    var texts = new Texts(secrets.apply(run));
    RunShown.Head head = head(run, texts, "changes");
    return page("changes", head, changesParts.parts(run, store.meta(run), head, texts)).withCode();
  }

  private Page script(RunDirectory run) {
    var texts = new Texts(secrets.apply(run));
    RunView view = views.of(run.trace());
    Part script = ScriptPart.of(reader(run).script(run, view), view, texts);
    return page("script", head(run, texts, "script"), List.of(script)).withCode();
  }

  private Page journal(RunDirectory run, PageRequest asked) {
    var texts = new Texts(secrets.apply(run));
    return page("journal", head(run, texts, "journal"), JournalParts.of(run, asked, texts));
  }

  private RunShown.Head head(RunDirectory run, Texts texts, String tab) {
    return head(run, store.meta(run), views.of(run.trace()), texts, tab);
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Page page(String what, RunShown.Head head, List<Part> parts) {
    var all = new ArrayList<Part>();
    all.add(Part.of("head", Layout.html(out -> JterunGenerated.render(out, null, head))));
    all.addAll(parts);
    return new Page(what + " of " + head.title(), "runs", all);
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Page overview(RunDirectory run, PageRequest asked) throws InterruptedException {
    RunMeta meta = store.meta(run);
    RunView view = views.of(run.trace());
    var texts = new Texts(secrets.apply(run));
    ReportReader reader = reader(run);
    List<Report.Spending> agents = reader.agents(run);
    RunShown.Head head = head(run, meta, view, texts, "overview");
    var ended =
        new RunShown.Ended(
            texts.of(Objects.requireNonNullElse(meta.error(), "")),
            meta.result() == null ? "" : texts.end(ReportReader.result(meta.result())));
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
            times(reader, run, meta, view, agents, asked),
            Part.list("agents", "section", "Agents", agents(run, agents, texts, head.form())),
            Part.list("steps", "ol", "What it does", steps(run, reader, view, meta))));
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static Part times(
      ReportReader reader,
      RunDirectory run,
      RunMeta meta,
      RunView view,
      List<Report.Spending> agents,
      PageRequest asked) {
    Instant now = now(meta);
    TimesShown shown = TimesShown.of(asked, run.id(), meta.created(), now, ZoneId.systemDefault());
    Report.Times times = reader.times(run, meta, view, agents, now, shown.range());
    return Part.of("times", Layout.html(out -> JtetimesGenerated.render(out, null, times, shown)));
  }

  /** Returns until when effects go on: what does is drawn longer every few seconds only. */
  private static Instant now(RunMeta meta) {
    return meta.until(Instant.ofEpochSecond(Instant.now().getEpochSecond() / PACE * PACE));
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

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private List<Part.Row> steps(RunDirectory run, ReportReader reader, RunView view, RunMeta meta)
      throws InterruptedException {
    KeptTrees.Steps kept = trees.of(run, view);
    List<EffectView> effects = view.effects();
    var links = new HashMap<String, Link>();
    for (String position : kept.changing()) {
      links.put(position, new Link(EffectShown.href(run.id(), position), "changes", position));
    }
    for (Variants.Group group : Variants.of(effects, kept)) {
      String href = "/runs/" + run.id() + "/variants#" + Part.id("g", group.position());
      links.put(group.position(), new Link(href, "variants", group.position()));
    }
    return reader.steps(effects, now(meta)).stream()
        .map(step -> {
          String element = Part.id("e", step.position());
          Link link = links.get(step.position());
          return new Part.Row(
              element, Layout.html(out -> JtestepGenerated.render(out, null, element, step, link)));
        })
        .toList();
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static List<Part.Row> agents(
      RunDirectory run, List<Report.Spending> agents, Texts texts, Form form) {
    return agents.stream()
        .map(agent -> agent(run, agent, texts, form))
        .map(agent ->
            new Part.Row(
                agent.element(), Layout.html(out -> JteagentGenerated.render(out, null, agent))))
        .toList();
  }

  private static RunShown.Agent agent(
      RunDirectory run, Report.Spending used, Texts texts, Form form) {
    return new RunShown.Agent(
        Part.id("a", used.agent()),
        run.id(),
        used,
        texts.line(Outputs.lastSaid(run.agent(used.agent()))),
        AgentRecords.isOver(used.status()),
        form);
  }
}
