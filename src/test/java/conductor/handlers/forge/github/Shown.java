package conductor.handlers.forge.github;

import static conductor.handlers.forge.github.FakeRepository.object;

import conductor.handlers.forge.github.FakeRepository.Check;
import conductor.handlers.forge.github.FakeRepository.Reviewed;
import conductor.handlers.forge.github.FakeRepository.Said;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a repository holds, as GitHub's API shows it. */
final class Shown {

  private static final String TIME = "2026-11-01T10:00:00Z";

  private final FakeRepository repository;
  private final String root;
  private final String web;
  private final String api;

  Shown(FakeRepository repository, String root) {
    this.repository = repository;
    this.root = root;
    this.web = root + "/" + repository.owner + "/" + repository.name;
    this.api = root + "/api/v3/repos/" + repository.owner + "/" + repository.name;
  }

  String api() {
    return api;
  }

  /** Nobody for an account that was deleted, whose name is empty. */
  @Nullable Map<String, @Nullable Object> user(String login) {
    if (login.isEmpty()) {
      return null;
    }
    String type = login.endsWith("[bot]") ? "Bot" : "User";
    return object("login", login, "id", Math.abs(login.hashCode()), "type", type);
  }

  Map<String, @Nullable Object> repository() {
    return object(
        "id",
        1,
        "name",
        repository.name,
        "full_name",
        repository.owner + "/" + repository.name,
        "owner",
        user(repository.owner),
        "private",
        repository.hidden,
        "html_url",
        web,
        "url",
        api,
        "clone_url",
        web + ".git",
        "fork",
        false,
        "archived",
        false,
        "default_branch",
        "main",
        "permissions",
        object(
            "admin",
            repository.push && !repository.app,
            "push",
            repository.push && !repository.app,
            "pull",
            !repository.app));
  }

  Map<String, @Nullable Object> pull(Numbered pull, boolean judge) {
    boolean conflicts =
        pull.open
            && repository
                .git
                .branch(pull.base)
                .map(base -> repository.git.conflicts(base, pull.head))
                .orElse(true);
    boolean known = pull.judged || !pull.open;
    if (judge) {
      pull.judged = true;
    }
    return object(
        "id",
        5000 + pull.number,
        "node_id",
        nodeId(pull),
        "number",
        pull.number,
        "url",
        api + "/pulls/" + pull.number,
        "html_url",
        web + "/pull/" + pull.number,
        "issue_url",
        api + "/issues/" + pull.number,
        "state",
        pull.open ? "open" : "closed",
        "draft",
        pull.draft,
        "title",
        pull.title,
        "body",
        pull.body,
        "user",
        user(pull.user),
        "labels",
        labels(pull),
        "requested_reviewers",
        pull.reviewers.stream().map(this::user).toList(),
        "requested_teams",
        List.of(),
        "created_at",
        TIME,
        "updated_at",
        TIME,
        "closed_at",
        pull.open ? null : TIME,
        "merged_at",
        pull.merged ? TIME : null,
        "merged",
        pull.merged,
        "auto_merge",
        pull.autoMerge == null ? null : object("merge_method", pull.autoMerge),
        "mergeable",
        known && pull.open ? !conflicts : null,
        "mergeable_state",
        state(pull, known, conflicts),
        "merge_commit_sha",
        pull.mergeCommit.isEmpty() ? null : pull.mergeCommit,
        "head",
        end(pull.from, pull.branch, pull.head),
        "base",
        end(repository, pull.base, repository.git.branch(pull.base).orElse("")));
  }

  /** The pull request's name in GraphQL. */
  String nodeId(Numbered pull) {
    return "PR_" + repository.owner + "_" + repository.name + "_" + pull.number;
  }

  private String state(Numbered pull, boolean known, boolean conflicts) {
    if (!known || !pull.open) {
      return "unknown";
    }
    return conflicts ? "dirty" : !repository.failing(pull).isEmpty() ? "blocked" : "clean";
  }

  private Map<String, @Nullable Object> end(FakeRepository of, String branch, String commit) {
    return object(
        "label",
        of.owner + ":" + branch,
        "ref",
        branch,
        "sha",
        commit,
        "user",
        user(of.owner),
        "repo",
        of == repository ? repository() : new Shown(of, root).repository());
  }

