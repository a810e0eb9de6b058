package conductor.report;

import conductor.report.Report.Bar;
import conductor.report.Report.Lane;
import conductor.report.Report.Spending;
import conductor.report.Report.Tick;
import conductor.run.record.Amounts;
import conductor.run.record.Children;
import conductor.run.record.EffectView;
import conductor.run.record.Requests;
import conductor.run.record.Requests.Request;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays the effects of a run and of its child runs out on one axis of time. */
final class Timeline {

  /** How deep child runs of child runs are shown. */
  private static final int DEEPEST = 5;

  private final Texts texts;
  private final ZoneId zone;
  private final Instant until;
  private final Map<String, Spending> agents;
  private final TimeRange range;
  private final TimeScale scale;

  /**
   * @param effects those of the run
   * @param begin when the run began
   * @param until when effects end that have not ended
   * @param range what is shown of the axis
   */
  Timeline(
      List<EffectView> effects,
      Instant begin,
      Instant until,
      TimeRange range,
      Texts texts,
      ZoneId zone,
      List<Spending> agents) {
    this.texts = texts;
    this.zone = zone;
    this.until = until;
    this.agents =
        agents.stream().collect(Collectors.toMap(Spending::agent, agent -> agent, (one, _) -> one));
    this.range = range;
    List<TimeScale.Span> spans =
        effects.stream()
            .filter(Timeline::isWork)
            .map(this::span)
            .filter(this::isShown)
            .map(span -> new TimeScale.Span(range.clamp(span.from()), range.clamp(span.to())))
            .collect(Collectors.toCollection(ArrayList::new));
    Instant first = range.from() == null ? begin : range.from();
    spans.add(new TimeScale.Span(first, first));
    if (range.to() != null) {
      spans.add(new TimeScale.Span(range.to(), range.to()));
    }
    this.scale = TimeScale.of(spans);
  }

  private boolean isShown(TimeScale.Span span) {
    return range.has(span.from(), span.to());
  }

  /** Returns whether time that an effect takes is time in which something is done. */
  private static boolean isWork(EffectView effect) {
    return effect.branches().isEmpty();
  }

  private TimeScale.Span span(EffectView effect) {
    Instant end = effect.ended() == null ? until : effect.ended();
    return new TimeScale.Span(
        effect.started(), end.isBefore(effect.started()) ? effect.started() : end);
  }

  /** Returns the lanes of a run, below each those of the child runs that its effects started. */
  List<Lane> lanes(RunDirectory run, RunView view) {
    var lanes = new ArrayList<Lane>();
    add(run, view, "main", 0, true, lanes);
    return lanes;
  }

  private void add(
      RunDirectory run, RunView view, String title, int depth, boolean decides, List<Lane> lanes) {
    List<EffectView> effects = view.effects();
    Map<String, Request> requests = Requests.of(view.entries());
    Map<String, RunDirectory> children = Children.of(run, view.entries());
    Set<String> path = decides ? CriticalPath.of(effects, until) : Set.of();
    var branches = new LinkedHashMap<String, List<EffectView>>();
    effects.stream()
        .filter(Timeline::isWork)
        .forEach(effect ->
            branches.computeIfAbsent(effect.branch(), _ -> new ArrayList<>()).add(effect));
    branches.forEach((branch, line) -> {
      List<Bar> bars =
          line.stream()
              .filter(effect -> isShown(span(effect)))
              .map(effect -> bar(effect, requests.get(effect.position()), path, depth == 0))
              .toList();
      if (!bars.isEmpty()) {
        lanes.add(new Lane(branch.isEmpty() ? title : texts.line(branch), depth, bars));
      }
      for (EffectView effect : line) {
        Optional.ofNullable(children.get(effect.position()))
            .filter(_ -> depth < DEEPEST)
            .ifPresent(child -> {
              Request request = requests.get(effect.position());
              String name = request == null ? child.id() : texts.line(request.text());
              boolean alsoDecides = path.contains(effect.position());
              Children.view(child)
                  .ifPresent(its -> add(child, its, name, depth + 1, alsoDecides, lanes));
            });
      }
    });
  }

  private Bar bar(
      EffectView effect, @Nullable Request request, Set<String> path, boolean isLinked) {
    TimeScale.Span span = span(effect);
    double left = scale.place(span.from());
    String status = effect.complains() ? "complains" : effect.status();
    String agent = request == null || request.agent().isEmpty() ? "" : request.agent() + ": ";
    String asked = agent + (request == null ? effect.summary() : request.text());
    String text = texts.line(asked.isBlank() ? effect.effect() : asked);
    return new Bar(
        isLinked ? texts.line(effect.position()) : "",
        text,
        "%s %s\n%s, %s to %s (%s)%s"
            .formatted(
                effect.effect(),
                text,
                status,
                time(span.from()),
                effect.ended() == null ? "now" : time(span.to()),
                Amounts.took(span.length()),
                used(request)),
        status,
        path.contains(effect.position()),
        left,
        scale.place(span.to()) - left);
  }

  private String used(@Nullable Request request) {
    Spending used = request == null ? null : agents.get(request.agent());
    return used == null || used.tokens().isEmpty()
        ? ""
        : "\n%s in all: %s tokens".formatted(used.agent(), used.tokens());
  }

  /** Returns the times below the lanes. */
  List<Tick> ticks() {
    var ticks = new ArrayList<Tick>();
    ticks.add(new Tick(0, time(scale.begin()), false));
    for (TimeScale.Span gap : scale.gaps()) {
      ticks.add(new Tick(scale.place(gap.from()), Amounts.took(gap.length()), true));
    }
    ticks.add(new Tick(100, time(scale.end()), false));
    return ticks;
  }

  private String time(Instant at) {
    return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(at.atZone(zone));
  }
}
