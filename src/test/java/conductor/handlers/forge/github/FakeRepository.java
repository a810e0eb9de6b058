package conductor.handlers.forge.github;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a GitHub knows of one repository. Its branches are those of a real bare repository. */
public final class FakeRepository {

  private static final Pattern ITEM = Pattern.compile("GET /(?:pulls|issues)/(\\d+)\\b.*");

  final String owner;
  final String name;
  final BareGit git;
  final List<Numbered> items = new CopyOnWriteArrayList<>();
  final List<Said> reviewComments = new CopyOnWriteArrayList<>();
  final Set<String> labels = new TreeSet<>();
  final Map<String, List<Check>> checks = new ConcurrentHashMap<>();
  private final List<FakeRepository> forks = new CopyOnWriteArrayList<>();
  private int ids = 1000;

  /** Contexts that must have passed before a merge into any branch. */
  public final List<String> required = new CopyOnWriteArrayList<>();

  /** The same by a ruleset. */
  public final List<String> ruled = new CopyOnWriteArrayList<>();

  /** Whether nobody, not even an administrator, may merge without them. */
  public boolean strict;

  /** How many items a page of a list has at most, whatever is asked for. */
  public int most = 100;

  private final Lags lags = new Lags();
  private int known = Integer.MAX_VALUE;

  /**
   * Shows something as it was when it was last read, for the next reads that differ from that.
   *
   * @param request method, blank and path below the repository
   */
  public void lag(String request, int reads) {
    lags.add(request, reads);
  }

  /** Shows everything but branches as it is now, for the next reads of each thing that differ. */
  public void lag(int reads) {
    known = items.size();
    lags.all(reads);
  }

  /** The reply that is shown; an older one while it lags. */
  Rest.Reply shown(String request, String query, Rest.Reply now) {
    Matcher item = ITEM.matcher(request);
    return lags.shown(
        request, query, now, () -> item.matches() && Integer.parseInt(item.group(1)) > known);
  }

  /** What people do there; they look before each request. */
  public Runnable people = () -> {};

  /** Whether GitHub may merge by itself. */
  public boolean autoMerge = true;

  /** Whether all merges go through the merge queue, which people let pass. */
  public boolean mergeQueue;

  /** Whether the required checks of a pull request are there and have passed. */
  boolean hasPassed(Numbered pull) {
    var passed =
        checksOf(pull.head).stream()
            .filter(check -> "success".equals(check.conclusion()))
            .map(Check::name)
            .toList();
    return passed.containsAll(required) && passed.containsAll(ruled);
  }

  /** Merges what GitHub was told to merge once it can. */
  void mergeByItself() {
    for (Numbered item : items) {
      if (item.pull && item.open && item.autoMerge != null && !item.draft && !mergeQueue) {
        refresh(item);
        if (hasPassed(item)) {
          merge(item, item.autoMerge, "Merge pull request #" + item.number);
        }
      }
    }
  }

  /** Whether GitHub is to merge a pull request once it can. */
  public boolean isAwaited(int number) {
    Numbered item = item(number).orElseThrow();
    return item.autoMerge != null || item.queued;
  }

  /** What the token's scopes are said to be; null to say nothing. */
  public @Nullable String scopes;

  /** Whether the token is an app's, of which no permissions are shown. */
  public boolean app;

  /** Whether the token may push. */
  public boolean push = true;

  /** Whether only those who were let in see it. */
  public boolean hidden;

  /** Those who may not write to it, though they may review where it is not hidden. */
  public final Set<String> strangers = new HashSet<>();

  /** What a pushed commit's checks come to. */
  public Function<String, List<Check>> runner = _ -> List.of();

  FakeRepository(String owner, String name, Path directory) {
    this.owner = owner;
    this.name = name;
    this.git = new BareGit(directory);
  }

  /**
   * A check run.
   *
   * @param conclusion null while it runs
   */
  public record Check(String name, @Nullable String conclusion, String log) {}

