package conductor.handlers.forge.github;

import static conductor.handlers.forge.github.FakeRepository.object;

import conductor.handlers.forge.github.FakeRepository.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The used part of GitHub's REST API on one repository. */
final class Rest {

  private static final int TITLE = 256;
  private static final int BODY = 65_536;

  private final FakeRepository repository;
  private final Shown shown;
  private final String user;
  private final PullActs acts;

  Rest(FakeRepository repository, String root, String user) {
    this.repository = repository;
    this.shown = new Shown(repository, root);
    this.user = user;
    this.acts = new PullActs(repository, shown, user);
  }

  /**
   * A request.
   *
   * @param path below the repository
   */
  record Request(String method, String path, Map<String, String> query, JsonNode body) {
    Optional<Matcher> is(String methods, String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(path);
      return methods.equals(method) && matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }
  }

  /**
   * An answer.
   *
   * @param body null for none; a text is sent as it is
   */
  record Reply(int status, @Nullable Object body, Map<String, String> headers) {
    Reply(int status, @Nullable Object body) {
      this(status, body, Map.of());
    }
  }

  static final Reply NOT_FOUND = message(404, "Not Found");

  static Reply message(int status, String message) {
    return new Reply(status, object("message", message));
  }

  static Reply invalid(Map<String, ?> error) {
    return new Reply(422, object("message", "Validation Failed", "errors", List.of(error)));
  }

  private interface Route {
    Reply answer(Matcher matcher);
  }

  private record Entry(String method, String pattern, Route route) {}

  Reply answer(Request request) {
    return repository.shown(
        request.method() + " " + request.path(), request.query().toString(), now(request));
  }

  private Reply now(Request request) {
    return routes(request).stream()
        .flatMap(entry ->
            request.is(entry.method(), entry.pattern()).map(entry.route()::answer).stream())
        .findFirst()
        .orElseGet(() -> NOT_FOUND);
  }

  private List<Entry> routes(Request request) {
    return List.of(
        new Entry("GET", "", _ -> itself()),
        new Entry("GET", "/pulls", _ -> page(request, pulls(request))),
        new Entry("POST", "/pulls", _ -> open(request.body())),
        new Entry("GET", "/pulls/(\\d+)", at -> pull(at, pull -> shown.pull(pull, true))),
        new Entry("PATCH", "/pulls/(\\d+)", at -> acts.changed(at, request.body())),
        new Entry("PUT", "/pulls/(\\d+)/merge", at -> acts.merge(at, request.body())),
        new Entry(
            "PUT", "/pulls/(\\d+)/update-branch", at -> acts.updateBranch(at, request.body())),
        new Entry("POST", "/pulls/(\\d+)/reviews", at -> acts.review(at, request.body())),
        new Entry("DELETE", "/issues/(\\d+)/labels/(.+)", at -> acts.unlabelled(at)),
        new Entry("GET", "/compare/(.+)\\.\\.\\.(.+)", at -> acts.compared(at)),
        new Entry("GET", "/pulls/(\\d+)/reviews", at -> list(request, at, this::reviews)),
        new Entry("GET", "/pulls/(\\d+)/comments", at -> list(request, at, this::threads)),
        new Entry(
            "POST", "/pulls/(\\d+)/comments/(\\d+)/replies", at -> replied(at, request.body())),
        new Entry("POST", "/pulls/(\\d+)/requested_reviewers", at -> asked(at, request.body())),
        new Entry("GET", "/issues/(\\d+)", at -> item(at, shown::issue)),
        new Entry("PATCH", "/issues/(\\d+)", at -> acts.changed(at, request.body())),
        new Entry("GET", "/issues/(\\d+)/comments", at -> list(request, at, this::comments)),
        new Entry("POST", "/issues/(\\d+)/comments", at -> commented(at, request.body())),
        new Entry("POST", "/issues/(\\d+)/labels", at -> labelled(at, request.body())),
        new Entry("GET", "/commits/(\\w+)/check-runs", at -> runs(at.group(1))),
        new Entry(
            "GET",
            "/commits/(\\w+)/status",
            at -> new Reply(200, object("state", "pending", "statuses", List.of()))),
        new Entry("GET", "/actions/jobs/(\\d+)/logs", at -> log(at.group(1))),
        new Entry("GET", "/branches/(.+)", at -> branch(at.group(1))),
        new Entry("GET", "/rules/branches/(.+)", _ -> new Reply(200, shown.rules())),
        new Entry("GET", "/git/ref/heads/(.+)", at -> ref(at.group(1))),
        new Entry("DELETE", "/git/refs/heads/(.+)", at -> deleted(at.group(1))));
  }

