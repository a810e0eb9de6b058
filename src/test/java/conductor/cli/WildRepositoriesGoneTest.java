package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Worktrees that are not ours any more: without their .git, replaced, or without a repository. */
class WildRepositoriesGoneTest {

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void touchesNothingElseWhenAWorktreeIsGone(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static final String DOTFILES =
      "git init -q $W/home; cd $W/home; echo x > .bashrc; git add .bashrc; git commit -qm dotfiles";

  private static final String UNTOUCHED =
      "cd $W/home; git log --format=%s; git diff --cached --name-only";

  private static Stream<WildRow> rows() {
    return Stream.of(acts(), replaced(), forced(), vanished()).flatMap(rows -> rows);
  }

  /** The state lies in a repository of the user's, which git finds when the worktree's is gone. */
  private static Stream<WildRow> acts() {
    return Stream.of(
            "yield Commit(e, 'c')",
            "yield Verify(e)",
            "yield Push(e)",
            "yield CreatePR(env: e, title: 'T')",
            "yield MergeBranches([e])")
        .map(act ->
            row("G29 without its .git file nothing is done to the repository around: " + act)
                .sh(DOTFILES)
                .variable("CONDUCTOR_STATE_DIR", "@ROOT@/home/.local/state")
                .agent("echo hello > greeting.txt; rm .git")
                .flow(WORKED + act)
                .fails("WorktreeNotReady")
                .holds(UNTOUCHED, "dotfiles")
                .holds("cat $W/home/.local/state/worktrees/*/*/greeting.txt", "hello"));
  }

  private static Stream<WildRow> replaced() {
    return Stream.of(
        row("G29 neighbour: a repository that the agent made in its place is not ours")
            .agent("rm .git; git init -q; echo hello > greeting.txt; git add .; git commit -qm own")
            .flow(PROPOSED)
            .fails("WorktreeNotReady")
            .holds("git -C $O branch --list 'conductor/*'; git -C $w log --format=%s", "own"),
        row("G29 neighbour: a .git file of another worktree is not ours")
            .merging("echo a > a", "echo b > b; cp ../a-*/.git .git", "yield Commit(envs[1], 'c')")
            .fails("WorktreeNotReady")
            .holds(
                "git for-each-ref --format='%(contents:subject)' refs/heads/conductor | sort -u",
                "first"),
        row("G29 neighbour: nor is the .git file of the user's checkout")
            .agent("echo hello > greeting.txt; echo 'gitdir: @ROOT@/repo/.git' > .git")
            .flow(PROPOSED)
            .fails("WorktreeNotReady")
            .holds("git log --format=%s; git diff --cached --name-only", "first"),
        row("G29 neighbour: deleting without force refuses and says that it is none any more")
            .agent("echo hello > greeting.txt; rm .git")
            .flow(WORKED + "yield DeleteWorktree(e)")
            .fails("UnmergedWork", "no worktree")
            .holds("cat $w/greeting.txt", "hello"));
  }

  private static Stream<WildRow> forced() {
    return Stream.of(
        row("G29c by force, files without a .git file go to the trash and links are not followed")
            .sh("mkdir $W/outside; echo keep > $W/outside/keep")
            .agent("echo work > only.txt; ln -s @ROOT@/outside link; rm .git")
            .flow(WORKED + "yield DeleteWorktree(e, force: true)\nreturn e.id")
            .ok()
            .keeps("id")
            .holds(
                "git show refs/conductor/trash/$(cat $W/id):only.txt; cat $W/outside/keep",
                "work\nkeep")
            .holds("echo $w", ""),
        row("G29c neighbour: so do the files of a repository in its place")
            .agent(
                "rm .git; git init -q; echo work > only.txt; git add .; git commit -qm own; echo late > late.txt")
            .flow(WORKED + "yield DeleteWorktree(e, force: true)\nreturn e.id")
            .ok()
            .keeps("id")
            .holds(
                "git show refs/conductor/trash/$(cat $W/id):only.txt refs/conductor/trash/$(cat $W/id):late.txt",
                "work\nlate"),
        row("G29c neighbour: deleting by force is done once when it is asked for twice")
            .agent("echo work > only.txt; git add .; git commit -qm work; rm .git")
            .flow(
                WORKED
                    + "yield DeleteWorktree(e, force: true)\nreturn yield Try(DeleteWorktree(e, force: true))")
            .ok()
            .holds("git show $t:only.txt; echo $w", "work"));
  }

  private static Stream<WildRow> vanished() {
    return Stream.of(
        row("G66 a repository that is deleted under an agent is named, and its work is kept")
            .agent("echo hello > greeting.txt; rm -rf @ROOT@/repo/.git")
            .flow(PROPOSED)
            .fails("repository")
            .conductor("env", "list")
            .ok()
            .conductor("env", "cleanup")
            .ok()
            .holds("cat $w/greeting.txt", "hello"),
        row("G66 neighbour: so is one that was moved")
            .agent("echo hello > greeting.txt; mv @ROOT@/repo/.git @ROOT@/repo/away")
            .flow(WORKED + "yield MergeBranches([e])")
            .fails("repository")
            .holds("cat $w/greeting.txt", "hello"),
        row("G66b a worktree that is deleted under an agent is named, and the checkout is left alone")
            .sh("echo wip >> README.md")
            .agent("w=$PWD; echo hello > greeting.txt; cd /; rm -rf \"$w\"")
            .flow(PROPOSED)
            .fails("gone")
            .holds("git log --format=%s main; git status --porcelain", "first\n M README.md")
            .conductor("env", "cleanup")
            .ok()
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok(),
        row("G66b neighbour: Verify and MergeBranches say the same")
            .agent("w=$PWD; cd /; rm -rf \"$w\"")
            .flow(
                WORKED
                    + "return [Verify(e), MergeBranches([e])].collect { a -> (yield Try(a)).failure.message.contains('gone') }.join(' ')")
            .replies("true true"));
  }
}
