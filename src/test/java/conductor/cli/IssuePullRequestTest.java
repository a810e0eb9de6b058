package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Issues, the pull requests that are opened for them, and what becomes of both. */
class IssuePullRequestTest extends GitHubMachine {

  private static final String PROPOSED =
      """
      def env = yield CreateWorktree(issue: issue)
      yield WriteFile(env, 'a.txt', issue.title)
      def pr = yield CreatePR(env, issue.title, 'Why.')
      """;

  private String flow(String rest) throws Exception {
    return project.file("flow.groovy", PROPOSED + rest).toString();
  }

  private JsonNode issue(String id) {
    return project.conductor("issue", "show", id, "--json").ok().json();
  }

  private String pull(int number) {
    return github.fake.url() + "/me/it/pull/" + number;
  }

  private String closing(String text) {
    return text.replaceAll("\\s*<!-- conductor-key[^>]*-->", "");
  }

  @Test
  void anIssueOfTheVaultIsResolvedByTheMergeOfItsPullRequest() throws Exception {
    project.conductor("issue", "create", "Do it", "--body", "Please.").ok();

    var run =
        project
            .conductor("run", flow("yield MergePR(pr)\nreturn pr.url"), "--issue", "ISSUE-001")
            .ok();

    JsonNode issue = issue("ISSUE-001");
    assertThat(issue.path("status").asString()).isEqualToIgnoringCase("resolved");
    assertThat(issue.path("pr_url").asString()).isEqualTo(pull(1));
    assertThat(run.err()).contains("ISSUE-001 is resolved by " + pull(1));
    assertThat(closing(github.repository.body(1))).isEqualTo("Why.");
  }

  @Test
  void aRunKilledBetweenMergeAndResolutionResolvesItWhenItGoesOn() throws Exception {
    project.conductor("issue", "create", "Do it").ok();
    String flow = flow("yield MergePR(pr, delete_branch: true)");
    github.killedAt("DELETE .*/refs/heads/.*", "run", flow, "--issue", "ISSUE-001");
    assertThat(issue("ISSUE-001").path("status").asString()).isEqualToIgnoringCase("open");

    project.conductor("resume", project.onlyRun()).ok();

    assertThat(issue("ISSUE-001").path("pr_url").asString()).isEqualTo(pull(1));
    assertThat(github.fake.requests("PUT .*/merge")).hasSize(1);
  }

  @Test
  void theFirstOfTwoPullRequestsThatAPersonMergesResolvesIt() throws Exception {
    project.conductor("issue", "create", "Do it").ok();
    String flow = flow("return pr.url");
    project.conductor("run", flow, "--issue", "ISSUE-001").ok();
    project.conductor("run", flow, "--issue", "ISSUE-001").ok();
    assertThat(issue("ISSUE-001").path("status").asString()).isEqualToIgnoringCase("open");

    project.conductor("pr", "merge", "1").ok();
    project.conductor("pr", "close", "2").ok();

    assertThat(issue("ISSUE-001").path("pr_url").asString()).isEqualTo(pull(1));
    assertThat(issue("ISSUE-001").path("status").asString()).isEqualToIgnoringCase("resolved");
  }

  @Test
  void oneThatAPersonMergedWhileARunWaitedIsResolvedToo() throws Exception {
    project.conductor("issue", "create", "Do it").ok();
    github.repository.people =
        () -> {
          if (github.repository.pulls() == 1 && github.repository.isOpen(1)) {
            github.repository.mergedByHand(1);
          }
        };

    project.conductor("run", flow("yield WaitForReview(pr)"), "--issue", "ISSUE-001").ok();

    assertThat(issue("ISSUE-001").path("pr_url").asString()).isEqualTo(pull(1));
  }

  @Test
  void aFileWithTheIdOfAnotherIssueOfTheVaultResolvesNothing() throws Exception {
    project.conductor("issue", "create", "Another").ok();
    String file =
        Files.writeString(project.root.resolve("ISSUE-001.md"), "# Do it\n\nPlease.\n").toString();

    project.conductor("run", flow("yield MergePR(pr)"), "--issue", file).ok();

    assertThat(issue("ISSUE-001").path("status").asString()).isEqualToIgnoringCase("open");
  }