  private Reply itself() {
    return new Reply(
        200,
        shown.repository(),
        repository.scopes == null ? Map.of() : Map.of("X-OAuth-Scopes", repository.scopes));
  }

  private interface Show {
    Object of(Numbered item);
  }

  private Reply item(Matcher at, Show show) {
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item -> new Reply(200, show.of(item)))
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply pull(Matcher at, Show show) {
    return repository
        .pull(Integer.parseInt(at.group(1)))
        .map(item -> new Reply(200, show.of(item)))
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply list(
      Request request, Matcher at, java.util.function.Function<Numbered, List<?>> of) {
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item -> page(request, of.apply(item)))
        .orElseGet(() -> NOT_FOUND);
  }

  /** A page of a list; where there are more, the header says where. */
  private Reply page(Request request, List<?> items) {
    int size =
        Math.min(repository.most, Integer.parseInt(request.query().getOrDefault("per_page", "30")));
    int page = Integer.parseInt(request.query().getOrDefault("page", "1"));
    int from = Math.min(items.size(), (page - 1) * size);
    int to = Math.min(items.size(), from + size);
    var query = new TreeMap<>(request.query());
    query.put("page", String.valueOf(page + 1));
    String next =
        query.entrySet().stream()
            .map(one -> one.getKey() + "=" + Slug.encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return new Reply(
        200,
        new ArrayList<>(items.subList(from, to)),
        to == items.size()
            ? Map.of()
            : Map.of(
                "Link", "<%s%s?%s>; rel=\"next\"".formatted(shown.api(), request.path(), next)));
  }

  private List<?> pulls(Request request) {
    String state = request.query().getOrDefault("state", "open");
    String head = request.query().getOrDefault("head", "");
    String base = request.query().getOrDefault("base", "");
    return repository.items.reversed().stream()
        .filter(item -> item.pull)
        .peek(repository::refresh)
        .filter(item -> state.equals("all") || item.open == state.equals("open"))
        .filter(item -> head.isEmpty() || head.equals(item.from.owner + ":" + item.branch))
        .filter(item -> base.isEmpty() || base.equals(item.base))
        .map(item -> shown.pull(item, false))
        .toList();
  }

  private Reply open(JsonNode body) {
    String title = body.path("title").asString("");
    String given = body.path("head").asString("");
    String head = given.replaceFirst("^[^:/]+:", "");
    Optional<FakeRepository> from =
        repository.of(given.contains(":") ? given.replaceFirst(":.*", "") : repository.owner);
    String base = body.path("base").asString("");
    Optional<String> at = from.flatMap(one -> one.git.branch(head));
    Optional<String> onto = repository.git.branch(base);
    if (title.isBlank() || title.length() > TITLE) {
      return invalid(error("title", "title is missing or too long (maximum is 256 characters)"));
    }
    if (body.path("body").asString("").length() > BODY) {
      return invalid(error("body", "body is too long (maximum is 65536 characters)"));
    }
    if (at.isEmpty() || onto.isEmpty()) {
      String field = at.isEmpty() ? "head" : "base";
      return invalid(object("resource", "PullRequest", "field", field, "code", "invalid"));
    }
    repository.git.fetch(from.orElseThrow().git, head);
    if (repository.git.ahead(onto.get(), at.get()) == 0) {
      return invalid(error("", "No commits between %s and %s".formatted(base, head)));
    }
    if (isOpen(head, base)) {
      return invalid(
          error("", "A pull request already exists for %s:%s.".formatted(repository.owner, head)));
    }
    Numbered pull = repository.add(true);
    pull.title = title;
    pull.body = body.path("body").asString("");
    pull.draft = body.path("draft").asBoolean(false);
    pull.user = user;
    pull.from = from.orElseThrow();
    pull.branch = head;
    pull.base = base;
    pull.head = at.get();
    repository.git.propose(pull.number, pull.head);
    return new Reply(201, shown.pull(pull, false));
  }

  /** Whether a branch is proposed already. */
  private boolean isOpen(String head, String base) {
    return repository.items.stream()
        .filter(item -> item.pull)
        .peek(repository::refresh)
        .anyMatch(item -> item.open && item.branch.equals(head) && item.base.equals(base));
  }

  static Map<String, @Nullable Object> error(String field, String message) {
    return object("resource", "PullRequest", "field", field, "code", "custom", "message", message);
  }

  private List<?> reviews(Numbered pull) {
    return pull.reviews.stream().map(review -> shown.review(pull, review)).toList();
  }

  private List<?> threads(Numbered pull) {
    return repository.reviewComments.stream()
        .filter(said -> said.number == pull.number)
        .map(shown::reviewComment)
        .toList();
  }

  private List<?> comments(Numbered item) {
    return item.comments.stream().map(shown::comment).toList();
  }

  private Said said(int number, JsonNode body) {
    var said = new Said();
    said.id = repository.id();
    said.number = number;
    said.user = user;
    said.body = body.path("body").asString("");
    return said;
  }

  private Reply replied(Matcher at, JsonNode body) {
    Said said = said(Integer.parseInt(at.group(1)), body);
    int thread = Integer.parseInt(at.group(2));
    Optional<Said> start =
        repository.reviewComments.stream().filter(one -> one.id == thread).findFirst();
    if (start.isEmpty()) {
      return NOT_FOUND;
    }
    said.replyTo = thread;
    said.path = start.get().path;
    said.line = start.get().line;
    repository.reviewComments.add(said);
    return new Reply(201, shown.reviewComment(said));
  }

  private Reply commented(Matcher at, JsonNode body) {
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item -> {
          Said said = said(item.number, body);
          item.comments.add(said);
          return new Reply(201, shown.comment(said));
        })
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply asked(Matcher at, JsonNode body) {
    List<String> people =
        body.path("reviewers").valueStream().map(one -> one.asString("")).toList();
    if (people.contains("nobody")) {
      return message(422, "Reviews may only be requested from collaborators.");
    }
    return repository
        .pull(Integer.parseInt(at.group(1)))
        .map(pull -> {
          pull.reviewers.addAll(people);
          return new Reply(201, shown.pull(pull, false));
        })
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply labelled(Matcher at, JsonNode body) {
    if (body.path("labels").valueStream().anyMatch(one -> one.asString("").contains(","))) {
      return invalid(object("resource", "Label", "field", "name", "code", "invalid"));
    }
    return repository
        .item(Integer.parseInt(at.group(1)))
        .map(item -> {
          Stream<String> labels = body.path("labels").valueStream().map(one -> one.asString(""));
          labels.filter(label -> !item.labels.contains(label)).forEach(item.labels::add);
          repository.labels.addAll(item.labels);
          return new Reply(200, List.of());
        })
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply runs(String commit) {
    List<?> all =
        repository.checksOf(commit).stream().map(check -> shown.check(commit, check)).toList();
    return new Reply(200, object("total_count", all.size(), "check_runs", all));
  }

  /** Logs lie on another host, which must not be shown the token. */
  private Reply log(String id) {
    return new Reply(302, null, Map.of("Location", "/logs/" + repository.name + "/" + id));
  }

  /** The text of a job's log. */
  Optional<String> logOf(String id) {
    return repository.checks.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().stream()
                .filter(check ->
                    id.equals(String.valueOf(shown.check(entry.getKey(), check).get("id"))))
                .map(FakeRepository.Check::log))
        .findFirst();
  }

  private Reply branch(String name) {
    return repository.git.branch(name).isPresent()
        ? new Reply(200, shown.branch(name))
        : message(404, "Branch not found");
  }

  private Reply ref(String name) {
    return repository
        .git
        .branch(name)
        .map(commit ->
            new Reply(200, object("ref", "refs/heads/" + name, "object", object("sha", commit))))
        .orElseGet(() -> NOT_FOUND);
  }

  private Reply deleted(String name) {
    return repository.git.delete(name)
        ? new Reply(204, null)
        : message(422, "Reference does not exist");
  }
}
