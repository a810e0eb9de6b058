package conductor.web;

import conductor.run.record.RunStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pull requests that this host keeps, and those at forges that runs opened or waited for, the
 * newest first. Forges are not asked: what their replies said last stands in the journals.
 */
final class PullsPage {

  private static final String PATH = "/pulls";

  /** Open ones include drafts. */
  private static final List<String> STATUSES = List.of("", "open", "merged", "closed", "forge");

  private final RunStore store;
  private final PullRecords records;
  private final PullList pulls;

  PullsPage(RunStore store, PullRecords records, PullList pulls) {
    this.store = store;
    this.records = records;
    this.pulls = pulls;
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  Page read(PageRequest asked) {
    String status = Lists.chosen(asked, STATUSES);
    RunStore.Listing listing = store.list();
    PullRecords.Found found = records.find();
    List<Pull> chosen =
        pulls.all(listing.runs(), found).stream()
            .filter(pull -> status.isEmpty() || matches(pull.link(), status))
            .sorted(Comparator.comparing(Pull::at).reversed())
            .toList();
    Paging paging = Paging.of(asked, PATH, Map.of("status", status), chosen.size());
    List<Part.Row> rows =
        paging.of(chosen).stream()
            .map(pulls::known)
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
}
