package conductor.web;

import conductor.handlers.git.Git;
import conductor.journal.Redactor;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the pages over all runs other than their list: what is to be done, and what there is. */
final class Overviews {

  private final BoardPage board;
  private final MoneyPage money;
  private final WorktreesPage worktrees;
  private final IssuesPage issues;
  private final PullsPage pulls;
  private final PullChangePage pullChange;

  Overviews(
      StateDirectory state,
      RunStore store,
      Function<RunDirectory, Redactor> secrets,
      Function<Path, Git> git,
      Git reads,
      Differences differences) {
    var records = new PullRecords(state);
    var list = new PullList(state, records);
    this.board = new BoardPage(state, store, records);
    this.money = new MoneyPage(state, store, ZoneId.systemDefault());
    this.worktrees = new WorktreesPage(state, store, git, reads);
    this.issues = new IssuesPage(state, store, records);
    this.pulls = new PullsPage(store, records, list);
    this.pullChange = new PullChangePage(state, store, records, list, reads, differences, secrets);
  }

  /** Returns what reads the page of an address; empty when there is none at that address. */
  Optional<Live.Reader> find(PageRequest asked) {
    List<String> path = asked.path();
    if (path.size() == 2 && path.getFirst().equals("issues")) {
      return Optional.of(() -> issues.issue(path.getLast()));
    }
    if (path.equals(List.of("pulls", "change"))) {
      return pullChange.find(asked.field("url"));
    }
    if (path.size() != 1) {
      return Optional.empty();
    }
    return switch (path.getFirst()) {
      case "board" -> Optional.of(board::read);
      case "money" -> Optional.of(money::read);
      case "worktrees" -> Optional.of(() -> worktrees.read(asked));
      case "issues" -> Optional.of(() -> issues.list(asked));
      case "pulls" -> Optional.of(() -> pulls.read(asked));
      default -> Optional.empty();
    };
  }
}
