package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.TWO;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is changed in a worktree before anybody worked there. */
class WildRepositoriesBirthTest {

  private static final String DIRTY =
      """
      printf 'a\\r\\nb\\r\\n' > crlf.txt; git add .; git commit -qm crlf; echo '*.txt text' > .gitattributes
      git add .gitattributes; git commit -qm attr; git push -q origin HEAD:main; git clone -q $O $W/c
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isNoWorkOfTheAgents(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(
        row("G53 files that a fresh worktree has for changed are not proposed")
            .sh(DIRTY)
            .agent("git status --porcelain | grep -q crlf.txt; echo hello > greeting.md")
            .flowIn("c", PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.md"),
        row("G53 neighbour: Verify finds all of a fresh one committed, and cleanup takes it")
            .sh(DIRTY)
            .flowIn("c", WORKTREE + "return (yield Verify(env: e, clean: true)).clean")
            .replies("true")
            .conductorIn("c", "env", "cleanup")
            .prints("removed"),
        row("G53 neighbour: one that the agent did change is proposed")
            .sh(DIRTY)
            .agent("printf 'a\\r\\nb\\r\\nc\\r\\n' > crlf.txt")
            .flowIn("c", PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "crlf.txt"),
        row("G53 neighbour: MergeBranches takes none of them in, by squash")
            .sh(DIRTY)
            .file("a", "echo a > a")
            .file("b", "echo b > b")
            .flowIn(
                "c",
                TWO
                    + "yield CreatePR(env: yield(MergeBranches(envs, strategy: 'squash')), title: 'T')")
            .ok()
            .holds("git -C $O diff --name-only main $b", "a\nb"),
        row("G53 neighbour: nor does a merge with the agent's own commits, by rebase")
            .sh(DIRTY)
            .file("a", "echo a > a; git add a; git commit -qm a")
            .file("b", "echo b > b; git add b; git commit -qm b")
            .flowIn(
                "c",
                TWO
                    + "yield CreatePR(env: yield(MergeBranches(envs, strategy: 'rebase')), title: 'T')")
            .ok()
            .holds("git -C $O diff --name-only main $b", "a\nb"),
        row("G53 neighbour: what the command that prepares it changes is not proposed either")
            .pushed("echo 1 > lock.json")
            .agent("cat lock.json > greeting.md")
            .config("worktree: {setup: 'echo 2 > lock.json'}")
            .flow(PROPOSED)
            .ok()
            .holds(
                "git -C $O diff --name-only main $b; git -C $O show $b:greeting.md",
                "greeting.md\n2"));
  }
}
