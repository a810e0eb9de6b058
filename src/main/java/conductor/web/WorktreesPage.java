package conductor.web;

import conductor.effect.WorktreeEnv;
import conductor.handlers.git.Git;
import conductor.handlers.people.Shown;
import conductor.handlers.worktree.Worktrees;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The worktrees of all runs, the newest first. They are looked at every few seconds, whoever looks
 * at the page; what is not committed in them less often, as that takes a git process for each.
 */
final class WorktreesPage {

  private static final String PATH = "/worktrees";

  /** For how long what was seen is shown. */
  private static final Duration KEPT = Duration.ofSeconds(3);

  private final RunStore store;
  private final Worktrees worktrees;
  private final BranchStates branches;
  private final WorktreeFacts facts;
  private Seen seen = new Seen(List.of(), Map.of(), List.of());
  private long until;
  private boolean looked;

  WorktreesPage(StateDirectory state, RunStore store, Function<Path, Git> git, Git reads) {
    this.store = store;
    this.worktrees = new Worktrees(state);
    this.branches = new BranchStates(reads);
    this.facts = new WorktreeFacts(git.apply(state.root()), worktrees);
  }

  /** Worktrees, newest first, the runs that there are, and what cannot be read. */
  private record Seen(
      List<Worktrees.Made> made, Map<String, ListedRun> runs, List<String> unreadable) {}

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  synchronized Page read(PageRequest asked) throws InterruptedException {
    if (!looked || System.nanoTime() - until > 0) {
      look();
    }
    Paging paging = Paging.of(asked, PATH, Map.of(), seen.made().size());
    List<Worktrees.Made> shown = paging.of(seen.made());
    Map<String, List<String>> work =
        facts.of(
            shown.stream()
                .map(Worktrees.Made::env)
                .filter(env -> Files.isDirectory(env.path()))
                .toList());
    var rows = new ArrayList<Part.Row>();
    for (Worktrees.Made made : shown) {
      ListedWorktree row = row(made, work.getOrDefault(made.env().id(), List.of()));
      rows.add(
          new Part.Row(
              row.element(), Layout.html(out -> JteworktreeRowGenerated.render(out, null, row))));
    }
    String heads = Layout.html(out -> JteworktreeHeadsGenerated.render(out, null, rows.isEmpty()));
    return new Page(
        "Worktrees",
        "worktrees",
        List.of(
            Lists.head("Worktrees", PATH, "", List.of(), paging.found()),
            Lists.unreadable(seen.unreadable().stream()),
            Lists.table("worktrees", heads, rows),
            Lists.pager(paging)));
  }

  private void look() {
    var runs = new HashMap<String, ListedRun>();
    store.list().runs().forEach(run -> runs.put(run.id(), run));
    List<Worktrees.Made> made =
        worktrees.all().stream()
            .sorted(
                Comparator.comparing((Worktrees.Made each) -> each.env().createdAt()).reversed())
            .toList();
    branches.look();
    seen = new Seen(made, runs, List.copyOf(worktrees.unreadable().values()));
    until = System.nanoTime() + KEPT.toNanos();
    looked = true;
  }

  private ListedWorktree row(Worktrees.Made made, List<String> work) throws InterruptedException {
    WorktreeEnv env = made.env();
    boolean present = Files.isDirectory(env.path());
    var states = new ArrayList<String>();
    if (!present) {
      states.add("gone");
    } else if (made.stage() != Worktrees.Stage.READY) {
      states.add("being made");
    }
    branches.of(env).stream().map(Shown::oneLine).forEach(states::add);
    ListedRun run = seen.runs().get(made.run());
    return new ListedWorktree(
        Shown.oneLine(env.id()),
        Shown.oneLine(env.path().toString()),
        Shown.oneLine(env.branch()),
        Lists.repository(env.repo()),
        env.createdAt(),
        states,
        work,
        present,
        run == null ? RunLink.removed(made.run()) : RunLink.of(run));
  }
}
