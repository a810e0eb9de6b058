package conductor.web;

import conductor.effect.WorktreeEnv;
import conductor.handlers.agent.Outputs;
import conductor.handlers.git.Diff;
import conductor.handlers.git.DiffFile;
import conductor.report.Texts;
import conductor.run.record.AgentRecords;
import conductor.run.record.KeptTrees;
import conductor.run.record.RunView;
import conductor.state.RunDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Variants of one task beside each other: who made them, and what each made of every file. */
final class VariantsParts {

  private final KeptTrees trees;
  private final Differences differences;

  VariantsParts(KeptTrees trees, Differences differences) {
    this.trees = trees;
    this.differences = differences;
  }

  /** A variant and what it changed. */
  private record Made(Variants.Variant variant, Diff diff, String why) {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  List<Part> parts(RunDirectory run, RunView view, Texts texts) throws InterruptedException {
    List<Map<String, Object>> agents = AgentRecords.of(run);
    List<Variants.Group> groups = Variants.of(view.effects(), trees.of(run, view));
    String none =
        groups.isEmpty()
            ? "No two branches of this run worked in worktrees of their own beside each other."
            : "";
    var parts = new ArrayList<Part>();
    parts.add(Part.of("none", Layout.html(out -> JtenoneGenerated.render(out, null, none))));
    for (Variants.Group group : groups) {
      List<Made> made = made(group, texts);
      var shown =
          new VariantsShown.Group(
              Part.id("g", group.position()),
              texts.line(group.position()),
              group.control(),
              made.stream().map(each -> variant(run, each, agents, texts)).toList());
      parts.add(
          Part.of(
              shown.element(), Layout.html(out -> JtevariantsGenerated.render(out, null, shown))));
      String files = Part.id("f", group.position());
      parts.add(
          new Part(
              files,
              "<section id=\"%s\" aria-label=\"Files\"><div class=\"diffs\">".formatted(files),
              rows(group, made, texts),
              "</div></section>"));
    }
    return parts;
  }

  private List<Made> made(Variants.Group group, Texts texts) throws InterruptedException {
    var made = new ArrayList<Made>();
    for (Variants.Variant each : group.variants()) {
      Differences.Found found = differences.of(each.env().repo(), each.from(), each.to());
      made.add(new Made(each, texts.diff(found.diff()), texts.line(found.why())));
    }
    return made;
  }

  private static VariantsShown.Variant variant(
      RunDirectory run, Made made, List<Map<String, Object>> agents, Texts texts) {
    WorktreeEnv env = made.variant().env();
    Money.Sum sum = Money.Sum.NONE;
    var shown = new ArrayList<VariantsShown.Agent>();
    for (Map<String, Object> agent : agents) {
      if (env.id().equals(agent.get("env_id"))) {
        String name = String.valueOf(agent.get("name"));
        sum = sum.plus(AgentRecords.used(agent));
        shown.add(
            new VariantsShown.Agent(
                texts.line(name),
                "/runs/" + run.id() + "/agents/" + name,
                String.valueOf(agent.get("status")),
                texts.line(Outputs.lastSaid(run.agent(name)))));
      }
    }
    int files = made.diff().files().size();
    String total =
        made.why().isEmpty()
            ? "%d %s, +%,d −%,d"
                .formatted(
                    files,
                    files == 1 ? "file" : "files",
                    made.diff().added(),
                    made.diff().removed())
            : made.why();
    return new VariantsShown.Variant(
        texts.line(made.variant().branch()),
        texts.line(env.id()),
        total,
        shown.isEmpty() ? "" : cost(sum),
        "/runs/" + run.id() + "/changes#" + Part.id("w", env.id()),
        shown);
  }

  private static String cost(Money.Sum sum) {
    return sum.used().costUsd() == null ? "its cost is not told" : sum.cost();
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private static List<Part.Row> rows(Variants.Group group, List<Made> made, Texts texts) {
    var paths = new TreeSet<String>();
    made.forEach(each -> each.diff().files().forEach(file -> paths.add(file.path())));
    var rows = new ArrayList<Part.Row>();
    for (String path : paths) {
      String element = Part.id("f", group.position() + "-" + path);
      VariantsShown.File file = file(element, path, made, texts);
      rows.add(
          new Part.Row(
              element, Layout.html(out -> JtevariantFileGenerated.render(out, null, file))));
    }
    return rows;
  }

  private static VariantsShown.File file(
      String element, String path, List<Made> made, Texts texts) {
    var cells = new ArrayList<VariantsShown.Cell>();
    var first = new LinkedHashMap<DiffFile, String>();
    var touched = new ArrayList<String>();
    for (Made each : made) {
      String branch = texts.line(each.variant().branch());
      DiffFile file =
          each.diff().files().stream()
              .filter(one -> one.path().equals(path))
              .findFirst()
              .orElse(null);
      String same =
          file == null ? "" : Objects.requireNonNullElse(first.putIfAbsent(file, branch), "");
      cells.add(new VariantsShown.Cell(branch, same.isEmpty() ? file : null, same));
      if (file != null) {
        touched.add(branch);
      }
    }
    String badge = first.size() == 1 ? "the same in all" : "";
    if (touched.size() < made.size()) {
      badge = "only " + String.join(", ", touched);
    }
    return new VariantsShown.File(element, path, badge, cells);
  }
}
