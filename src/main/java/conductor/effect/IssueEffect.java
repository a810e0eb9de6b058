package conductor.effect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The effects on issues of the vault and of forges. */
public sealed interface IssueEffect<R extends @Nullable Object> extends Effect<R> {

  /** Writes a new issue. */
  @About(
      value = "Creates an issue in the vault.",
      example = "def issue = yield CreateIssue(title: 'Fix the login', body: 'It fails on ...')")
  record CreateIssue(
      @About("one line") String title,
      @About("markdown") String body,
      @About("labels to put on it") @Nullable List<String> labels,
      @About("further front matter") @Nullable Map<String, @Nullable Object> metadata)
      implements IssueEffect<Issue> {
    public CreateIssue withLabels(List<String> labels) {
      return new CreateIssue(title, body, labels, metadata);
    }

    public CreateIssue withMetadata(Map<String, @Nullable Object> metadata) {
      return new CreateIssue(title, body, labels, metadata);
    }
  }

  /** Finds issues. */
  @About(
      value = "Lists issues, newest first.",
      example = "def open = yield ListIssues(status: 'open')")
  record ListIssues(
      @About("open (default), resolved or all") @InJava(positional = true)
          @Nullable Selection status,
      @About("only those with all of these labels") @Nullable List<String> labels,
      @About("at most this many") @Nullable Integer limit)
      implements IssueEffect<List<Issue>> {
    public ListIssues withStatus(Selection status) {
      return new ListIssues(status, labels, limit);
    }

    public ListIssues withLabels(List<String> labels) {
      return new ListIssues(status, labels, limit);
    }

    public ListIssues withLimit(Integer limit) {
      return new ListIssues(status, labels, limit);
    }
  }

  /** Reads one issue. */
  @About(
      value = "Reads an issue of the vault, or of the forge that the repository is on.",
      example = "def issue = yield GetIssue('#42')")
  record GetIssue(
      @About("such as ISSUE-001; of the forge: '#42', 'owner/name#42' or a url") String id)
      implements IssueEffect<Issue> {}

  /** Closes an issue. */
  @About(
      value =
          "Marks an issue resolved. One of a forge, and one that was imported from there, is commented on and closed there.",
      example = "yield ResolveIssue(issue, pr_url: pr.url)")
  record ResolveIssue(
      @About("the issue") Issue issue,
      @About("what came of it") @Nullable String result,
      @About("the pull request that resolves it") @Nullable String prUrl)
      implements IssueEffect<Issue> {
    public ResolveIssue withResult(String result) {
      return new ResolveIssue(issue, result, prUrl);
    }

    public ResolveIssue withPrUrl(String prUrl) {
      return new ResolveIssue(issue, result, prUrl);
    }
  }

  /** The status of the issues that a list shows. */
  enum Selection {
    OPEN,
    RESOLVED,
    ALL
  }
}