  /** A comment, or a review's comment. */
  static final class Said {
    int id;
    int number;
    int review;
    @Nullable Integer replyTo;
    String user = "conductor-bot";
    String association = "COLLABORATOR";
    String body = "";
    String path = "";
    int line;
  }

  /** A review. */
  record Reviewed(int id, String user, String state, String body) {}

  synchronized int id() {
    return ids++;
  }

  synchronized Numbered add(boolean pull) {
    var item = new Numbered(this);
    item.number = items.size() + 1;
    item.pull = pull;
    items.add(item);
    return item;
  }

  Optional<Numbered> item(int number) {
    return items.stream().filter(item -> item.number == number).findFirst();
  }

  Optional<Numbered> pull(int number) {
    Optional<Numbered> found = item(number).filter(item -> item.pull);
    found.ifPresent(this::refresh);
    return found;
  }

  /** Takes over what was pushed meanwhile. A pull request whose branch is gone is closed. */
  void refresh(Numbered pull) {
    if (!pull.open) {
      return;
    }
    Optional<String> head = pull.from.git.branch(pull.branch);
    if (head.isEmpty()) {
      pull.open = false;
    } else if (!head.get().equals(pull.head)) {
      pull.head = head.get();
      pull.judged = false;
      git.fetch(pull.from.git, pull.branch);
      git.propose(pull.number, pull.head);
    }
  }

  /** The checks of a commit; they begin when it is first asked for. */
  List<Check> checksOf(String commit) {
    return checks.computeIfAbsent(commit, runner);
  }

  /** Has these checks begin for all commits, in place of those before. */
  public void begin(Check... all) {
    checks.clear();
    runner = _ -> List.of(all);
  }

  List<String> failing(Numbered pull) {
    return checksOf(pull.head).stream()
        .filter(check -> required.contains(check.name()) || ruled.contains(check.name()))
        .filter(check -> !"success".equals(check.conclusion()))
        .map(Check::name)
        .toList();
  }

  /** Knows a fork, whose branches may be proposed here. */
  public void forkedBy(FakeRepository fork) {
    forks.add(fork);
  }

  /** The repository of an owner: this one or a fork. */
  Optional<FakeRepository> of(String who) {
    return who.equals(owner)
        ? Optional.of(this)
        : forks.stream().filter(fork -> fork.owner.equals(who)).findFirst();
  }

  /** Writes an issue, as a person does; returns its number. */
  public int issue(String title, String body, String... labels) {
    Numbered issue = add(false);
    issue.title = title;
    issue.body = body;
    issue.user = "a-person";
    issue.labels.addAll(List.of(labels));
    return issue.number;
  }

  /** Opens a pull request of a branch that was pushed, as a person does; returns its number. */
  public int proposed(String branch, String base, String title) {
    Numbered pull = add(true);
    pull.title = title;
    pull.user = "a-person";
    pull.branch = branch;
    pull.base = base;
    refresh(pull);
    return pull.number;
  }

  /**
   * Reviews a pull request, as a person does.
   *
   * @param comments each as {@code file:line: text}; <code>{id}</code> in the text is its id
   */
  public void review(int number, String user, String state, String body, String... comments) {
    Numbered pull = pull(number).orElseThrow();
    var review = new Reviewed(id(), user, state, body);
    for (String comment : comments) {
      String[] parts = comment.split(":\\s*", 3);
      var said = new Said();
      said.id = id();
      said.number = number;
      said.review = review.id();
      said.user = user;
      said.association = association(user);
      said.path = parts[0];
      said.line = Integer.parseInt(parts[1]);
      said.body = parts[2].replace("{id}", String.valueOf(said.id));
      reviewComments.add(said);
    }
    pull.reviews.add(review);
  }

  /** What GitHub calls somebody's part in it. */
  String association(String user) {
    return strangers.contains(user) ? "NONE" : "MEMBER";
  }

