package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.TWO;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Submodules: commits, edits and copies of them, and those that nobody can reach. */
class WildRepositoriesSubmodulesTest {

  private static final String FIXED =
      """
      (cd lib; git checkout -q -b work; echo fix > fix.txt; git add .; git commit -qm fix)
      git add lib; git commit -qm 'use the fix'
      """;

  private static final String STRAY =
      """
      git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),stray
      git commit -qm stray; git push -q origin HEAD:main
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void worksWithSubmodules(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(left(), pushed(), there()).flatMap(rows -> rows);
  }

  /** What is in a submodule only. */
  private static Stream<WildRow> left() {
    return Stream.of(
        row("G4 a commit that the submodule's remote does not have is not proposed as a pointer")
            .library()
            .agent(FIXED)
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "lib")
            .conductor("env", "cleanup")
            .prints("kept")
            .holds(
                "git -C $w/lib log -1 --format=%s; git -C $O branch --list 'conductor/*'", "fix"),
        row("G4 neighbour: neither does Push send such a pointer, though push.recurseSubmodules is check")
            .library()
            .settings("push.recurseSubmodules check")
            .agent(FIXED)
            .flow(WORKED + "yield Push(e)")
            .fails("WorktreeNotReady", "lib")
            .holds("git -C $O branch --list 'conductor/*'", ""),
        row("G4 neighbour: deleting refuses while a commit is in the submodule only")
            .library()
            .agent(
                "cd lib; git checkout -q --detach; echo fix > fix.txt; git add .; git commit -qm fix")
            .flow(WORKED + "yield DeleteWorktree(e)")
            .fails("UnmergedWork")
            .holds("git -C $w/lib log -1 --format=%s", "fix"),
        row("G5 edits in a submodule are not left out of a pull request without a word")
            .library()
            .agent("echo fix >> lib/lib.txt; echo hello > greeting.txt")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "lib")
            .holds("git -C $O branch --list 'conductor/*'; tail -1 $w/lib/lib.txt", "fix"),
        row("G5 neighbour: nor of a commit, and what was found is a field")
            .library()
            .agent("echo fix >> lib/lib.txt; echo hello > greeting.txt")
            .flow(
                WORKED
                    + """
                    try {
                      return yield Commit(e, 'c')
                    } catch (WorktreeNotReady f) {
                      return "${f.env == e.id} ${f.found.any { it.contains('lib') }} ${!f.advice.empty}"
                    }
                    """)
            .replies("true true true"),
        row("G5 neighbour: nor of a merge, by squash or else")
            .library()
            .merging(
                "echo fix >> lib/lib.txt; echo a > a",
                "echo b > b",
                "yield MergeBranches(envs, strategy: 'squash')")
            .fails("WorktreeNotReady", "lib")
            .holds("git branch --list 'conductor/merged*'", ""),
        row("G5 neighbour: nor when the submodule is ignored and diff.ignoreSubmodules is all")
            .library()
            .pushed("git config -f .gitmodules submodule.lib.ignore all")
            .settings("diff.ignoreSubmodules all")
            .agent("echo fix >> lib/lib.txt; echo hello > greeting.txt")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "lib"),
        row("G5 neighbour: new files that a build leaves in a submodule are in nobody's way")
            .library()
            .agent("echo built > lib/built.o; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        row("G5 neighbour: by force edits in a submodule go to the trash")
            .library()
            .agent("echo fix >> lib/lib.txt")
            .flow(WORKED + "return yield DeleteWorktree(e, force: true)")
            .replies("true")
            .holds("git show $t:lib/lib.txt", "lib\nfix"));
  }

  /** What is in a submodule and at its remote. */
  private static Stream<WildRow> pushed() {
    return Stream.of(
        row("G4 neighbour: a pointer to what the agent pushed there is proposed")
            .library()
            .agent(FIXED + "git -C lib push -q origin work")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $W/lib.git show $(git -C $O rev-parse $b:lib):fix.txt", "fix"),
        row("G4 neighbour: with push.recurseSubmodules on-demand the commit goes there first")
            .library()
            .settings("push.recurseSubmodules on-demand")
            .agent(FIXED)
            .flow(PROPOSED)
            .ok()
            .holds("git -C $W/lib.git show $b:fix.txt", "fix")
            .holds("test $(git -C $O rev-parse $b:lib) = $(git -C $W/lib.git rev-parse $b)", ""),
        row("G4 neighbour: on-demand, a detached commit goes there and is merged")
            .library()
            .settings("push.recurseSubmodules on-demand")
            .agent(
                "cd lib; echo fix > fix.txt; git add .; git commit -qm fix; cd ..; git commit -qam use")
            .flow(PROPOSED)
            .ok()
            .conductor("pr", "merge", "1", "--strategy", "rebase", "--delete-branch")
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .holds("git -C $W/lib.git show $(git -C $O rev-parse main:lib):fix.txt", "fix"));
  }

  /** What a worktree has of submodules. */
  private static Stream<WildRow> there() {
    return Stream.of(
        row("G6 six worktrees at once have all their submodules")
            .library()
            .pushed(
                "git submodule --quiet add $W/lib.git two; git submodule --quiet add $W/lib.git three")
            .sh("git clone -q $O $W/c")
            .flowIn(
                "c",
                """
                def envs = yield Gather((1..6).collect { CreateWorktree(name: "w$it") })
                return envs.collect { (yield Exec('cat lib/lib.txt two/lib.txt three/lib.txt', env: it)).output }.unique().join()
                """)
            .replies("lib\nlib\nlib"),
        prepared("G40 the worktree of a merge is prepared like others", "merge"),
        prepared("G40 neighbour: that of a squash too", "squash"),
        prepared("G40 neighbour: that of a rebase too", "rebase"),
        row("G64 a submodule that nobody can reach is named and stops nothing")
            .library()
            .sh("git clone -q $O $W/c; rm -rf $W/lib.git")
            .agent("echo hello > greeting.txt")
            .flowIn("c", PROPOSED)
            .ok()
            .says("lib")
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        row("G64 neighbour: a merge goes on without it")
            .library()
            .sh("git clone -q $O $W/c; rm -rf $W/lib.git")
            .file("a", "echo a > a")
            .file("b", "echo b > b")
            .flowIn(
                "c", TWO + "return (yield Exec('cat a b', env: yield(MergeBranches(envs)))).output")
            .replies("a\nb"),
        row("G64b a submodule with a relative url, and one within it, are there and go with cleanup")
            .sh(
                """
                git config --global protocol.file.allow always
                for n in inner lib; do git init -q $W/$n; cd $W/$n; echo $n > $n; git add .; git commit -qm $n
                git init -q --bare $W/$n.git; git remote add origin $W/$n.git; git push -q origin main; done
                cd $W/lib; git submodule --quiet add ../inner.git inner; git commit -qm sub; git push -q origin main
                """)
            .pushed("git submodule --quiet add ../lib.git lib")
            .flow(WORKTREE + "return (yield Exec('cat lib/inner/inner', env: e)).output")
            .replies("inner")
            .conductor("env", "cleanup")
            .prints("removed")
            .holds("echo $w", ""),
        row("G65 a gitlink without an entry beside a proper submodule stops nothing")
            .library()
            .sh(STRAY)
            .agent("cat lib/lib.txt > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        row("G65 neighbour: nor one in a repository without submodules")
            .sh(STRAY)
            .merging(
                "echo a > a",
                "echo b > b",
                "yield CreatePR(env: yield(MergeBranches(envs)), title: 'T')")
            .ok()
            .holds("git -C $O diff --name-only main $b", "a\nb"),
        row("G73 a run leaves the user's configuration as it was")
            .library()
            .sh("git clone -q $O $W/c; cp $W/c/.git/config $W/before")
            .agent("echo hello > greeting.txt")
            .flowIn("c", PROPOSED)
            .ok()
            .holds("diff $W/before $W/c/.git/config; git -C $W/c status --porcelain", ""),
        row("G73 neighbour: whatever settings recurse into submodules or make branches track")
            .library()
            .settings(
                "submodule.recurse true",
                "branch.autoSetupMerge always",
                "push.autoSetupRemote true")
            .sh("git clone -q $O $W/c; cp $W/c/.git/config $W/before")
            .agent("echo hello > greeting.txt")
            .flowIn(
                "c",
                "def e = yield CreateWorktree(name: 'w', base_branch: 'main')\n"
                    + "yield RunAgent(env: e, prompt: 'x')\nyield CreatePR(env: e, title: 'T')")
            .ok()
            .holds("git -C $W/c config --get-regexp '^branch\\.conductor' || true", "")
            .holds("diff $W/before $W/c/.git/config || true", ""));
  }

  private static WildRow prepared(String name, String strategy) {
    return row(name)
        .library()
        .pushed("printf 'deps/\\n.env\\n' > .gitignore; echo .env > .worktreeinclude")
        .sh("echo T=1 > .env")
        .config("worktree: {setup: 'mkdir -p deps; echo ready > deps/x'}")
        .merging(
            "echo a > a",
            "echo b > b",
            "def m = yield MergeBranches(envs, strategy: '%s')\nreturn (yield Exec('cat deps/x .env lib/lib.txt a b', env: m)).output"
                .formatted(strategy))
        .replies("ready\nT=1\nlib\na\nb");
  }
}
