package conductor.handlers.forge.github;

import conductor.effect.ForgeEffect.ReviewAction;
import conductor.effect.ForgeEffect.Selection;
import conductor.effect.ForgeFailure;
import conductor.effect.Issue;
import conductor.effect.PRHandle;
import conductor.effect.PRReference;
import conductor.effect.PRReview;
import conductor.effect.WorktreeEnv;
import conductor.engine.handler.Key;
import conductor.handlers.forge.Forge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The forge for a repository on GitHub or a GitHub Enterprise Server. Pull requests and comments
 * that it makes contain an invisible mark, by which they are found again.
 */
public final class GitHubForge implements Forge {

  private final Connection connection;
  private final Consumer<String> waiting;
  private final Client client;
  private final Slug base;
  private final Slug head;
  private final Pulls pulls;
  private final PullOpener opening;
  private final CheckRuns checks;
  private final GitHubMerge merging;
  private final Comments comments;
  private final PullReading reading;
  private final PullChanges changes;
  private final BranchUpdate updating;

  /** Works for pull requests to {@code base} from branches of {@code head}, the same or a fork. */
  public GitHubForge(Connection to, Slug base, Slug head, Consumer<String> waiting) {
    this(to, base, head, waiting, false);
  }

  private GitHubForge(
      Connection to, Slug base, Slug head, Consumer<String> waiting, boolean adopting) {
    this.connection = to;
    this.waiting = waiting;
    this.client = new Client(to, waiting, adopting);
    this.base = base;
    this.head = head;
    this.pulls = new Pulls(client, base);
    var texts = new Texts(to.whole(), waiting);
    this.opening = new PullOpener(client, pulls, base, head, texts);
    this.checks = new CheckRuns(client, base, to.limits());
    this.merging = new GitHubMerge(client, pulls, checks, to.limits(), to.clock());
    this.comments = new Comments(client, pulls, texts);
    this.changes = new PullChanges(client, pulls);
    this.updating = new BranchUpdate(client, pulls, to.limits(), to.clock());
    this.reading = new PullReading(client, pulls, base, head);
  }

  @Override
  public Forge adopting() {
    return new GitHubForge(connection, base, head, waiting, true);
  }

  @Override
  public void ready() throws InterruptedException {
    client.get(base.at("")).must();
    Answer answer = client.get(head.at(""));
    JsonNode own = answer.must();
    // for an app's token GitHub reports no permissions at all, although it has some
    JsonNode may = own.path("permissions");
    if (may.path("pull").asBoolean(false) && !may.path("push").asBoolean(true)) {
      throw new ForgeFailure.ForgeDenied(
          client.site().web() + "/" + head,
          "the token may read this repository but not push to it; work on a fork, or use a token that may: "
              + client.site().tokenPage());
    }
    client.mustHaveScope(answer, own.path("private").asBoolean(false));
    if (own.path("archived").asBoolean(false)) {
      throw new ForgeFailure.ForgeDenied(
          client.site().web() + "/" + head, "it is archived, and so read-only");
    }
  }

  @Override
  public Optional<PRHandle> find(WorktreeEnv env, Key key) throws InterruptedException {
    return opening.find(env, key).map(Pulls::handle);
  }

  @Override
  public PRHandle open(Proposal proposal) throws InterruptedException {
    return opening.open(proposal);
  }

  @Override
  public PRHandle get(PRReference reference) throws InterruptedException {
    String text = reference.text();
    String number =
        text.replaceFirst("^.*/pull/", "").replaceFirst("^#", "").replaceFirst("/.*", "");
    if (!number.matches("\\d{1,9}")) {
      throw new ForgeFailure.UnknownPullRequest(text);
    }
    return Pulls.handle(pulls.read(Integer.parseInt(number), text));
  }

  @Override
  public List<PRHandle> list(Wanted wanted) throws InterruptedException {
    var query = new StringBuilder("?sort=created&direction=desc&state=" + state(wanted.status()));
    if (wanted.branch() != null) {
      query.append("&head=").append(Slug.encoded(client.now(head).owner() + ":" + wanted.branch()));
    }
    if (wanted.target() != null) {
      query.append("&base=").append(Slug.encoded(wanted.target()));
    }
    boolean whole = wanted.status() == Selection.OPEN || wanted.status() == Selection.ALL;
    int most = whole ? wanted.limit() : Integer.MAX_VALUE;
    return client.all(base.at("/pulls" + query), "", most).stream()
        .filter(pull -> whole || Pulls.isMerged(pull) == (wanted.status() == Selection.MERGED))
        .limit(wanted.limit())
        .map(Pulls::handle)
        .toList();
  }

  private static String state(Selection selection) {
    return switch (selection) {
      case OPEN -> "open";
      case CLOSED, MERGED -> "closed";
      case ALL -> "all";
    };
  }

  @Override
  public PRHandle merge(PRHandle pr, Merging how) throws InterruptedException {
    return merging.merge(pr, how);
  }

  @Override
  public Details details(PRHandle pr) throws InterruptedException {
    return reading.details(pr);
  }

  @Override
  public String diff(PRHandle pr) throws InterruptedException {
    return reading.diff(pr);
  }

  @Override
  public Source source(PRHandle pr) throws InterruptedException {
    return reading.source(pr);
  }

  @Override
  public PRHandle close(PRHandle pr, boolean deleteBranch) throws InterruptedException {
    JsonNode pull = pulls.read(pr);
    if (Pulls.isOpen(pull)) {
      var closed = Map.of("state", "closed");
      pull = client.send("PATCH", pulls.at(pr.number(), ""), closed, Client.REPEATABLE).must();
    }
    if (deleteBranch && !Pulls.isMerged(pull)) {
      pulls.deleteBranch(pull);
    }
    return Pulls.handle(pull);
  }

  @Override
  public PRHandle reopen(PRHandle pr) throws InterruptedException {
    return changes.reopen(pr);
  }

  @Override
  public PRHandle markReady(PRHandle pr) throws InterruptedException {
    return changes.markReady(pr);
  }

  @Override
  public PRHandle edit(PRHandle pr, Changes given) throws InterruptedException {
    return changes.edit(pr, given);
  }

  @Override
  public Updated updateBranch(PRHandle pr, @Nullable String from, Set<String> seen, Key key)
      throws InterruptedException {
    return updating.run(pr, from, seen);
  }

  @Override
  public String addReview(PRHandle pr, ReviewAction action, String body, Key key)
      throws InterruptedException {
    return comments.review(pr, action, body, key);
  }

  @Override
  public String comment(PRHandle pr, String body, @Nullable String replyTo, Key key)
      throws InterruptedException {
    return comments.add(pr, body, replyTo, key);
  }

  @Override
  public MergeQueue mergeQueue(PRHandle pr) throws InterruptedException {
    return new GraphQl(client).mergeQueue(client.now(base), pr.number(), pr.target());
  }

  @Override
  public Standing checks(PRHandle pr) throws InterruptedException {
    return checks.of(pulls.read(pr));
  }

  @Override
  public Optional<PRReview> review(PRHandle pr, Set<String> answered) throws InterruptedException {
    return new Reviews(client, pulls).of(pulls.read(pr), answered);
  }

  @Override
  public Issue issue(String reference) throws InterruptedException {
    return new Issues(client, base, comments).read(reference);
  }

  @Override
  public Issue resolve(String reference, @Nullable String result, @Nullable String prUrl, Key key)
      throws InterruptedException {
    return new Issues(client, base, comments).resolve(reference, result, prUrl, key);
  }
}
