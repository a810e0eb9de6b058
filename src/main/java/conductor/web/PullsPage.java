package conductor.web;

import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.people.Shown;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.StateDirectory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pull requests that this host keeps, and those at forges that runs opened or waited for, the
 * newest first. Forges are not asked.
 */
final class PullsPage {

  private static final String PATH = "/pulls";

  /** Open ones include drafts. */
  private static final List<String> STATUSES = List.of("", "open", "merged", "closed", "forge");

  private final StateDirectory state;
  private final RunStore store;
  private final PullRecords records;

  PullsPage(StateDirectory state, PullRecords records) {
    this.state = state;
    this.store = new RunStore(state);
    this.records = records;
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  Page read(PageRequest asked) {
    String status = Lists.chosen(asked, STATUSES);
    RunStore.Listing listing = store.list();
    PullRecords.Found found = records.find();
    List<Pull> chosen =
        all(listing.runs(), found).stream()
            .filter(pull -> status.isEmpty() || matches(pull.link(), status))
            .sorted(Comparator.comparing(Pull::at).reversed())
            .toList();
    Paging paging = Paging.of(asked, PATH, Map.of("status", status), chosen.size());
    List<Part.Row> rows =
        paging.of(chosen).stream()
            .map(pull ->
                new Part.Row(
                    pull.element(),
                    Layout.html(out -> JtepullRowGenerated.render(out, null, pull))))
            .toList();
    String heads = Layout.html(out -> JtepullHeadsGenerated.render(out, null, rows.isEmpty()));
    return new Page(
        "Pull requests",
        "pulls",
        List.of(
            Lists.head("Pull requests", PATH, status, STATUSES, chosen.size()),
            Lists.unreadable(
                Stream.concat(listing.unreadable().stream(), found.unreadable().stream())),
            Lists.table("pulls", heads, rows),
            Lists.pager(paging)));
  }

  private static boolean matches(PullLink pull, String status) {
    return switch (status) {
      case "open" -> pull.isOpen();
      case "forge" -> pull.status().isEmpty();
      default -> pull.status().equals(status);
    };
  }

  private List<Pull> all(List<ListedRun> runs, PullRecords.Found found) {
    var pulls = new ArrayList<Pull>();
    Map<String, ListedRun> byId = new HashMap<>();
    var urls = new HashSet<String>();
    for (ListedRun run : runs) {
      byId.put(run.id(), run);
      for (String url : urls(run)) {
        if (!found.byUrl().containsKey(url) && urls.add(url)) {
          pulls.add(hosted(url, run));
        }
      }
    }
    found.byUrl().values().forEach(kept -> pulls.add(kept(kept, byId)));
    return pulls;
  }

  private Set<String> urls(ListedRun run) {
    var urls = new LinkedHashSet<String>();
    if (run.prUrl() != null) {
      urls.add(run.prUrl());
    }
    if (run.prUrl() != null || !run.status().ended()) {
      urls.addAll(records.of(state.run(run.id())));
    }
    return urls;
  }

  private static Pull hosted(String url, ListedRun run) {
    return new Pull(
        PullLink.of(url, null),
        PullLink.element(url),
        "",
        Lists.repository(run.repo()),
        run.created(),
        RunLink.of(run));
  }

  private static Pull kept(PullRequest kept, Map<String, ListedRun> byId) {
    return new Pull(
        PullLink.of(kept.url(), kept),
        PullLink.element(kept.url()),
        Shown.oneLine(kept.branch() + " → " + kept.target()),
        Lists.repository(kept.repo()),
        kept.createdAt(),
        PullRecords.run(kept).map(id -> link(id, byId.get(id))).orElse(null));
  }

  private static RunLink link(String id, @Nullable ListedRun run) {
    return run == null ? RunLink.removed(id) : RunLink.of(run);
  }
}
