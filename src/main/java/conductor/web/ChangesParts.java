package conductor.web;

import conductor.effect.GitFailure;
import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Diff;
import conductor.report.Changes;
import conductor.report.Texts;
import conductor.run.record.AgentRecords;
import conductor.run.record.Gate;
import conductor.run.record.GateList;
import conductor.run.record.RunMeta;
import conductor.state.RunDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's worktrees have against the commits that they began with, and who can be told of it.
 */
final class ChangesParts {

  /** Differences take a git process each: they are read no more often. */
  private static final Duration FRESH = Duration.ofSeconds(4);

  private static final int KEPT = 50;
  private static final Diff NONE = new Diff(List.of(), false);

  private final Changes changes;
  private final Map<String, Read> read = new LinkedHashMap<>();

  ChangesParts(Changes changes) {
    this.changes = changes;
  }

  private record Read(long at, Diff diff, String why) {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  List<Part> parts(RunDirectory run, RunMeta meta, RunShown.Head head, Texts texts)
      throws InterruptedException {
    var rows = new ArrayList<Part.Row>();
    for (WorktreeEnv env : meta.envs()) {
      ChangesShown.Change change = change(env, texts);
      rows.add(
          new Part.Row(
              change.element(), Layout.html(out -> JtechangeGenerated.render(out, null, change))));
    }
    List<String> agents =
        meta.status().ended()
            ? List.of()
            : AgentRecords.of(run).stream()
                .filter(agent -> !AgentRecords.isOver(agent))
                .map(agent -> String.valueOf(agent.get("name")))
                .toList();
    List<String> gates =
        GateList.of(run, meta).stream()
            .filter(gate -> gate.options().isEmpty())
            .map(Gate::position)
            .toList();
    var review = new ChangesShown.Review(run.id(), agents, gates, head.form());
    String none = rows.isEmpty() ? "This run has no worktrees." : "";
    return List.of(
        Part.of("none", Layout.html(out -> JtenoneGenerated.render(out, null, none))),
        Part.list("changes", "div", "Changes", rows),
        Part.of("review", Layout.html(out -> JtereviewGenerated.render(out, null, review))));
  }

  private ChangesShown.Change change(WorktreeEnv env, Texts texts) throws InterruptedException {
    Read now = read(env);
    Diff diff = texts.diff(now.diff());
    String why = now.why().isEmpty() && diff.files().isEmpty() ? "nothing is changed" : now.why();
    return new ChangesShown.Change(
        Part.id("w", env.id()), env.id(), texts.line(env.branch()), diff, texts.line(why));
  }

  private synchronized Read read(WorktreeEnv env) throws InterruptedException {
    Read known = read.remove(env.id());
    if (known == null || System.nanoTime() - known.at() > FRESH.toNanos()) {
      known = fresh(env);
    }
    read.put(env.id(), known);
    if (read.size() > KEPT) {
      read.remove(read.keySet().iterator().next());
    }
    return known;
  }

  private Read fresh(WorktreeEnv env) throws InterruptedException {
    try {
      return new Read(System.nanoTime(), changes.of(env), "");
    } catch (GitFailure.GitError e) {
      return new Read(System.nanoTime(), NONE, e.reason);
    } catch (GitFailure e) {
      return new Read(System.nanoTime(), NONE, String.valueOf(e.getMessage()));
    }
  }
}
