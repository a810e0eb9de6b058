package conductor.web;

import conductor.effect.GitFailure;
import conductor.error.UserError;
import conductor.handlers.git.Git;
import conductor.handlers.git.RepositoryReader;
import conductor.journal.Redactor;
import conductor.report.Texts;
import conductor.run.record.ListedRun;
import conductor.run.record.RunStore;
import conductor.state.RunDirectory;
import conductor.state.StateDirectory;
import conductor.state.UnreadableState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a pull request changes: its head against where it left its base, by the objects of the
 * repository here. Forges are not asked.
 */
final class PullChangePage {

  private static final String HEADS = "refs/heads/";
  private static final String REMOTES = "refs/remotes/";
  private static final int SHORT = 9;

  private final StateDirectory state;
  private final RunStore store;
  private final PullRecords records;
  private final PullList pulls;
  private final Git git;
  private final Differences differences;
  private final Function<RunDirectory, Redactor> secrets;

  PullChangePage(
      StateDirectory state,
      RunStore store,
      PullRecords records,
      PullList pulls,
      Git git,
      Differences differences,
      Function<RunDirectory, Redactor> secrets) {
    this.state = state;
    this.store = store;
    this.records = records;
    this.pulls = pulls;
    this.git = git;
    this.differences = differences;
    this.secrets = secrets;
  }

  /** Returns what reads the page of a pull request that is listed; empty for any other. */
  Optional<Live.Reader> find(String url) {
    return listed(url, store.list().runs()).map(_ -> () -> read(url));
  }

  private Optional<Pull> listed(String url, List<ListedRun> runs) {
    return pulls.all(runs, records.find()).stream()
        .filter(pull -> pull.url().equals(url))
        .findFirst();
  }

  @SuppressWarnings("NullAway") // generated code takes null for no interceptor
  private Page read(String url) throws InterruptedException {
    List<ListedRun> runs = store.list().runs();
    Pull pull =
        listed(url, runs)
            .map(pulls::known)
            .orElseThrow(() -> new UnreadableState("the record of the pull request is gone"));
    var texts = new Texts(secrets(pull, runs));
    Differences.Found found = difference(pull);
    var change =
        new ChangesShown.Change(
            "change",
            texts.line(pull.proposal() == null ? pull.link().text() : pull.proposal().branch()),
            "",
            texts.diff(found.diff()),
            texts.line(found.why()));
    var row =
        new Part.Row(
            change.element(), Layout.html(out -> JtechangeGenerated.render(out, null, change)));
    return new Page(
        "Changes of " + texts.line(pull.link().text()),
        "pulls",
        List.of(
            Part.of("pull", Layout.html(out -> JtepullGenerated.render(out, null, pull))),
            Part.list("changes", "div", "Changes", List.of(row))),
        true);
  }

  /** Returns what replaces secrets: those of its run, or of the newest run of its repository. */
  private Redactor secrets(Pull pull, List<ListedRun> runs) {
    RunLink run = pull.run();
    if (run != null && run.isThere()) {
      return secrets.apply(state.run(run.id()));
    }
    return runs.stream()
        .filter(other -> other.repo().equals(pull.repo()))
        .findFirst()
        .map(other -> secrets.apply(state.run(other.id())))
        .orElseGet(Redactor::none);
  }

  private Differences.Found difference(Pull pull) throws InterruptedException {
    Pull.Proposal proposal = pull.proposal();
    if (proposal == null || proposal.head() == null) {
      return Differences.Found.none(
          "what it proposes is not recorded here; 'conductor pr diff' asks its forge");
    }
    if (!Files.isDirectory(pull.repo())) {
      return Differences.Found.none("its repository is gone or was moved");
    }
    String head = proposal.head();
    try {
      RepositoryReader reader = git.at(pull.repo()).reader();
      if (reader.commit(head).isEmpty()) {
        return Differences.Found.none(
            "the commit that it proposes, %s, is not in this repository; 'git fetch' brings it"
                .formatted(head.substring(0, Math.min(SHORT, head.length()))));
      }
      Optional<String> base = base(proposal, head, reader);
      return base.isPresent()
          ? differences.of(pull.repo(), base.get(), head)
          : Differences.Found.none(
              "where it left '%s' is not known here: that branch is not there, or has it already"
                  .formatted(proposal.target()));
    } catch (GitFailure | UserError e) {
      return Differences.Found.none(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the commit that a proposal began at: its last one that the target has too. */
  private static Optional<String> base(Pull.Proposal proposal, String head, RepositoryReader reader)
      throws InterruptedException {
    var targets = new ArrayList<String>();
    if (proposal.onto() != null) {
      targets.add(proposal.onto());
    }
    targets.addAll(
        reader.refs(REMOTES).keySet().stream()
            .filter(ref -> ref.replaceFirst(REMOTES + "[^/]*/", "").equals(proposal.target()))
            .toList());
    targets.add(HEADS + proposal.target());
    for (String target : targets) {
      if (reader.commit(target).isPresent()) {
        try {
          String base = reader.mergeBase(target, head);
          if (!base.equals(head)) {
            return Optional.of(base);
          }
        } catch (GitFailure e) {
          // they have nothing in common: another branch of that name may
        }
      }
    }
    return Optional.empty();
  }
}
