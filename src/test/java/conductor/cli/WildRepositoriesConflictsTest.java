package conductor.cli;

import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conflicts of every kind, and what counts as a resolution. */
class WildRepositoriesConflictsTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void takesNoConflictForResolvedWithoutEvidence(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(kinds(), untouched(), resolved(), recorded()).flatMap(rows -> rows);
  }

  private static WildRow based(String name) {
    return row(name).pushed("seq 30 > ren; seq 40 70 > del; echo x > plain; printf 'a\\0' > bin");
  }

  /** Each kind with a strategy of its own: all of them must name files and leave nothing behind. */
  private static Stream<WildRow> kinds() {
    return Stream.of(
            List.of("rename and rename", "git mv ren ren1", "git mv ren ren2", "merge", "ren"),
            List.of("rename and delete", "git mv del moved", "git rm -q del", "squash", "moved"),
            List.of(
                "file and directory",
                "echo f > thing",
                "mkdir thing; echo g > thing/x",
                "merge",
                "thing"),
            List.of("add and add", "echo f > both", "echo g > both", "rebase", "both"),
            List.of(
                "modify and delete", "echo changed > plain", "git rm -q plain", "rebase", "plain"),
            List.of(
                "delete and modify", "git rm -q plain", "echo changed > plain", "squash", "plain"),
            List.of("binary", "printf 'b\\0' > bin", "printf 'c\\0' > bin", "rebase", "bin"),
            List.of(
                "link and file", "ln -sf README.md plain", "echo other > plain", "merge", "plain"),
            List.of("mode and delete", "chmod +x plain", "git rm -q plain", "merge", "plain"))
        .map(kind ->
            based("G70 %s is a conflict, by %s".formatted(kind.get(0), kind.get(3)))
                .merging(
                    kind.get(1),
                    kind.get(2),
                    """
                    try {
                      return yield MergeBranches(envs, strategy: '%s')
                    } catch (MergeConflict c) {
                      return c.files.any { it.startsWith('%s') }
                    }
                    """
                        .formatted(kind.get(3), kind.get(4)))
                .replies("true")
                .holds(
                    "git branch --list 'conductor/merged*'; ls -d $W/state/worktrees/*/*/ | wc -l",
                    "2"));
  }

  /** An agent that is asked to resolve does nothing. */
  private static Stream<WildRow> untouched() {
    return Stream.of(
        untouched(
            "G23 a binary file", "merge", "printf 'b\\0' > bin", "printf 'c\\0' > bin", "bin"),
        untouched(
            "G23 neighbour: a binary file",
            "squash",
            "printf 'b\\0' > bin",
            "printf 'c\\0' > bin",
            "bin"),
        untouched(
            "G23 neighbour: a file that an attribute calls binary",
            "rebase",
            "echo b > plain; echo 'plain binary' > .gitattributes",
            "echo c > plain; echo 'plain binary' > .gitattributes",
            "plain"),
        untouched(
            "G24 a file that is deleted here and changed there",
            "merge",
            "git rm -q plain",
            "echo changed > plain",
            "plain"),
        untouched(
            "G24 neighbour: a file that is deleted here and changed there",
            "rebase",
            "git rm -q plain",
            "echo changed > plain",
            "plain"),
        untouched(
            "G24 neighbour: a file that is changed here and deleted there",
            "squash",
            "echo changed > plain",
            "git rm -q plain",
            "plain"),
        untouched(
            "G24 neighbour: a file that is renamed twice",
            "merge",
            "git mv ren ren1",
            "git mv ren ren2",
            "ren"),
        untouched(
            "G23 neighbour: a file whose markers have another size",
            "merge",
            "echo '* conflict-marker-size=20' > .gitattributes; echo b > plain",
            "echo '* conflict-marker-size=20' > .gitattributes; echo c > plain",
            "plain"),
        untouched(
            "G23 neighbour: a file with short markers",
            "rebase",
            "echo '* conflict-marker-size=4' > .gitattributes; echo b > plain",
            "echo '* conflict-marker-size=4' > .gitattributes; echo c > plain",
            "plain"),
        untouched(
            "G23 neighbour: a link against a file",
            "merge",
            "ln -sf README.md plain",
            "echo other > plain",
            "plain"),
        left("G23 neighbour: adding markers as they are is no resolution", "git add -A"),
        left(
            "G23 neighbour: taking one of three markers away is none",
            "sed -i 's/^=======$//' plain; git add plain"),
        left("G23 neighbour: committing markers is none", "git commit -qam resolved"),
        left("G23 neighbour: giving the merge up is none", "git merge --abort"));
  }

  private static WildRow untouched(String what, String strategy, String a, String b, String file) {
    return based(what + " is not resolved by doing nothing, by " + strategy)
        .agent("true")
        .merging(
            a,
            b,
            "yield MergeBranches(envs, strategy: '%s', on_conflict: 'agent')".formatted(strategy))
        .fails("MergeConflict", file)
        .holds("git branch --list 'conductor/merged*'", "");
  }

  private static WildRow left(String what, String agent) {
    return based(what)
        .agent(agent)
        .merging(
            "echo b > plain", "echo c > plain", "yield MergeBranches(envs, on_conflict: 'agent')")
        .fails("MergeConflict", "plain")
        .holds("git branch --list 'conductor/merged*'", "");
  }

  private static Stream<WildRow> resolved() {
    return Stream.of(
        resolved(
            "G23 neighbour: taking one side of a binary file and adding it is a resolution",
            "merge",
            "git checkout -q --theirs bin; git add bin",
            "printf 'b\\0' > bin",
            "printf 'c\\0' > bin",
            "tr -d '\\0' < bin",
            "c"),
        resolved(
            "G23 neighbour: writing another binary file is one",
            "squash",
            "printf 'd\\0' > bin",
            "printf 'b\\0' > bin",
            "printf 'c\\0' > bin",
            "tr -d '\\0' < bin",
            "d"),
        resolved(
            "G24 neighbour: removing the file is one",
            "merge",
            "git rm -q plain",
            "git rm -q plain",
            "echo changed > plain",
            "ls plain 2>/dev/null || echo none",
            "none"),
        resolved(
            "G24 neighbour: adding it as it is is one, by rebase",
            "rebase",
            "git add plain",
            "git rm -q plain",
            "echo changed > plain",
            "cat plain",
            "changed"),
        resolved(
            "G24 neighbour: deleting it without git is one",
            "squash",
            "rm plain",
            "echo changed > plain",
            "git rm -q plain",
            "ls plain 2>/dev/null || echo none",
            "none"),
        resolved(
            "G23 neighbour: a text with longer lines of the same signs is one",
            "merge",
            "printf 'Title\\n==========\\n\\n>>>>>>>>>> quoted\\n' > plain",
            "echo b > plain",
            "echo c > plain",
            "head -1 plain",
            "Title"),
        resolved(
            "G23 neighbour: what the agent commits by itself is one",
            "merge",
            "echo both > plain; git add plain; git commit -qm both",
            "echo b > plain",
            "echo c > plain",
            "cat plain",
            "both"),
        resolved(
            "G23 neighbour: so is one with merge.conflictStyle diff3",
            "rebase",
            "grep -q '^|||||||' plain; echo both > plain",
            "git config --global merge.conflictStyle diff3; echo b > plain",
            "echo c > plain",
            "cat plain",
            "both"));
  }

  private static WildRow resolved(
      String name, String strategy, String agent, String a, String b, String look, String seen) {
    return based(name)
        .agent(agent)
        .file("look", look)
        .merging(
            a,
            b,
            """
            def m = yield MergeBranches(envs, strategy: '%s', on_conflict: 'agent')
            return (yield Exec(['sh', '@ROOT@/look'], env: m)).output + (yield Exec('git status --porcelain', env: m)).output
            """
                .formatted(strategy))
        .replies(seen);
  }

  /** A resolution that git recorded may be used or not, but not lost half-way. */
  private static Stream<WildRow> recorded() {
    return Stream.of("merge", "squash", "rebase")
        .map(strategy ->
            row("G25 a conflict whose resolution git recorded is merged so or is one, by "
                    + strategy)
                .settings("rerere.enabled true", "rerere.autoUpdate true")
                .sh(
                    """
                    git switch -q -c x; echo uno > README.md; git commit -qam uno
                    git switch -q -c y main; echo dos > README.md; git commit -qam dos
                    git merge -q x || echo both > README.md; git add .; git commit -qm both; git switch -q main
                    """)
                .merging(
                    "echo dos > README.md",
                    "echo uno > README.md",
                    "return yield ReadFile(yield(MergeBranches(envs, strategy: '%s')), 'README.md')"
                        .formatted(strategy))
                .repliesOrFails("both", "MergeConflict", "README.md"));
  }
}
