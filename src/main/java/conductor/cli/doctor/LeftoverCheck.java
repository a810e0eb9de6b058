package conductor.cli.doctor;

import static conductor.cli.doctor.CheckResult.notes;
import static conductor.cli.doctor.CheckResult.wrong;

import conductor.config.Places;
import conductor.process.Strays;
import conductor.run.execution.Environments;
import conductor.run.record.ListedRun;
import conductor.run.record.Ownership;
import conductor.run.record.RunStatus;
import conductor.run.record.RunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks what runs left behind: interrupted runs, worktrees, processes. */
final class LeftoverCheck {

  private final Places places;
  private final Map<String, RunStatus> runs;
  private final List<String> unreadable;

  LeftoverCheck(Places places, RunStore store) {
    this.places = places;
    RunStore.Listing listing = store.list();
    this.runs = listing.runs().stream().collect(Collectors.toMap(ListedRun::id, ListedRun::status));
    this.unreadable = listing.unreadable();
  }

  List<CheckResult> all() throws InterruptedException {
    var found = new ArrayList<CheckResult>();
    unreadable.forEach(line -> found.add(wrong("runs", line)));
    found.addAll(notes("runs", interrupted(), runs.size() + ", none is interrupted"));
    List<Environments.Seen> envs = new Environments(places).all();
    found.addAll(notes("worktrees", orphans(envs), envs.size() + ", none is orphaned"));
    found.addAll(notes("processes", processes(), "none is left of a run that ended"));
    return found;
  }

  private List<String> interrupted() {
    return runs.entrySet().stream()
        .filter(run -> run.getValue() == RunStatus.INTERRUPTED || isLeftBlocked(run))
        .map(run ->
            (run.getValue() == RunStatus.INTERRUPTED
                    ? "%1$s is interrupted: 'conductor resume %1$s' or 'conductor stop %1$s'"
                    : "%1$s waits for a person, and nobody executes it: 'conductor gates %1$s', then 'conductor resume %1$s'")
                .formatted(run.getKey()))
        .sorted()
        .toList();
  }

  private boolean isLeftBlocked(Map.Entry<String, RunStatus> run) {
    return run.getValue() == RunStatus.BLOCKED
        && Ownership.of(places.state().run(run.getKey())).isEmpty();
  }

  private List<String> orphans(List<Environments.Seen> envs) throws InterruptedException {
    var orphans = new ArrayList<String>();
    for (Environments.Seen env : envs) {
      if (!env.present()) {
        orphans.add(env.id() + " is gone or was moved: 'conductor env cleanup' forgets it");
      } else if (!runs.containsKey(env.run())) {
        orphans.add(env.id() + " is of " + env.run() + ", which is gone: 'conductor env cleanup'");
      }
    }
    new Environments(places)
        .foreign()
        .forEach(path -> orphans.add(path + " is in the state directory, but nobody's"));
    return orphans;
  }

  private List<String> processes() {
    Path workflows = places.state().workflows();
    return Strays.below(workflows).stream()
        .filter(stray -> {
          RunStatus status = runs.get(workflows.relativize(stray.job()).getName(0).toString());
          return status == null || status.ended();
        })
        .map(stray ->
            "process %d of %s still runs: 'kill %1$d' ends it"
                .formatted(stray.pid(), workflows.relativize(stray.job())))
        .toList();
  }
}
