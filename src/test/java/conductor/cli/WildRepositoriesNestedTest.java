package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repositories that agents leave in a worktree, as scaffolding tools do. */
class WildRepositoriesNestedTest {

  private static final String SCAFFOLD =
      "(mkdir web; cd web; git init -q; echo app > app.js; git add .; git commit -qm scaffold)\n";

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void takesTheFilesOfNestedRepositories(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(proposed(), merged(), deleted()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> proposed() {
    return Stream.of(
        row("G31 the files of a nested repository are proposed, it is said, and its history is kept")
            .agent(SCAFFOLD)
            .flow(PROPOSED)
            .ok()
            .says("web")
            .holds("git -C $O show $b:web/app.js", "app")
            .holds("git -C $O ls-tree $b web | cut -c1-6", "040000")
            .holds(
                "git log --format=%s $(git for-each-ref --format='%(refname)' refs/conductor/nested)",
                "scaffold"),
        row("G31 neighbour: Commit takes them too, and a second one what came later")
            .agent(SCAFFOLD)
            .flow(
                WORKED
                    + """
                    yield Commit(e, 'one')
                    yield Exec('cd web && echo more > more.js && (git add . && git commit -qm more; true)', env: e, check: true)
                    yield Commit(e, 'two')
                    yield CreatePR(env: e, title: 'T')
                    """)
            .ok()
            .holds("git -C $O show $b:web/app.js $b:web/more.js", "app\nmore"),
        row("G31 neighbour: what a nested repository ignores is not taken")
            .agent(
                "mkdir web; cd web; git init -q; echo deps/ > .gitignore; mkdir deps; echo d > deps/d; echo app > app.js; git add .; git commit -qm scaffold")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O ls-tree -r --name-only $b", "README.md\nweb/.gitignore\nweb/app.js"),
        row("G31 neighbour: one in a directory that is ignored is left alone")
            .pushed("echo vendor/ > .gitignore")
            .agent(
                "mkdir -p vendor/x; cd vendor/x; git init -q; echo x > x; git add .; git commit -qm x; cd ../..; echo y > y")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "y"),
        row("G31 neighbour: two, one within the other, with blanks and umlauts in their names")
            .agent(
                """
                mkdir -p 'm\u00fc ll/in ner'; cd 'm\u00fc ll'; git init -q; echo o > o; git add o; git commit -qm outer
                cd 'in ner'; git init -q; echo i > i; git add i; git commit -qm inner
                """)
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show \"$b:m\u00fc ll/o\" \"$b:m\u00fc ll/in ner/i\"", "o\ni"),
        row("G31 neighbour: an agent that adds it by itself makes no bare link of it at the remote")
            .agent(SCAFFOLD + "git add -A; git commit -qm 'all of it'")
            .flow(PROPOSED)
            .holds("git -C $O ls-tree -r ${b:-main} | grep -c ^160000 || true", "0")
            .conductor("env", "cleanup")
            .holds("cat $w/web/app.js", "app"),
        row("G31 neighbour: one with a remote of its own is refused by name and kept")
            .agent(SCAFFOLD + "git -C web remote add origin https://example.com/web.git")
            .flow(PROPOSED)
            .fails("WorktreeNotReady", "web")
            .conductor("env", "cleanup")
            .prints("kept")
            .holds("cat $w/web/app.js; git -C $O branch --list 'conductor/*'", "app"),
        row("G32 the files of a nested repository without a commit are proposed")
            .agent("git init -q web; echo app > web/app.js; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O show $b:web/app.js $b:greeting.txt", "app\nhello"),
        row("G32 neighbour: an empty one is nothing")
            .agent("git init -q web; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"));
  }

  private static Stream<WildRow> merged() {
    return Stream.of("merge", "squash", "rebase")
        .map(strategy ->
            row("G31 neighbour: MergeBranches takes the files in, by " + strategy)
                .merging(
                    SCAFFOLD,
                    "echo b > b",
                    "def m = yield MergeBranches(envs, strategy: '%s')\nyield CreatePR(env: m, title: 'T')"
                        .formatted(strategy))
                .ok()
                .holds("git -C $O show $b:web/app.js $b:b", "app\nb"));
  }

  private static Stream<WildRow> deleted() {
    return Stream.of(
        row("G31 cleanup keeps a worktree with a nested repository")
            .agent(SCAFFOLD)
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .prints("kept")
            .holds("cat $w/web/app.js", "app"),
        row("G32 cleanup keeps one whose nested repository has no commit")
            .settings("status.showUntrackedFiles no")
            .agent("git init -q web; echo app > web/app.js")
            .flow(WORKED)
            .ok()
            .conductor("env", "cleanup")
            .prints("kept")
            .holds("cat $w/web/app.js", "app"),
        row("G31 neighbour: deleting refuses one")
            .agent(SCAFFOLD)
            .flow(WORKED + "yield DeleteWorktree(e)")
            .fails("UnmergedWork")
            .holds("cat $w/web/app.js", "app"),
        row("G31 neighbour: by force its files go to the trash under the worktree's name")
            .agent(SCAFFOLD)
            .flow(WORKED + "yield DeleteWorktree(e, force: true)\nreturn e.id")
            .ok()
            .keeps("id")
            .holds("git show refs/conductor/trash/$(cat $W/id):web/app.js", "app"),
        row("G32 by force the files of one without a commit go there too")
            .agent("mkdir web; git init -q web; echo app > web/app.js; echo hi > x.txt")
            .flow(WORKED + "yield DeleteWorktree(e, force: true)\nreturn e.id")
            .ok()
            .keeps("id")
            .holds("git show refs/conductor/trash/$(cat $W/id):web/app.js", "app"));
  }
}
