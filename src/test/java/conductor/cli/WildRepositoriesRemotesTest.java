package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others did at the remote meanwhile: pushes, deletions, refusals. */
class WildRepositoriesRemotesTest {

  private static final String TEAMMATE =
      """
      git clone -q $O $W/mate; cd $W/mate; git switch -q ${b#refs/heads/}
      echo fix > fix.txt; git add .; git commit -qm "teammate's fix"; git push -q
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void losesNothingOfOthers(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(teammates(), deleted(), targets(), pushes()).flatMap(rows -> rows);
  }

  private static WildRow proposed(String name) {
    return row(name).agent("echo hello > greeting.txt").flow(PROPOSED).ok();
  }

  private static Stream<WildRow> teammates() {
    return Stream.concat(
        Stream.of("merge", "squash", "rebase")
            .map(strategy ->
                proposed(
                        "G37 what a teammate pushed to the branch is merged, and it is said, by "
                            + strategy)
                    .sh(TEAMMATE)
                    .conductor("pr", "merge", "1", "--strategy", strategy, "--delete-branch")
                    .ok()
                    .says("commit")
                    .holds(
                        "git -C $O show main:fix.txt main:greeting.txt; git -C $O branch --list 'conductor/*'",
                        "fix\nhello")),
        Stream.of(
            proposed("G37 neighbour: closing does not delete a branch that moved")
                .sh(TEAMMATE)
                .file("close.groovy", "yield ClosePR(yield(GetPR('#1')), delete_branch: true)")
                .conductor("run", "@ROOT@/close.groovy")
                .holds("git -C $O show $b:fix.txt", "fix"),
            proposed(
                    "G37 neighbour: commits here that were not pushed are not merged in silence, nor lost")
                .sh(
                    "cd $w; echo late > late; git add .; git commit -qm late; git rev-parse HEAD > $W/late")
                .conductor("pr", "merge", "1", "--delete-branch")
                .holds("git for-each-ref --contains $(cat $W/late) --format=x | head -1", "x"),
            proposed("G37 neighbour: a branch that a teammate rewrote is merged as it is there")
                .sh(
                    """
                    git clone -q $O $W/mate; cd $W/mate; git switch -q ${b#refs/heads/}; echo better > greeting.txt
                    git commit -qa --amend -m better; git push -q --force
                    """)
                .conductor("pr", "merge", "1")
                .ok()
                .holds("git -C $O show main:greeting.txt", "better")));
  }

  private static Stream<WildRow> deleted() {
    return Stream.of(
        proposed(
                "G39 a branch that was deleted at the remote leaves its commit reachable after cleanup")
            .sh(
                "git rev-parse $(git for-each-ref --format='%(refname)' refs/heads/conductor) > $W/head; git -C $O branch -q -D ${b#refs/heads/}")
            .conductor("env", "cleanup")
            .ok()
            .sh("git fetch -q --prune")
            .holds(
                "git for-each-ref --contains $(cat $W/head) --format='%(refname)' | grep -v refs/conductor/wf- | grep -v refs/remotes | wc -l",
                "1", "2", "3"),
        proposed(
                "G39 neighbour: merging it says that the branch is gone, or merges what was proposed")
            .sh("git -C $O branch -q -D ${b#refs/heads/}")
            .conductor("pr", "merge", "1")
            .holds("git -C $O show main:greeting.txt 2>/dev/null || echo open", "hello", "open"),
        row("G44 a target in a worktree of the user's whose directory is gone is merged or named")
            .sh("git remote remove origin; git switch -q -c other; git worktree add -q $W/wt main")
            .agent("echo hello > greeting.txt")
            .flowIn("wt", PROPOSED)
            .ok()
            .sh("rm -rf $W/wt")
            .conductor("pr", "merge", "1")
            .sh("git show main:greeting.txt || git worktree list | grep -q prunable")
            .holds("git branch --show-current; git status --porcelain", "other"),
        row("G44 neighbour: one whose worktree is there and clean moves with its files")
            .sh("git remote remove origin; git switch -q -c other; git worktree add -q $W/wt main")
            .agent("echo hello > greeting.txt")
            .flowIn("wt", PROPOSED)
            .ok()
            .conductor("pr", "merge", "1", "--strategy", "squash")
            .ok()
            .holds("cat $W/wt/greeting.txt; git -C $W/wt status --porcelain", "hello"));
  }

  private static Stream<WildRow> targets() {
    return Stream.of(
        row("G45 a remote that has the target checked out refuses with git's words, and it stays open")
            .sh("git clone -q $O $W/up; git clone -q $W/up $W/c")
            .agent("echo hello > greeting.txt")
            .flowIn("c", PROPOSED)
            .ok()
            .conductorIn("c", "pr", "merge", "1")
            .fails("denyCurrentBranch")
            .conductorIn("c", "pr", "list")
            .prints("1  open"),
        row("G46 a protected target refuses with the server's words, and it stays open")
            .sh(
                "printf '#!/bin/sh\\n[ \"$1\" != refs/heads/main ] || { echo main is protected >&2; exit 1; }\\n' > $O/hooks/update; chmod +x $O/hooks/update")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .conductor("pr", "merge", "1", "--delete-branch")
            .fails("main is protected")
            .holds(
                "git -C $O log --format=%s main; git -C $O branch --list 'conductor/*' | wc -l",
                "first\n1")
            .conductor("pr", "list")
            .prints("1  open"),
        row("G46 neighbour: a target whose server refuses once is merged the second time, once")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .sh(
                "printf '#!/bin/sh\\ntest -e @ROOT@/once || { touch @ROOT@/once; exit 1; }\\n' > $O/hooks/update; chmod +x $O/hooks/update")
            .conductor("pr", "merge", "1")
            .fails("cannot be merged")
            .conductor("pr", "merge", "1")
            .ok()
            .holds(
                "git -C $O show main:greeting.txt; git -C $O rev-list --count --merges main",
                "hello\n1"));
  }

  private static Stream<WildRow> pushes() {
    return Stream.of(
        row("G77b force does not overwrite what a teammate pushed, though an editor fetched it meanwhile")
            .flow(
                """
                def e = yield CreateWorktree(name: 'w')
                yield WriteFile(e, 'a.txt', 'a')
                yield Commit(e, 'a')
                yield Push(e)
                yield Exec(command: ['sh', '-ec', 'git clone -q "$1" "$2"; cd "$2"; git switch -q "$0"; echo fix >fix.txt; git add .; git commit -qm fix; git push -q; cd "$3"; git fetch -q', e.branch, '@ROOT@/origin.git', '@ROOT@/mate', '@ROOT@/repo'], check: true)
                yield Exec(command: 'echo b >a.txt && git commit -qa --amend -m b', env: e, check: true)
                def t = yield Try(Push(env: e, force: true))
                return t instanceof Err ? t.failure.class.simpleName : 'pushed'
                """)
            .replies("PushRejected")
            .holds("git -C $O show $b:fix.txt", "fix"),
        row("G77b neighbour: force overwrites what we pushed last, twice")
            .flow(
                """
                def e = yield CreateWorktree(name: 'w')
                yield WriteFile(e, 'a.txt', 'a')
                yield Commit(e, 'a')
                yield Push(e)
                for (n in 1..2) {
                  yield Exec(command: "echo $n >a.txt && git commit -qa --amend -m b", env: e, check: true)
                  yield Push(env: e, force: true)
                }
                return yield Verify(env: e, pushed: true)
                """)
            .ok()
            .holds("git -C $O show $b:a.txt", "2"),
        row("G77b neighbour: without force neither, and the failure names the branch and the remote")
            .flow(
                """
                def e = yield CreateWorktree(name: 'w')
                yield WriteFile(e, 'a.txt', 'a')
                yield Commit(e, 'a')
                yield Push(e)
                yield Exec(command: ['sh', '-ec', 'git clone -q "$1" "$2"; cd "$2"; git switch -q "$0"; echo fix >fix.txt; git add .; git commit -qm fix; git push -q', e.branch, '@ROOT@/origin.git', '@ROOT@/mate'], check: true)
                yield WriteFile(e, 'a.txt', 'b')
                yield Commit(e, 'b')
                try {
                  yield Push(e)
                } catch (PushRejected r) {
                  return "${r.branch == e.branch} $r.remote"
                }
                """)
            .replies("true origin")
            .holds("git -C $O show $b:fix.txt", "fix"),
        row("G77b neighbour: what the agent pushed and then amended is not taken for pushed")
            .agent(
                "echo one > a; git add .; git commit -qm one; git push -q origin HEAD; echo two > a; git commit -qa --amend -m two")
            .flow(
                WORKED
                    + "def t = yield Try(Push(e))\nreturn t instanceof Err ? t.failure.class.simpleName : 'pushed'")
            .replies("PushRejected"),
        row("G77b neighbour: push.followTags and push.default send nothing but the branch")
            .settings(
                "push.followTags true",
                "push.default matching",
                "push.gpgSign if-asked",
                "branch.autoSetupMerge always")
            .agent(
                "git branch mine; echo hello > greeting.txt; git add .; git commit -qm hello; git tag -a -m v9 v9")
            .flow(PROPOSED)
            .ok()
            .holds(
                "git -C $O tag; git -C $O branch --list mine; git -C $O show $b:greeting.txt",
                "hello"));
  }
}
