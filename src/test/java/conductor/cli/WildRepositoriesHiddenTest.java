package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work that the user's settings of git hide from a status. */
class WildRepositoriesHiddenTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatAStatusHidesIsWorkAllTheSame(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(
        row("G1 a new file is proposed although status.showUntrackedFiles is no")
            .settings("status.showUntrackedFiles no")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:greeting.txt", "hello"),
        row("G1 neighbour: a new file is merged although it is no in the repository's own settings")
            .sh("git config status.showUntrackedFiles no")
            .merging(
                "echo a > a.txt",
                "echo b > b.txt",
                "def m = yield MergeBranches(envs)\nreturn (yield Exec('cat a.txt b.txt', env: m)).output")
            .replies("a\nb"),
        row("G1 neighbour: a new file makes Verify say that not all is committed")
            .settings("status.showUntrackedFiles no")
            .agent("echo hello > greeting.txt")
            .flow(WORKED + "return (yield Verify(e)).clean")
            .replies("false"),
        row("G1 neighbour: settings that colour, quote or shorten a status change nothing")
            .settings(
                "color.status always",
                "color.ui always",
                "status.short true",
                "status.branch true",
                "status.relativePaths true",
                "status.renames copies",
                "core.quotePath true",
                "log.mailmap true")
            .agent("mkdir sub; echo hello > 'sub/gr\u00fc\u00dfe jetzt.txt'; git mv README.md READ")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show \"$b:sub/gr\u00fc\u00dfe jetzt.txt\" $b:READ", "hello\none"),
        row("G1 neighbour: a tracked file that was written with core.ignoreStat is proposed")
            .settings("core.ignoreStat true")
            .agent("echo changed > README.md; echo x > x")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:README.md", "changed"),
        row("G2 cleanup keeps a new file although status.showUntrackedFiles is no")
            .settings("status.showUntrackedFiles no")
            .agent("echo only > copy.txt")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .prints("kept")
            .holds("cat $w/copy.txt", "only"),
        row("G2 neighbour: deleting refuses a new file that a status does not show")
            .settings("status.showUntrackedFiles no")
            .agent("echo only > copy.txt")
            .flow(WORKED + "yield DeleteWorktree(e)")
            .fails("UnmergedWork")
            .holds("cat $w/copy.txt", "only"),
        row("G2 neighbour: force keeps a new file that a status does not show in the trash")
            .settings("status.showUntrackedFiles no")
            .agent("echo only > copy.txt")
            .flow(WORKED + "yield DeleteWorktree(e, force: true)\nreturn e.id")
            .ok()
            .holds("git show $t:copy.txt", "only"),
        row("G5b cleanup keeps edits in a submodule that .gitmodules ignores")
            .library()
            .pushed("git config -f .gitmodules submodule.lib.ignore all")
            .agent("echo fix >> lib/lib.txt")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .prints("kept")
            .holds("cat $w/lib/lib.txt", "lib\nfix"),
        row("G5b neighbour: cleanup keeps edits in a submodule that diff.ignoreSubmodules hides")
            .library()
            .settings("diff.ignoreSubmodules all")
            .agent("echo new > lib/new.txt")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .prints("kept")
            .holds("cat $w/lib/new.txt", "new"),
        row("G5b neighbour: deleting refuses edits in a submodule that is ignored")
            .library()
            .settings("submodule.lib.ignore all", "submodule.recurse true")
            .agent("echo fix >> lib/lib.txt")
            .flow(WORKED + "yield DeleteWorktree(e)")
            .fails("UnmergedWork")
            .holds("cat $w/lib/lib.txt", "lib\nfix"));
  }
}
