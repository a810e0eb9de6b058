package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Lists of a machine with several repositories show those of the one that you are in (N4). */
class OtherRepositoriesTest {

  private static final String FLOW =
      """
      def e = yield CreateWorktree(name: '%1$s')
      yield WriteFile(e, '%1$s.txt', 'x')
      return yield CreatePR(e, 'Add %1$s')
      """;

  @TempDir Path temp;
  private Project project;
  private Path other;

  @BeforeEach
  void twoRepositories() throws Exception {
    project = Project.withOrigin(temp);
    other = Files.createDirectories(temp.resolve("other"));
    project.sh(other, "git init -q -b main && git commit -q --allow-empty -m first");
    project.conductorIn(project.repo, "run", flow("one"), "--quiet").ok();
    project.conductorIn(other, "run", flow("two"), "--quiet").ok();
  }

  private String flow(String name) throws Exception {
    return project.file(name + ".groovy", FLOW.formatted(name)).toString();
  }

  private Project.Result at(Path directory, String... words) {
    return project.conductorIn(directory, words).ok();
  }

  @Test
  void pullRequestsAreThoseOfTheRepositoryAndAllOutsideOfAny() {
    assertThat(at(project.repo, "pr", "list").out()).contains("Add one").doesNotContain("Add two");
    assertThat(at(other, "pr", "list").out())
        .contains("Add two")
        .doesNotContain("Add one", "  other  ");

    String all = at(project.repo, "pr", "list", "--all").out();

    assertThat(all).containsPattern("Add one .*-> main  repo  /");
    assertThat(all).containsPattern("Add two .*-> main  other  /");
    assertThat(at(temp, "pr", "list").out()).isEqualTo(all);
    assertThat(at(other, "pr", "list", "--json").json()).hasSize(1);
    assertThat(at(temp, "pr", "list", "--json").json()).hasSize(2);
  }

  @Test
  void worktreesAreThoseOfTheRepositoryAndAllOutsideOfAny() throws Exception {
    JsonNode two = at(other, "env", "list", "--json").json();
    Path worktree = Path.of(two.get(0).path("path").asString());

    assertThat(two).hasSize(1);
    assertThat(at(worktree, "env", "list").out()).startsWith("two-").doesNotContain("one-");
    assertThat(at(project.repo, "env", "list", "--all").out())
        .containsPattern("one-\\S+  \\S+  repo  conductor/")
        .containsPattern("two-\\S+  \\S+  other  conductor/");
    assertThat(at(temp, "env", "list", "--json").json()).hasSize(2);
    String run = two.get(0).path("run").asString();
    assertThat(at(project.repo, "env", "list", "--workflow", run).out()).startsWith("two-");
  }

  @Test
  void whereTwoHaveOneNameThePathTellsThemApart() throws Exception {
    Path same = Files.createDirectories(temp.resolve("more/other"));
    project.sh(same, "git init -q -b main && git commit -q --allow-empty -m first");
    project.conductorIn(same, "run", flow("three"), "--quiet").ok();

    assertThat(at(temp, "pr", "list").out())
        .contains("  repo  ", "  " + other + "  ", "  " + same + "  ");
  }

  @Test
  void aPullRequestIsShownMergedAndCommentedByItsNumberAlsoFromItsWorktree() throws Exception {
    Path worktree =
        Path.of(at(project.repo, "env", "list", "--json").json().get(0).path("path").asString());

    assertThat(at(worktree, "pr", "show", "#1").out()).contains("Add one");
    at(other, "pr", "comment", "1", "--body", "Well done.");
    assertThat(at(other, "pr", "show", "1").out()).contains("Add two", "Well done.");
    assertThat(at(project.repo, "pr", "checkout", "1").out())
        .contains("is checked out in " + worktree);
    assertThat(at(other, "pr", "close", "1").out()).startsWith("closed ");
    Project.Result ambiguous = project.conductorIn(temp, "pr", "show", "1");
    assertThat(ambiguous.code()).isEqualTo(Exit.USAGE);
    assertThat(ambiguous.err()).contains("several repositories have a pull request 1");
  }

  @Test
  void aShellInAWorktreeGetsWhatAgentsGetAndGivesItsExitCode() throws Exception {
    JsonNode env = at(project.repo, "env", "list", "--json").json().get(0);
    Path shell =
        project.file(
            "shell",
            "#!/bin/sh\npwd; echo ${SECRET_TOKEN:-hidden} $LANG; git branch --show-current; exit 7\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    project.environment.put("SHELL", shell.toString());
    project.environment.put("SECRET_TOKEN", "s3cret-value");
    project.environment.put("LANG", "C.UTF-8");

    Project.Result result = project.processIn(temp, "env", "shell", "one");

    assertThat(result.code()).as(result.err()).isEqualTo(7);
    assertThat(result.out())
        .isEqualTo(
            "%s\nhidden C.UTF-8\n%s\n"
                .formatted(env.path("path").asString(), env.path("branch").asString()));
    assertThat(result.err()).contains("'exit' comes back");
    assertThat(project.conductorIn(temp, "env", "shell", "none").code()).isEqualTo(Exit.USAGE);
  }
}