  /** Comments in the conversation of a pull request or an issue. */
  public void says(int number, String user, String association, String body) {
    var said = new Said();
    said.id = id();
    said.number = number;
    said.user = user;
    said.association = association;
    said.body = body;
    item(number).orElseThrow().comments.add(said);
  }

  /** The threads that somebody resolved, by the ids of their first comments. */
  public final Set<Integer> resolved = ConcurrentHashMap.newKeySet();

  /** Resolves all threads of reviews, as a person does. */
  public void resolve() {
    reviewComments.forEach(said -> resolved.add(said.id));
  }

  /** Merges a pull request, as a person does. */
  public void mergedByHand(int number) {
    Numbered pull = pull(number).orElseThrow();
    merge(pull, "merge", "Merged by hand");
  }

  void merge(Numbered pull, String method, String title) {
    String base = git.branch(pull.base).orElseThrow();
    pull.mergeCommit = git.merged(method, base, pull.head, title);
    git.move(pull.base, pull.mergeCommit);
    pull.merged = true;
    pull.open = false;
    items.forEach(other -> other.judged = false);
  }

  /** How many pull requests there are. */
  public int pulls() {
    return (int) items.stream().filter(item -> item.pull).count();
  }

  /** A pull request's or an issue's text. */
  public String body(int number) {
    return item(number).orElseThrow().body;
  }

  /** A pull request's labels. */
  public List<String> labels(int number) {
    return List.copyOf(item(number).orElseThrow().labels);
  }

  /** Who was asked to review. */
  public List<String> reviewers(int number) {
    return List.copyOf(item(number).orElseThrow().reviewers);
  }

  /** Whether it is open. */
  public boolean isOpen(int number) {
    return item(number).orElseThrow().open;
  }

  /** The comments on a pull request or an issue. */
  public List<String> comments(int number) {
    return item(number).orElseThrow().comments.stream().map(said -> said.body).toList();
  }

  /** The replies in the threads of a pull request's reviews. */
  public List<String> replies(int number) {
    return reviewComments.stream()
        .filter(said -> said.number == number && said.replyTo != null)
        .map(said -> said.body)
        .toList();
  }

  /** The commit that a pull request proposes. */
  public String head(int number) {
    return pull(number).orElseThrow().head;
  }

  /** Whether somebody reviewed a pull request with a verdict. */
  public boolean reviewed(int number, String state) {
    return item(number).orElseThrow().reviews.stream().anyMatch(one -> one.state().equals(state));
  }

  /** All issues and pull requests with what was said on them, a line each. */
  public List<String> story() {
    var story = new ArrayList<String>();
    for (Numbered item : items) {
      story.add(
          "#%d %s from %s into %s: open %s, merged %s, draft %s, labels %s, reviewers %s, %s"
              .formatted(
                  item.number,
                  item.title,
                  item.branch,
                  item.base,
                  item.open,
                  item.merged,
                  item.draft,
                  item.labels,
                  item.reviewers,
                  item.body));
      item.reviews.forEach(review -> story.add("#%d review: %s".formatted(item.number, review)));
      item.comments.forEach(said -> story.add(line(item.number, said)));
    }
    reviewComments.forEach(said -> story.add(line(said.number, said)));
    return story.stream().map(line -> line.replaceAll("\\s*\n\\s*", " ")).toList();
  }

  private static String line(int number, Said said) {
    return "#%d %s, to %s: %s".formatted(number, said.user, said.replyTo, said.body);
  }

  /** A map that keeps its order; null values stay. */
  static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return object;
  }

  /** The changes of the pull request at a path of the API; empty when there is none. */
  Optional<String> patch(String path) {
    Matcher at = Pattern.compile("/pulls/(\\d+)").matcher(path);
    return at.matches()
        ? pull(Integer.parseInt(at.group(1))).map(pull -> git.patch(pull.base, pull.head))
        : Optional.empty();
  }
}
