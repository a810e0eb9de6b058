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

/** Hooks that fail, and locks that a killed git left. */
class WildRepositoriesHooksTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void getsOnWithHooksAndLocks(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static WildRow hooked(String name, String hook, String script) {
    return row(name)
        .sh(
            "printf '#!/bin/sh\\n%s\\n' > .git/hooks/%s; chmod +x .git/hooks/%s"
                .formatted(script, hook, hook));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(hooks(), locks()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> hooks() {
    return Stream.of(
        hooked(
                "G33 a post-checkout hook that fails stops no worktree",
                "post-checkout",
                "echo overcommit: not found >&2; exit 127")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:greeting.txt", "hello"),
        hooked("G33 neighbour: nor a merge and its worktree", "post-checkout", "exit 2")
            .sh(
                "printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/post-merge; chmod +x .git/hooks/post-merge")
            .merging(
                "echo a > a",
                "echo b > b",
                "return (yield Exec('cat a b', env: yield(MergeBranches(envs, strategy: 'rebase')))).output")
            .replies("a\nb"),
        row("G33 neighbour: nor does one of core.hooksPath in the repository")
            .pushed(
                "mkdir .husky; printf '#!/bin/sh\\nexit 1\\n' > .husky/post-checkout; chmod +x .husky/post-checkout")
            .sh("git config core.hooksPath .husky")
            .flow(WORKTREE + "return yield ReadFile(e, 'README.md')")
            .replies("one"),
        hooked(
                "G48 a pre-push hook that refuses is quoted, and once it is repaired one pull request is opened",
                "pre-push",
                "echo lint failed in a.c >&2; exit 1")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .fails("lint failed in a.c")
            .sh("rm .git/hooks/pre-push")
            .resume()
            .ok()
            .holds(
                "git -C $O rev-list --count main..$b; ls $W/state/pulls/*/*.json | wc -l", "1\n1"),
        hooked(
                "G48 neighbour: Push quotes it too",
                "pre-push",
                "echo lint failed in a.c >&2; exit 1")
            .agent("echo hello > greeting.txt; git add .; git commit -qm hello")
            .flow(WORKED + "yield Push(e)")
            .fails("PushRejected", "lint failed in a.c"),
        hooked(
                "G49 a commit-msg hook that refuses our message is quoted, and the work is kept",
                "commit-msg",
                "head -1 \"$1\" | grep -Eq \"^(feat|fix)\" \\&\\& exit 0; echo commitlint: needs a type >\\&2; exit 1"
                    .replace("\\&", "&"))
            .merging("echo a > a", "echo b > b", "yield MergeBranches(envs)")
            .fails("commitlint: needs a type")
            .holds("cat $W/state/worktrees/*/a-*/a; git branch --list 'conductor/merged*'", "a"),
        hooked(
                "G49 neighbour: a message of the script's own that it likes is committed and merged",
                "commit-msg",
                "head -1 \"$1\" | grep -Eq \"^(feat|fix|Merge)\" || exit 1")
            .agent("echo hello > greeting.txt")
            .flow(
                WORKED
                    + "yield Commit(e, 'feat: greet')\nreturn (yield CreatePR(env: e, title: 'feat: greet')).target")
            .replies("main")
            .conductor("pr", "merge", "1", "--strategy", "squash")
            .ok(),
        hooked(
                "G49 neighbour: what a pre-commit hook reformats is committed as it left it",
                "pre-commit",
                "echo formatted > greeting.txt; git add greeting.txt")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:greeting.txt; git -C $w status --porcelain", "formatted"));
  }

  private static Stream<WildRow> locks() {
    return Stream.of(
        stale(
            "G35 an index.lock that a killed git left is removed once nobody works there",
            "index.lock"),
        stale("G35b so is a HEAD.lock", "HEAD.lock"),
        row("G35b neighbour: so is a lock on our branch")
            .agent(
                "echo hello > greeting.txt; touch \"$(git rev-parse --git-common-dir)/refs/heads/$(git branch --show-current).lock\"")
            .flow(PROPOSED)
            .ok(),
        row("G35 neighbour: cleanup keeps a worktree with a lock in it, or takes it whole")
            .agent("touch \"$(git rev-parse --git-dir)/index.lock\"; echo hello > greeting.txt")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .prints("kept")
            .holds("cat $w/greeting.txt", "hello"),
        row("G72 locks of the user's checkout are in nobody's way")
            .sh("touch .git/index.lock .git/config.lock")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .conductor("pr", "merge", "1")
            .ok()
            .conductor("env", "cleanup")
            .prints("removed")
            .holds(
                "ls .git/index.lock .git/config.lock; echo $w",
                ".git/config.lock\n.git/index.lock"),
        row("G72 neighbour: nor of a merge, with submodules to prepare")
            .library()
            .sh("touch .git/index.lock .git/config.lock")
            .merging(
                "cat lib/lib.txt > a",
                "echo b > b",
                "return (yield Exec('cat a b lib/lib.txt', env: yield(MergeBranches(envs)))).output")
            .replies("lib\nb\nlib"));
  }

  /** Either it is seen through, or named and the run goes on once it is gone. */
  private static WildRow stale(String name, String lock) {
    return row(name)
        .agent("echo hello > greeting.txt; touch \"$(git rev-parse --git-dir)/%s\"".formatted(lock))
        .flow(PROPOSED)
        .ok()
        .holds("git -C $O show $b:greeting.txt", "hello");
  }
}
