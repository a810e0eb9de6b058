package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that .worktreeinclude copies into worktrees. */
class WildRepositoriesCopiedFilesTest {

  private static final String SECRET =
      "echo .env > .worktreeinclude; git add .; git commit -qm i; git push -q origin main; echo .env > .gitignore; echo TOKEN=1 > .env";

  private static final String LISTED =
      "echo cfg/ > .gitignore; echo cfg/ > .worktreeinclude; git add .gitignore .worktreeinclude; git commit -qm i; git push -q origin main";

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void copiesWhatIsListedAndCommitsNoneOfIt(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(secrets(), copies()).flatMap(rows -> rows);
  }

  /** The checkout ignores .env by a line that is not committed: worktrees do not ignore it. */
  private static Stream<WildRow> secrets() {
    return Stream.of(
        row("G7 a copied file that the worktree does not ignore is not proposed")
            .sh(SECRET)
            .agent("test -e .env; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        row("G7 neighbour: nor is it when the agent changed it")
            .sh(SECRET)
            .agent("echo MORE=1 >> .env; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        row("G7 neighbour: nor is it pushed when the agent adds all that there is")
            .sh(SECRET)
            .agent("echo hello > greeting.txt; git add -A; git commit -qm all")
            .flow(PROPOSED)
            .holds("git -C $O ls-tree -r --name-only ${b:-main} | grep -c .env || true", "0"),
        row("G7 neighbour: alone it is nothing to commit, and no difference")
            .sh(SECRET)
            .flow(
                WORKTREE
                    + "return \"${(yield Verify(e)).clean} \" + (yield Diff(e)).size() + (yield Try(Commit(e, 'c'))).failure.class.simpleName")
            .replies("true 0NothingToCommit"),
        row("G7 neighbour: a merge of two that have it has none of it, by squash")
            .sh(SECRET)
            .merging(
                "echo a > a",
                "echo b > b",
                "yield CreatePR(env: yield(MergeBranches(envs, strategy: 'squash')), title: 'T')")
            .ok()
            .holds("git -C $O diff --name-only main $b", "a\nb"),
        row("G7 neighbour: cleanup takes a worktree that has nothing else")
            .sh(SECRET)
            .flow(WORKTREE)
            .ok()
            .conductor("env", "cleanup")
            .prints("removed"),
        row("G7 neighbour: one that core.excludesFile ignores is copied and not proposed")
            .settings("core.excludesFile @ROOT@/excludes")
            .sh(
                "echo .env > $W/excludes; echo TOKEN=1 > .env; echo .env > .worktreeinclude; git add .worktreeinclude; git commit -qm i; git push -q origin main")
            .agent("cat .env > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O diff --name-only main $b", "greeting.txt"));
  }

  private static Stream<WildRow> copies() {
    return Stream.of(
        row("G60b comments, ends of lines, negation, modes and blanks are as .gitignore has them")
            .sh(
                "printf 'cfg/\\nbin/\\n*.key\\n*.log\\n' > .gitignore; mkdir -p cfg/deep/er bin; echo 1 > cfg/a.yml; echo 2 > cfg/deep/er/b.yml; echo 3 > cfg/no.yml; echo 4 > 'my secret.key'; printf '#!/bin/sh\\n' > bin/tool; chmod 755 bin/tool; echo x > x.log")
            .pushed(
                "printf '# comment\\r\\ncfg/**\\r\\n!cfg/no.yml\\r\\n*.key\\r\\n/bin/\\r\\n' > .worktreeinclude")
            .flow(
                WORKTREE
                    + "return (yield Exec('find cfg bin *.key *.log -type f 2>/dev/null | sort; test -x bin/tool && echo exec', env: e)).output")
            .replies("bin/tool\ncfg/a.yml\ncfg/deep/er/b.yml\nmy secret.key\nexec"),
        row("G60b neighbour: a link stays a link")
            .sh(
                "mkdir cfg; echo 1 > cfg/a.yml; ln -s a.yml cfg/current; ln -s gone cfg/dangling\n"
                    + LISTED)
            .flow(
                WORKTREE
                    + "return (yield Exec('readlink cfg/current cfg/dangling; cat cfg/current', env: e)).output")
            .replies("a.yml\ngone\n1"),
        row("G60b neighbour: so does one to a directory, whose files are not copied twice")
            .sh("mkdir -p cfg/v1; echo 1 > cfg/v1/f; ln -s v1 cfg/now\n" + LISTED)
            .flow(
                WORKTREE
                    + "return (yield Exec('readlink cfg/now; cat cfg/now/f; find cfg -type f', env: e)).output")
            .replies("v1\n1\ncfg/v1/f"),
        row("G60b neighbour: one that leads out of the checkout is named, and nothing behind it is copied")
            .sh(
                "mkdir $W/outside cfg; echo s > $W/outside/s; ln -s $W/outside cfg/out; ln -s ../../outside/s cfg/up; echo 1 > cfg/in\n"
                    + LISTED)
            .flow(WORKTREE + "return (yield Exec('cat cfg/in; find cfg -type f', env: e)).output")
            .replies("1\ncfg/in")
            .says("cfg/out", "cfg/up"),
        row("G60b neighbour: names with umlauts, a line's end and a leading dash are copied")
            .sh(
                "mkdir cfg; echo 1 > 'cfg/gr\u00fc\u00dfe'; echo 2 > cfg/-dash; echo 3 > \"$(printf 'cfg/new\\nline')\"\n"
                    + LISTED)
            .flow(
                WORKTREE
                    + "return (yield Exec('cat cfg/gr\u00fc\u00dfe cfg/-dash cfg/new*', env: e)).output")
            .replies("1\n2\n3"),
        row("G60b neighbour: a worktree's own file is not written over")
            .sh(
                "mkdir cfg; echo 1 > cfg/a; echo 'cfg/*' > .gitignore; echo 'cfg/*' > .worktreeinclude; git add -f cfg/a .gitignore .worktreeinclude; git commit -qm i; git push -q origin main; git rm -q --cached cfg/a; git commit -qm away; echo mine > cfg/a")
            .flow(WORKTREE + "return yield ReadFile(e, 'cfg/a')")
            .replies("1"));
  }
}