  @Test
  void aPullRequestClosesTheIssueOfTheForgeThatItIsFor() throws Exception {
    github.repository.issue("Do it", "Please.", "bug");
    project.conductor("issue", "create", "--from", "github:#1").ok();
    String flow = flow("return pr.number");

    project.conductor("run", flow, "--issue", "#1").ok();
    project.conductor("run", flow, "--issue", "ISSUE-001").ok();
    String said = flow("return pr.number").replace("flow", "said");
    project.file("said.groovy", PROPOSED.replace("'Why.'", "'This fixes: me/it#1.'"));
    project.conductor("run", said, "--issue", "me/it#1").ok();

    assertThat(Stream.of(2, 3, 4).map(n -> closing(github.repository.body(n))))
        .containsExactly("Why.\n\nCloses #1", "Why.\n\nCloses #1", "This fixes: me/it#1.");
  }

  @Test
  void anIssueThatAScriptReadIsClosedWhenItSaysSo() throws Exception {
    github.repository.issue("Do it", "Please.");
    github.fake.repository("acme", "tasks").issue("Do that", "Please.");
    project.conductor("issue", "create", "Do it here").ok();

    project
        .flow(
            """
            def n = 0
            for (id in ['#1', 'acme/tasks#1', 'ISSUE-001']) {
              def issue = yield GetIssue(id)
              def env = yield CreateWorktree(name: "work-${n++}")
              yield WriteFile(env, 'a.txt', issue.title)
              def pr = yield CreatePR(env, issue.title, 'Why.', issue: issue)
              if (id == 'ISSUE-001') yield MergePR(pr)
            }
            """)
        .ok();

    assertThat(Stream.of(2, 3, 4).map(n -> closing(github.repository.body(n))))
        .containsExactly("Why.\n\nCloses #1", "Why.\n\nCloses acme/tasks#1", "Why.");
    assertThat(issue("ISSUE-001").path("pr_url").asString()).isEqualTo(pull(4));
  }

  @Test
  void anotherRepositorysIssueIsClosedByItsWholeName() throws Exception {
    github.fake.repository("acme", "tasks").issue("Do it", "Please.");

    project.conductor("run", flow("return 1"), "--issue", "acme/tasks#1").ok();

    assertThat(closing(github.repository.body(1))).isEqualTo("Why.\n\nCloses acme/tasks#1");
  }

  @Test
  void anIssueIsCopiedFromTheForgeOnce() throws Exception {
    github.repository.issue("Do \"it\": now", "Please.\r\n\r\n---\n- [ ] this", "bug", "a b");
    String url = github.fake.url() + "/me/it/issues/1";

    String[] names = {"github:#1", "#1", "me/it#1", "github:me/it#1", url};
    List<Project.Result> copies =
        Stream.of(names)
            .map(name -> project.conductor("issue", "create", "--from", name, "--labels", "mine"))
            .toList();

    assertThat(copies).allSatisfy(copy -> assertThat(copy.ok().out()).startsWith("ISSUE-001  "));
    assertThat(copies.getFirst().err()).doesNotContain("already");
    assertThat(copies.getLast().err()).contains(url + " is there already: ISSUE-001");
    JsonNode issue = issue("ISSUE-001");
    assertThat(issue.path("title").asString()).isEqualTo("Do \"it\": now");
    assertThat(issue.path("body").asString()).isEqualTo("Please.\n\n---\n- [ ] this");
    assertThat(issue.path("labels").toString()).isEqualTo("[\"bug\",\"a b\",\"mine\"]");
    assertThat(issue.path("metadata").path("forge_issue").asString()).isEqualTo(url);
    assertThat(project.conductor("issue", "list", "--json").ok().json()).hasSize(1);
  }

  @Test
  void whatIsNoIssueOfTheForgeIsAWrongWord() {
    String[][] calls = {
      {"--from", "bitbucket:#1"},
      {"--from", "github:"},
      {"--from", "#1", "A title"},
      {"--from", "#77"},
      {}
    };
    for (String[] call : calls) {
      var words = Stream.concat(Stream.of("issue", "create"), Stream.of(call));
      Project.Result result = project.conductor(words.toArray(String[]::new));

      assertThat(result.code()).as(String.join(" ", call)).isEqualTo(Exit.USAGE);
      assertThat(result.err()).isNotBlank().doesNotContain("Exception");
    }
    assertThat(project.conductor("issue", "list").ok().out()).isEmpty();
  }
}
