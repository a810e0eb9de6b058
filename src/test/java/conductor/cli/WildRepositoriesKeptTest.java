package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worktrees of runs that can be resumed, and worktrees that people ask for by name. */
class WildRepositoriesKeptTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void keepsWhatARunStillNeeds(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static WildRow failed(String name) {
    return row(name).agent("echo half > half.txt; exit 1").flow(PROPOSED).fails("AgentFailed");
  }

  private static Stream<WildRow> rows() {
    return Stream.of(cleanups(), named()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> cleanups() {
    return Stream.of(
        row("G95 cleanup keeps the worktree of a run that can be resumed, and resuming works")
            .agent("exit 1")
            .flow(PROPOSED)
            .fails("conductor resume")
            .conductor("env", "cleanup")
            .prints("can be resumed")
            .agent("echo hello > greeting.txt")
            .resume()
            .ok()
            .holds("git -C $O show $b:greeting.txt", "hello"),
        failed("G95 neighbour: a second cleanup, and a dry one, keep it too")
            .conductor("env", "cleanup")
            .prints("kept")
            .conductor("env", "cleanup", "--dry-run")
            .prints("kept")
            .conductor("env", "cleanup")
            .prints("kept")
            .holds("cat $w/half.txt", "half"),
        failed("G95 neighbour: cleanup by force takes it and keeps the work in the trash")
            .sh("basename $w > $W/id")
            .conductor("env", "cleanup", "--force")
            .ok()
            .prints("removed")
            .holds("git show refs/conductor/trash/$(cat $W/id):half.txt; echo $w", "half"),
        failed("G95 neighbour: resuming after that makes the worktree again and says so")
            .conductor("env", "cleanup", "--force")
            .ok()
            .agent("echo hello > greeting.txt")
            .resume()
            .ok()
            .says("made again")
            .holds("git status --porcelain; git log --format=%s", "first"),
        failed(
                "G95 neighbour: force does not take what others locked, or what is no worktree of ours")
            .sh(
                "git worktree lock $w; mkdir $(dirname $w)/foreign; echo x > $(dirname $w)/foreign/f")
            .conductor("env", "cleanup", "--force")
            .holds("cat $W/state/worktrees/*/*/half.txt $W/state/worktrees/*/foreign/f", "half\nx"),
        row("G95 neighbour: the worktree of a run that ended well goes as ever")
            .flow(WORKTREE)
            .ok()
            .conductor("env", "cleanup")
            .prints("removed")
            .holds("echo $w", ""),
        row("G95 neighbour: by force, work in progress goes to the trash with submodules and nested files")
            .library()
            .agent("echo x >> lib/lib.txt; git init -q web; echo app > web/app.js; exit 1")
            .flow(PROPOSED)
            .fails("AgentFailed")
            .conductor("env", "cleanup", "--force")
            .ok()
            .holds("git show $t:web/app.js $t:lib/lib.txt", "app\nlib\nx"));
  }

  private static Stream<WildRow> named() {
    return Stream.of(
        row("G95 neighbour: env path prints where a worktree is")
            .flow(WORKTREE + "return e.id")
            .ok()
            .keeps("id")
            .conductorOn("id", "env", "path")
            .ok()
            .keeps("path")
            .holds("test \"$(cat $W/path)/\" = $w; cat $(cat $W/path)/README.md", "one"),
        row("G95 neighbour: env delete refuses work, names it, and by force keeps it in the trash")
            .agent("echo hello > greeting.txt")
            .flow(WORKED + "return e.id")
            .ok()
            .keeps("id")
            .conductorOn("id", "env", "delete")
            .fails("1 uncommitted")
            .holds("cat $w/greeting.txt", "hello")
            .conductorOn("id", "env", "delete", "--force")
            .ok()
            .holds("git show refs/conductor/trash/$(cat $W/id):greeting.txt; echo $w", "hello"),
        row("G95 neighbour: env delete takes one without work, and does not know it then")
            .flow(WORKTREE + "return e.id")
            .ok()
            .keeps("id")
            .conductorOn("id", "env", "delete")
            .ok()
            .holds("echo $w; git branch --list 'conductor/*'", "")
            .conductorOn("id", "env", "delete")
            .fails("w-wf-"),
        row("G95 neighbour: names that nobody has are told")
            .conductor("env", "path", "nobody")
            .fails("nobody")
            .conductor("env", "delete", "nobody", "--force")
            .fails("nobody"));
  }
}
