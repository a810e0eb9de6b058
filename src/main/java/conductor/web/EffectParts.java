package conductor.web;

import conductor.journal.Position;
import conductor.report.Texts;
import conductor.run.record.EffectView;
import conductor.run.record.KeptTrees;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import conductor.state.UnreadableState;
import java.util.ArrayList;
import java.util.List;

/** What one effect of a run changed in the files of worktrees. */
final class EffectParts {

  private final KeptTrees trees;
  private final Differences differences;

  EffectParts(KeptTrees trees, Differences differences) {
    this.trees = trees;
    this.differences = differences;
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  List<Part> parts(RunDirectory run, RunView view, String position, Texts texts)
      throws InterruptedException {
    EffectView effect =
        view.effect(new Position(position))
            .orElseThrow(() -> new UnreadableState("the run has no effect at " + position));
    KeptTrees.Steps steps = trees.of(run, view);
    List<String> all = List.copyOf(steps.changing());
    int place = all.indexOf(position);
    var shown =
        new EffectShown(
            run.id(),
            texts.line(position),
            effect.effect(),
            effect.complains() ? "complains" : effect.status(),
            texts.line(effect.summary()),
            place > 0 ? all.get(place - 1) : "",
            place >= 0 && place + 1 < all.size() ? all.get(place + 1) : "");
    return List.of(
        Part.of("effect", Layout.html(out -> JteeffectGenerated.render(out, null, shown))),
        Part.list("changes", "div", "What it changed", rows(steps.at(position), texts)));
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private List<Part.Row> rows(List<KeptTrees.Step> steps, Texts texts) throws InterruptedException {
    var rows = new ArrayList<Part.Row>();
    for (KeptTrees.Step step : steps) {
      Differences.Found found = differences.of(step.env().repo(), step.from(), step.to());
      var change =
          new ChangesShown.Change(
              Part.id("w", rows.size() + "-" + step.env().id()),
              texts.line(step.env().id()),
              texts.line(step.env().branch()),
              texts.diff(found.diff()),
              texts.line(found.why()));
      rows.add(
          new Part.Row(
              change.element(), Layout.html(out -> JtechangeGenerated.render(out, null, change))));
    }
    return rows;
  }
}
