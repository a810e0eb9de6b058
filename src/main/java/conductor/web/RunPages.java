package conductor.web;

import conductor.effect.AgentUsage;
import conductor.handlers.agent.AgentStatusFile;
import conductor.handlers.agent.Outputs;
import conductor.journal.Redactor;
import conductor.process.Output;
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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
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

  private final RunStore store;
  private final RunViews views;
  private final String writes;
  private final Function<RunDirectory, Redactor> secrets;

  RunPages(StateDirectory state, String writes, Function<RunDirectory, Redactor> secrets) {
    this.store = new RunStore(state);
    this.views = new RunViews(store);
    this.writes = writes;
    this.secrets = secrets;
  }

  /**
   * What stands at the top of all pages of a run.
   *
   * @param label the name that a person gave it; empty without one
   * @param line its last {@code Status}; empty without one
   * @param took how long it took; empty while it goes on
   * @param tokens and cost; empty while there are none
   * @param tab the page of the run that is shown
   */
  record Head(
      String id,
      String name,
      String label,
      String status,
      String line,
      String issue,
      Instant created,
      String took,
      String tokens,
      @Nullable String pull,
      String tab,
      Form form) {

    boolean ended() {
      return !took.isEmpty();
    }
  }

  /** How it ended; each is empty where there is none. */
  record Ended(String error, String result) {}

  /**
   * An effect or control.
   *
   * @param branch the key of its branch where another one than that of the step before begins
   * @param took how long it took; empty while it goes on
   * @param notes what it waits for or was told
   */
  record Step(
      String element,
      String position,
      int depth,
      String branch,
      String effect,
      String status,
      String words,
      Instant started,
      String took,
      List<String> calls,
      List<String> notes,
      String outcome) {}

  /** An agent; the cost is empty where its program tells none. */
  record Agent(
      String element,
      String run,
      String name,
      String type,
      String status,
      int turns,
      String tokens,
      String cost,
      String said,
      boolean over,
      Form form) {}

  /** Returns what reads the page of an address; empty when a run has no such page. */
  Optional<Live.Reader> find(Request asked) {
    RunDirectory run = store.find(asked.path().get(1));
    String tab = asked.path().size() == 2 ? "" : asked.path().get(2);
    return switch (tab) {
      case "" -> Optional.of(() -> overview(run));
      default -> Optional.empty();
    };
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Page overview(RunDirectory run) {
    RunMeta meta = store.meta(run);
    RunView view = views.of(run);
    var texts = new Texts(secrets.apply(run));
    Head head = head(run, meta, view, texts, "overview");
    var ended =
        new Ended(
            texts.of(Objects.requireNonNullElse(meta.error(), "")),
            meta.result() == null ? "" : texts.end(String.valueOf(meta.result())));
    List<GatesPage.Question> questions =
        GateList.of(run, meta).stream()
            .map(gate -> GatesPage.Question.of(gate, meta.name(), head.form()))
            .toList();
    List<Part.Row> steps =
        steps(view, texts).stream()
            .map(step ->
                new Part.Row(
                    step.element(), Layout.html(out -> JtestepGenerated.render(out, null, step))))
            .toList();
    List<Part.Row> agents =
        agents(run, texts, head.form()).stream()
            .map(agent ->
                new Part.Row(
                    agent.element(),
                    Layout.html(out -> JteagentGenerated.render(out, null, agent))))
            .toList();
    return new Page(
        head.status() + " " + (head.label().isEmpty() ? head.name() : head.label()),
        "runs",
        List.of(
            Part.of("head", Layout.html(out -> JterunGenerated.render(out, null, head))),
            GatesPage.questions("asks", questions),
            Part.of("ended", Layout.html(out -> JteendedGenerated.render(out, null, ended))),
            new Part(
                "agents",
                "<section id=\"agents\" aria-label=\"Agents\">"
                    + (agents.isEmpty() ? "" : "<h2>Agents</h2>"),
                agents,
                "</section>"),
            new Part(
                "steps",
                "<section id=\"steps\" aria-labelledby=\"what\"><h2 id=\"what\">What it does</h2><ol class=\"effects\">",
                steps,
                "</ol></section>")));
  }

  private Head head(RunDirectory run, RunMeta meta, RunView view, Texts texts, String tab) {
    AgentUsage used = AgentStatusFile.used(run.agents());
    boolean spent = used.inputTokens() + used.outputTokens() > 0;
    String tokens =
        spent ? "%,d tokens in, %,d out".formatted(used.inputTokens(), used.outputTokens()) : "";
    return new Head(
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

  private static List<Step> steps(RunView view, Texts texts) {
    var steps = new ArrayList<Step>();
    String before = "";
    for (EffectView effect : view.effects()) {
      steps.add(
          new Step(
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
              texts.of(Objects.requireNonNullElse(effect.reply(), ""))));
      before = effect.branch();
    }
    return steps;
  }

  private static List<Agent> agents(RunDirectory run, Texts texts, Form form) {
    return AgentRecords.of(run).stream().map(agent -> agent(run, agent, texts, form)).toList();
  }

  private static Agent agent(RunDirectory run, Map<String, Object> agent, Texts texts, Form form) {
    String name = String.valueOf(agent.get("name"));
    Map<?, ?> costs = agent.get("usage") instanceof Map<?, ?> map ? map : Map.of();
    return new Agent(
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
