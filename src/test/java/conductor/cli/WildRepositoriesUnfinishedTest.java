package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations of git that agents leave in progress. */
class WildRepositoriesUnfinishedTest {

  private static final String BESIDE =
      """
      ours=$(git branch --show-current); echo mine > README.md; git commit -qam mine
      git checkout -q -b other HEAD~1; echo theirs > README.md; git commit -qam theirs; git checkout -q $ours
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void proposesNothingThatIsHalfDone(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(operations(), acts(), others()).flatMap(rows -> rows);
  }

  /** Every operation, and the act that would take it for whole. */
  private static Stream<WildRow> operations() {
    return Stream.of(
            List.of("G21", "merge", BESIDE + "git merge other || true"),
            List.of("G21 neighbour:", "merge", BESIDE + "git merge --no-commit -s ours other"),
            List.of("G21 neighbour:", "rebase", BESIDE + "git rebase other || true"),
            List.of("G21 neighbour:", "rebase", BESIDE + "git rebase --apply other || true"),
            List.of("G21 neighbour:", "cherry-pick", BESIDE + "git cherry-pick other || true"),
            List.of(
                "G21 neighbour:",
                "revert",
                BESIDE + "echo more > README.md; git commit -qam more; git revert HEAD~1 || true"),
            List.of(
                "G21 neighbour:",
                "bisect",
                BESIDE + "git bisect start HEAD HEAD~1 >/dev/null || git bisect start"))
        .map(operation ->
            row("%s no pull request of a %s in progress: %s"
                    .formatted(operation.get(0), operation.get(1), last(operation.get(2))))
                .agent(operation.get(2))
                .flow(PROPOSED)
                .fails("WorktreeNotReady", operation.get(1))
                .holds("git -C $O branch --list 'conductor/*'", ""));
  }

  private static String last(String script) {
    return script.lines().toList().getLast();
  }

  private static Stream<WildRow> acts() {
    return Stream.of(
            "yield Commit(e, 'c')",
            "yield Verify(e)",
            "yield Push(e)",
            "yield MergeBranches([e])",
            "yield MergeBranches([e], strategy: 'squash')",
            "yield MergeBranches([e], strategy: 'rebase', on_conflict: 'agent')")
        .map(act ->
            row("G21 neighbour: a merge in progress stops " + act)
                .settings("rerere.enabled true", "merge.conflictStyle diff3")
                .agent(BESIDE + "git merge other || true")
                .flow(WORKED + act)
                .fails("WorktreeNotReady", "merge", "README.md")
                .holds(
                    "grep -c '^<<<<<<<' $w/README.md; git branch --list 'conductor/merged*'", "1"));
  }

  private static Stream<WildRow> others() {
    return Stream.of(
        row("G21 neighbour: files that a stash left unmerged are named, although nothing is in progress")
            .agent(
                "echo mine > README.md; git stash -q; echo theirs > README.md; git commit -qam theirs; git stash pop || true")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "README.md"),
        row("G21 neighbour: markers whose merge was added but not committed are in progress all the same")
            .agent(BESIDE + "git merge other || true; git add -A")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "merge"),
        row("G21 neighbour: an unmerged file with a name that git quotes is named as it is")
            .agent(
                """
                echo a > 'gr\u00fc\u00dfe \"x\"'; git add .; git commit -qm a; git switch -q -c other HEAD~1
                echo b > 'gr\u00fc\u00dfe \"x\"'; git add .; git commit -qm b; git switch -q -; git merge other || true
                """)
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "gr\u00fc\u00dfe \"x\""),
        row("G21 neighbour: once somebody ended the merge, the run goes on")
            .agent(BESIDE + "git merge other || true")
            .flow(PROPOSED)
            .fails("WorktreeNotReady")
            .sh("git -C $w merge --abort")
            .resume()
            .ok()
            .holds("git -C $O show $b:README.md", "mine"),
        row("G21 neighbour: cleanup keeps a worktree with a bisect in progress")
            .agent("git bisect start; git checkout -q --detach")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .prints("kept"),
        row("G21 neighbour: a merge that the agent ended is proposed whole")
            .agent(
                BESIDE
                    + "git merge other || true; echo both > README.md; git add .; git commit -qm both")
            .flow(PROPOSED)
            .ok()
            .holds(
                "git -C $O show $b:README.md; git -C $O rev-list --count --merges $b", "both\n1"));
  }
}
