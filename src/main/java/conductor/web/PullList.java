package conductor.web;

import conductor.effect.PRHandle;
import conductor.error.UserError;
import conductor.handlers.forge.local.PullRequest;
import conductor.handlers.people.Shown;
import conductor.run.record.JournaledPulls;
import conductor.run.record.ListedRun;
import conductor.state.FileCache;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pull requests that this host keeps, and those at forges that runs opened or waited for.
 * Safe for use by several threads.
 */
final class PullList {

  /** Of how many journals it keeps what they say of pull requests. */
  private static final int JOURNALS = 500;

  private final StateDirectory state;
  private final PullRecords records;
  private final FileCache<Map<String, JournaledPulls.Known>> journaled =
      new FileCache<>(
          JOURNALS,
          journal ->
              JournaledPulls.of(new RunDirectory(Objects.requireNonNull(journal.getParent()))));

  PullList(StateDirectory state, PullRecords records) {
    this.state = state;
    this.records = records;
  }

  List<Pull> all(List<ListedRun> runs, PullRecords.Found found) {
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
        url, PullLink.of(url, null), run.repo(), run.created(), RunLink.of(run), null, null);
  }

  private static Pull kept(PullRequest kept, Map<String, ListedRun> byId) {
    return new Pull(
        kept.url(),
        PullLink.of(kept.url(), kept),
        kept.repo(),
        kept.createdAt(),
        PullRecords.run(kept).map(id -> link(id, byId.get(id))).orElse(null),
        new Pull.Proposal(kept.branch(), kept.target(), kept.head(), kept.mergedOnto()),
        null);
  }

  /** Returns a pull request with what its forge last replied to its run, where that is known. */
  Pull known(Pull pull) {
    RunLink run = pull.run();
    if (pull.proposal() != null || run == null) {
      return pull;
    }
    try {
      JournaledPulls.Known known = journaled.of(state.run(run.id()).trace()).get(pull.url());
      return known == null ? pull : known(pull, known.pull()).asOf(known.at());
    } catch (UserError | UncheckedIOException e) {
      return pull; // the run's own page says what is wrong with its journal
    }
  }

  private static Pull known(Pull pull, PRHandle handle) {
    var link =
        new PullLink(
            pull.link().href(),
            Shown.oneLine("#" + handle.number() + " " + handle.title()),
            handle.status().text());
    var proposal = new Pull.Proposal(handle.branch(), handle.target(), handle.head(), null);
    return new Pull(pull.url(), link, pull.repo(), handle.createdAt(), pull.run(), proposal, null);
  }

  private static RunLink link(String id, @Nullable ListedRun run) {
    return run == null ? RunLink.removed(id) : RunLink.of(run);
  }
}
