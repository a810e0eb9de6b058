package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands of {@code pr} on pull requests at GitHub (P22). */
class GitHubCommandsTest extends GitHubMachine {

  private static final String ESCAPES = "\u001b]0;owned\u0007\u001b[2Jtext";

  private String url;

  @BeforeEach
  void aPullRequest() throws Exception {
    github.proposed("one");
    url = github.fake.url() + "/me/it/pull/1";
  }

  private String here(String command) throws Exception {
    return project.sh(project.repo, command).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "#1", "URL", "URL/files"})
  void aPullRequestIsShownByNumberAndUrl(String given) {
    github.repository.says(1, "a-person", "MEMBER", "Looks " + ESCAPES);
    github.repository.review(1, "alice", "CHANGES_REQUESTED", "Mind the end.", "a.txt: 1: why?");

    String named = given.replace("URL", url);
    String shown = project.conductor("pr", "show", named).ok().out();
    JsonNode json = project.conductor("pr", "show", named, "--json").ok().json();

    assertThat(shown)
        .startsWith("1  open    Add a  one -> main  " + url + "\nby  a-person\n")
        .contains("a-person\nLooks text", "alice  changes requested\nMind the end.")
        .contains("a.txt:1\nwhy?")
        .doesNotContain("\u001b", "owned");
    assertThat(json.path("number").asInt()).isOne();
    assertThat(json.path("comments")).hasSize(3);
    assertThat(json.path("author").asString()).isEqualTo("a-person");
  }

  @Test
  void itsChangesAreThoseThatGitHubShows() {
    String diff = project.conductor("pr", "diff", "#1").ok().out();

    assertThat(diff).contains("+++ b/a.txt", "+a");
    assertThat(project.conductor("pr", "diff", "1", "--json").ok().json().path("diff").asString())
        .isEqualTo(diff);
  }

  @Test
  void oneThatIsNotThereIsAWrongWord() {
    for (String given : new String[] {"7", github.fake.url() + "/me/it/pull/7", "seven", "-"}) {
      Project.Result result = project.conductor("pr", "show", given);

      assertThat(result.code()).as(given).isEqualTo(Exit.USAGE);
      assertThat(result.err()).contains(given).doesNotContain("Exception");
    }
  }

  @Test
  void aCommentIsMadeOnceWhoeverLosesTheAnswerAndCountsAsAPersons() throws Exception {
    github.fake.plan("POST .*/comments", new Fault.Lost());

    project.conductor("pr", "comment", "1", "--body", "Please test it.").ok();

    assertThat(github.repository.comments(1))
        .singleElement()
        .asString()
        .startsWith("Please test it.");
    assertThat(project.conductor("pr", "show", "1").ok().out()).doesNotContain("<!--");
    String review =
        project
            .flow("return (yield WaitForReview(yield(GetPR('#1')))).comments[0].body")
            .ok()
            .out();
    assertThat(review.strip()).isEqualTo("Please test it.");
  }

  @Test
  void itIsMergedAndItsBranchDeleted() throws Exception {
    project.conductor("pr", "merge", "1", "--strategy", "squash", "--delete-branch").ok();

    assertThat(github.repository.isOpen(1)).isFalse();
    assertThat(project.sh("git -C %s show main:a.txt".formatted(github.bare))).isEqualTo("a");
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).doesNotContain("one");
    assertThat(project.conductor("pr", "merge", "1").ok().out()).contains("merged " + url);
  }

  @Test
  void itIsClosed() throws Exception {
    String closed = project.conductor("pr", "close", "1", "--delete-branch").ok().out();

    assertThat(closed).isEqualTo("closed " + url + "\n");
    assertThat(github.repository.isOpen(1)).isFalse();
    assertThat(project.sh("git -C %s branch".formatted(github.bare))).doesNotContain("one");
  }

  @Test
  void itIsCheckedOutAsABranchThatFollowsTheOneAtGitHub() throws Exception {
    assertThat(project.conductor("pr", "checkout", "1").ok().out()).isEqualTo("on branch one\n");

    assertThat(here("git branch --show-current; cat a.txt; git rev-parse --abbrev-ref @{u}"))
        .isEqualTo("one\na\norigin/one");
    here("git switch -q main");
    project.sh(
        "git clone -q -b one %s other && cd other && echo b > b.txt && git add . && git commit -qm b && git push -q"
            .formatted(github.bare));
    project.conductor("pr", "checkout", "1").ok();
    assertThat(here("cat b.txt")).isEqualTo("b");
  }

  @Test
  void aCheckoutLosesNothing() throws Exception {
    Files.writeString(project.repo.resolve("a.txt"), "mine\n");
    assertThat(project.conductor("pr", "checkout", "1").err()).contains("a.txt");
    assertThat(here("git branch --show-current; cat a.txt")).isEqualTo("main\nmine");

    here("rm a.txt; git switch -q -c one; git commit -q --allow-empty -m own; git switch -q main");
    assertThat(project.conductor("pr", "checkout", "1").err())
        .contains("the branch 'one' here has 1 commit", "--branch NAME");

    project.conductor("pr", "checkout", "1", "--branch", "two").ok();
    assertThat(here("git branch --show-current; git log -1 --format=%s one")).isEqualTo("two\nown");
  }

  @Test
  void oneOfAForkOrWhoseBranchIsGoneIsCheckedOutToo() throws Exception {
    github.repository.mergedByHand(1);
    project.sh("git -C %s branch -D one".formatted(github.bare));

    project.conductor("pr", "checkout", "1").ok();

    assertThat(here("git branch --show-current; cat a.txt; git config branch.one.merge"))
        .isEqualTo("one\na\nrefs/pull/1/head");
  }

  @Test
  void oneThatAWorktreeHasStaysThere() throws Exception {
    Path tree = project.root.resolve("tree");
    project.conductor("pr", "checkout", "1").ok();
    here("git switch -q main; git worktree add -q %s one".formatted(tree));

    assertThat(project.conductor("pr", "checkout", "1").ok().out())
        .isEqualTo("one is checked out in %s\n".formatted(tree));
    assertThat(here("git branch --show-current")).isEqualTo("main");
  }

  @Test
  void anotherRepositorysIsNotCheckedOutHere() throws Exception {
    project.sh("git init -q -b main other && git -C other commit -q --allow-empty -m first");

    Project.Result result =
        project.conductorIn(project.root.resolve("other"), "pr", "checkout", url);

    assertThat(result.code()).isEqualTo(Exit.USAGE);
    assertThat(result.err()).contains("is of another repository");
  }
}
