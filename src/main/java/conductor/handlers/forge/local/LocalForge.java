package conductor.handlers.forge.local;

import conductor.effect.Checks;
import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeEffect.Selection;
import conductor.effect.ForgeFailure;
import conductor.effect.Issue;
import conductor.effect.IssueFailure;
import conductor.effect.PRHandle;
import conductor.effect.PRHandle.Status;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import conductor.handlers.git.Git;
import conductor.handlers.git.OwnRefs;
import conductor.handlers.git.Patch;
import conductor.handlers.git.Remote;
import conductor.handlers.git.Repository;
import conductor.handlers.people.Shown;
import conductor.handlers.worktree.RepositoryLocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A forge that keeps pull requests as files in the state directory and merges them with git. Needs
 * no server. Has neither checks nor reviews nor issues.
 *
 * @param git git with the host's environment, in the repository
 * @param say receives messages, such as which commits of a merge were added after it was proposed
 */
public record LocalForge(
    PullRequests pulls, RepositoryLocks locks, Git git, InstantSource clock, Consumer<String> say)
    implements Forge {

  /** The prefix of the refs to the commits of deleted branches of closed pull requests. */
  private static final String CLOSED = "refs/conductor/closed/";

  private Repository repository(Path main) {
    return Repository.recorded(git, main);
  }

  private ProposedHead head(PullRequest pr) {
    return new ProposedHead(repository(pr.repo()), pr, say);
  }

  @Override
  public void ready() {}

  @Override
  public Optional<PRHandle> find(WorktreeEnv env, Key key) {
    return first(env.repo(), pr -> pr.key().equals(key.toString()));
  }

  private Optional<PRHandle> first(Path repo, Predicate<PullRequest> wanted) {
    return pulls.of(repo).stream().filter(wanted).map(PullRequest::handle).findFirst();
  }

  @Override
  public PRHandle open(Proposal proposal) throws InterruptedException {
    WorktreeEnv env = proposal.env();
    return locks.locked(
        env.repo(),
        () -> {
          Optional<PRHandle> there = find(env, proposal.key()).or(() -> openFor(proposal));
          return there.isPresent() ? there.get() : added(proposal);
        });
  }

  private Optional<PRHandle> openFor(Proposal proposal) {
    return first(
        proposal.env().repo(),
        pr ->
            pr.isOpen()
                && pr.branch().equals(proposal.env().branch())
                && pr.target().equals(proposal.target()));
  }

  private PRHandle added(Proposal proposal) throws InterruptedException {
    WorktreeEnv env = proposal.env();
    Repository repository = repository(env.repo());
    String head = repository.git().reader().existing("refs/heads/" + env.branch());
    boolean pushed = repository.remote().isPresent();
    return pulls
        .add(
            env.repo(),
            number ->
                new PullRequest(
                    PullRequest.FORMAT,
                    pulls.url(env.repo(), number),
                    number,
                    Shown.oneLine(proposal.title()),
                    proposal.body(),
                    env.branch(),
                    proposal.target(),
                    proposal.draft() ? Status.DRAFT : Status.OPEN,
                    env.repo(),
                    head,
                    pushed,
                    proposal.labels(),
                    clock.instant(),
                    null,
                    null,
                    null,
                    proposal.key().toString(),
                    List.of(),
                    proposal.reviewers()))
        .handle();
  }

  @Override
  public PRHandle get(PRReference reference) throws InterruptedException {
    String text = reference.text();
    if (!text.matches("#?\\d+")) {
      return known(text).handle();
    }
    String number = text.replace("#", "");
    return first(Repository.of(git).main(), pr -> String.valueOf(pr.number()).equals(number))
        .orElseThrow(() -> new ForgeFailure.UnknownPullRequest(text));
  }

  private PullRequest known(String url) {
    return pulls.byUrl(url).orElseThrow(() -> new ForgeFailure.UnknownPullRequest(url));
  }

  @Override
  public List<PRHandle> list(Wanted wanted) throws InterruptedException {
    return pulls.of(Repository.of(git).main()).stream()
        .sorted(Comparator.comparingInt(PullRequest::number).reversed())
        .filter(pr -> selects(wanted.status(), pr.status()))
        .filter(pr -> wanted.branch() == null || pr.branch().equals(wanted.branch()))
        .filter(pr -> wanted.target() == null || pr.target().equals(wanted.target()))
        .limit(wanted.limit())
        .map(PullRequest::handle)
        .toList();
  }

  /** Returns whether a selection includes a status. */
  static boolean selects(Selection selection, Status status) {
    return switch (selection) {
      case OPEN -> status == Status.OPEN || status == Status.DRAFT;
      case CLOSED -> status == Status.CLOSED;
      case MERGED -> status == Status.MERGED;
      case ALL -> true;
    };
  }

  @Override
  public PRHandle merge(PRHandle pr, Merging how) throws InterruptedException {
    Path repo = known(pr.url()).repo();
    return locks.locked(repo, () -> merged(known(pr.url()), how));
  }

  private PRHandle merged(PullRequest known, Merging how) throws InterruptedException {
    return switch (known.status()) {
      case MERGED -> {
        if (how.deleteBranch()) {
          head(known).delete(known.head());
        }
        yield known.handle();
      }
      case CLOSED -> throw new ForgeFailure.NotMergeable(known.url(), "it was closed");
      case OPEN, DRAFT -> {
        var merge = new LocalMerge(repository(known.repo()), known, how.key(), say);
        PullRequest merged = known.merged(merge.run(how), clock.instant());
        pulls.write(merged);
        if (how.deleteBranch()) {
          head(merged).delete(merged.head());
        }
        yield merged.handle();
      }
    };
  }

  @Override
  public PRHandle close(PRHandle pr, boolean deleteBranch) throws InterruptedException {
    Path repo = known(pr.url()).repo();
    return locks.locked(
        repo,
        () -> {
          PullRequest known = known(pr.url());
          PullRequest now = known.isOpen() ? known.with(Status.CLOSED) : known;
          pulls.write(now);
          if (deleteBranch && now.status() == Status.CLOSED) {
            String head = head(known).known();
            OwnRefs.write(repository(repo).git(), Map.of(CLOSED + known.branch(), head));
            head(known).delete(head);
          }
          return now.handle();
        });
  }

  private interface Change<T> {
    T of(LocalChanges changes) throws InterruptedException;
  }

  private <T> T changed(PRHandle pr, Change<T> change) throws InterruptedException {
    Path repo = known(pr.url()).repo();
    return locks.locked(
        repo, () -> change.of(new LocalChanges(pulls, repository(repo), known(pr.url()), say)));
  }

  @Override
  public PRHandle reopen(PRHandle pr) throws InterruptedException {
    return changed(pr, LocalChanges::reopen);
  }

  @Override
  public PRHandle markReady(PRHandle pr) throws InterruptedException {
    return changed(pr, LocalChanges::markReady);
  }

  @Override
  public PRHandle edit(PRHandle pr, Changes given) throws InterruptedException {
    return changed(pr, changes -> changes.edit(given));
  }

  @Override
  public Updated updateBranch(PRHandle pr, @Nullable String from, Set<String> seen, Key key)
      throws InterruptedException {
    return changed(pr, changes -> changes.update(seen, key));
  }

  @Override
  public String addReview(PRHandle pr, ReviewAction action, String body, Key key) {
    throw new ForgeFailure.NotPossible(
        known(pr.url()).url(),
        "reviewed",
        "this host keeps pull requests without reviews; CommentPR, or 'conductor pr comment', leaves a word");
  }

  @Override
  public String comment(PRHandle pr, String body, @Nullable String replyTo, Key key)
      throws InterruptedException {
    return locks.locked(
        known(pr.url()).repo(),
        () -> {
          PullRequest known = known(pr.url());
          var comment = new PullRequest.Comment(clock.instant(), body, key.toString());
          if (known.said().stream().noneMatch(said -> said.key().equals(comment.key()))) {
            pulls.write(known.saying(comment));
          }
          return known.url();
        });
  }

  @Override
  public Standing checks(PRHandle pr) {
    Checks none = Checks.of(known(pr.url()).handle(), List.of());
    return new Standing(none, List.of(), List.of(), Duration.ZERO);
  }

  @Override
  public Optional<PRReview> review(PRHandle pr, Set<String> answered) {
    return Optional.of(PRReview.none(known(pr.url()).handle()));
  }

  @Override
  public Issue issue(String reference) {
    throw new IssueFailure.IssueNotFound(
        reference,
        "; this repository is on no forge that conductor knows, and the local one keeps pull requests only: 'conductor issue list' shows the vault");
  }

  @Override
  public Issue resolve(String reference, @Nullable String result, @Nullable String prUrl, Key key) {
    return issue(reference);
  }

  @Override
  public Details details(PRHandle handle) {
    PullRequest pr = known(handle.url());
    List<Remark> remarks =
        pr.said().stream().map(said -> new Remark("", said.at(), "", said.body())).toList();
    List<String> reviewers = pr.reviewers() == null ? List.of() : pr.reviewers();
    return new Details(pr.handle(), "", pr.body(), pr.labels(), reviewers, remarks);
  }

  @Override
  public Source source(PRHandle pr) {
    return new Source(pr.branch(), "refs/heads/" + pr.branch(), false);
  }

  @Override
  public String diff(PRHandle handle) throws InterruptedException {
    PullRequest pr = known(handle.url());
    Repository repository = repository(pr.repo());
    Git main = repository.git();
    if (pr.mergeCommit() != null) {
      String onto = pr.mergedOnto() == null ? pr.mergeCommit() + "^1" : pr.mergedOnto();
      return main.text(Patch.words(onto + "..." + pr.head()));
    }
    String remote = Remote.tracking(repository.remote().orElse(""), pr.target());
    String target = main.reader().commit(remote).isPresent() ? remote : "refs/heads/" + pr.target();
    return main.text(Patch.words(target + "..." + head(pr).known()));
  }
}