  private List<Map<String, @Nullable Object>> labels(Numbered item) {
    return item.labels.stream()
        .map(label -> object("id", Math.abs(label.hashCode()), "name", label, "color", "ededed"))
        .toList();
  }

  Map<String, @Nullable Object> issue(Numbered issue) {
    var shown =
        object(
            "id",
            7000 + issue.number,
            "number",
            issue.number,
            "url",
            api + "/issues/" + issue.number,
            "html_url",
            web + (issue.pull ? "/pull/" : "/issues/") + issue.number,
            "state",
            issue.open ? "open" : "closed",
            "title",
            issue.title,
            "body",
            issue.body,
            "user",
            user(issue.user),
            "labels",
            labels(issue),
            "comments",
            issue.comments.size(),
            "created_at",
            TIME,
            "updated_at",
            TIME,
            "closed_at",
            issue.open ? null : TIME);
    if (issue.pull) {
      shown.put("pull_request", object("url", api + "/pulls/" + issue.number));
    }
    return shown;
  }

  Map<String, @Nullable Object> comment(Said said) {
    return object(
        "id",
        said.id,
        "html_url",
        web + "/issues/" + said.number + "#issuecomment-" + said.id,
        "url",
        api + "/issues/comments/" + said.id,
        "body",
        said.body,
        "author_association",
        said.association,
        "user",
        user(said.user),
        "created_at",
        TIME,
        "updated_at",
        TIME);
  }

  Map<String, @Nullable Object> reviewComment(Said said) {
    var shown =
        object(
            "id",
            said.id,
            "pull_request_review_id",
            said.review,
            "html_url",
            web + "/pull/" + said.number + "#discussion_r" + said.id,
            "url",
            api + "/pulls/comments/" + said.id,
            "path",
            said.path,
            "line",
            said.line,
            "body",
            said.body,
            "author_association",
            said.association,
            "user",
            user(said.user),
            "created_at",
            TIME,
            "updated_at",
            TIME);
    if (said.replyTo != null) {
      shown.put("in_reply_to_id", said.replyTo);
    }
    return shown;
  }

  Map<String, @Nullable Object> review(Numbered pull, Reviewed review) {
    return object(
        "id", review.id(),
        "html_url", web + "/pull/" + pull.number + "#pullrequestreview-" + review.id(),
        "user", user(review.user()),
        "author_association", repository.association(review.user()),
        "state", review.state(),
        "body", review.body(),
        "commit_id", pull.head,
        "submitted_at", TIME);
  }

  /** What GraphQL says of the threads of a pull request. */
  Map<String, @Nullable Object> threads(int number) {
    var threads =
        repository.reviewComments.stream()
            .filter(said -> said.number == number && said.replyTo == null)
            .map(said ->
                object(
                    "isResolved",
                    repository.resolved.contains(said.id),
                    "comments",
                    object("nodes", List.of(object("databaseId", said.id)))))
            .toList();
    var all = object("pageInfo", object("hasNextPage", false, "endCursor", null), "nodes", threads);
    return object(
        "data", object("repository", object("pullRequest", object("reviewThreads", all))));
  }

  Map<String, @Nullable Object> check(String commit, Check check) {
    int id = Math.abs((commit + check.name()).hashCode());
    return object(
        "id",
        id,
        "name",
        check.name(),
        "head_sha",
        commit,
        "status",
        check.conclusion() == null ? "in_progress" : "completed",
        "conclusion",
        check.conclusion(),
        "html_url",
        web + "/actions/runs/1/job/" + id,
        "output",
        object("title", null, "summary", null, "text", null));
  }

  Map<String, @Nullable Object> branch(String name) {
    return object(
        "name", name,
        "commit", object("sha", repository.git.branch(name).orElse(""), "url", api),
        "protected", !repository.required.isEmpty(),
        "protection",
            object(
                "enabled", !repository.required.isEmpty(),
                "required_status_checks",
                    object("enforcement_level", "everyone", "contexts", repository.required)));
  }

  List<Map<String, @Nullable Object>> rules() {
    var checks = repository.ruled.stream().map(context -> object("context", context)).toList();
    return List.of(
        object(
            "type",
            "required_status_checks",
            "parameters",
            object("required_status_checks", checks)));
  }
}
