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

/** Repositories that are laid out in other ways than a clone with its .git inside. */
class WildRepositoriesLayoutsTest {

  private static final String BARE =
      """
      mkdir $W/p; cd $W/p; git clone -q --bare $O .bare; echo 'gitdir: ./.bare' > .git
      git worktree add -q main main
      """;

  private static final String LINKED =
      """
      git remote remove origin; echo .env > .gitignore; echo .env > .worktreeinclude; git add .; git commit -qm i
      git worktree add -q -b feature $W/wt; echo FROM=main > .env; cd $W/wt; mkdir sub; echo f > sub/f
      git add .; git commit -qm f; echo FROM=feature > .env
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void worksInEveryLayout(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(
        row("G8 a bare clone with worktrees beside it: what the checkout includes is copied, and it is merged")
            .pushed("printf '*.log\\n' > .gitignore; echo secret.log > .worktreeinclude")
            .sh(BARE + "echo s3 > $W/p/main/secret.log")
            .agent("cat secret.log; echo hello > greeting.txt")
            .flowIn(
                "p/main",
                WORKED
                    + "yield CreatePR(env: e, title: 'T')\nreturn yield ReadFile(e, 'secret.log')")
            .replies("s3")
            .conductorIn("p/main", "pr", "merge", "1")
            .ok()
            .holds("git -C $O show main:greeting.txt", "hello"),
        row("G8 neighbour: its merges, and cleanup, leave the user's worktrees alone")
            .sh(BARE)
            .file("a", "echo a > a")
            .file("b", "echo b > b")
            .flowIn(
                "p/main",
                TWO
                    + "yield CreatePR(env: yield(MergeBranches(envs, strategy: 'rebase')), title: 'T')")
            .ok()
            .conductorIn("p/main", "pr", "merge", "1", "--strategy", "rebase", "--delete-branch")
            .ok()
            .conductorIn("p/main", "env", "cleanup")
            .ok()
            .holds(
                "git -C $O show main:a main:b; git -C $W/p/main status --porcelain --branch; ls $W/p",
                "a\nb\n## main\nmain"),
        row("G8 neighbour: in the directory above the worktrees, which has no files, it says what to do")
            .sh(BARE)
            .flowIn("p", WORKTREE)
            .fails("NotARepository", "bare"),
        row("G41 a git directory elsewhere: included files are there, and the checkout follows the merge")
            .sh(
                """
                git init -q --separate-git-dir $W/store.git $W/s; cd $W/s
                printf '*.log\\n' > .gitignore; echo x.log > .worktreeinclude; echo s > x.log; git add .; git commit -qm s
                """)
            .agent("cat x.log > copied.txt; echo hello > greeting.txt")
            .flowIn("s", PROPOSED)
            .ok()
            .conductorIn("s", "pr", "merge", "1")
            .ok()
            .holds(
                "cd $W/s; cat greeting.txt copied.txt; git show main:greeting.txt; git status --porcelain",
                "hello\ns\nhello"),
        row("G41 neighbour: a clone that is a submodule of another repository is one of its own")
            .library()
            .agent("echo hello > greeting.txt")
            .flowIn("repo/lib", WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
            .replies("main")
            .holds(
                "git -C $W/lib.git show $(git -C $W/lib.git for-each-ref --format='%(refname)' refs/heads/conductor):greeting.txt; git status --porcelain",
                "hello"),
        row("G43 a remote with a relative url is pushed to, verified and merged")
            .sh("git remote set-url origin ../origin.git")
            .flow(
                WORKTREE
                    + """
                    yield WriteFile(env: e, path: 'greeting.txt', content: 'hello\\n')
                    yield Commit(env: e, message: 'work')
                    yield Push(e)
                    yield Verify(env: e, pushed: true)
                    return (yield CreatePR(env: e, title: 'T')).number
                    """)
            .replies("1")
            .conductor("pr", "merge", "1")
            .ok()
            .holds("git -C $O show main:greeting.txt", "hello"),
        row("G43 neighbour: so is one that is pushed elsewhere, and a base that is behind it is fetched")
            .sh(
                """
                git remote set-url origin ../origin.git; git clone -q --bare $O $W/push.git
                git remote set-url --push origin ../push.git
                git clone -q $O $W/mate; cd $W/mate; echo new > new.txt; git add .; git commit -qm new; git push -q
                """)
            .flow(
                WORKTREE
                    + "yield WriteFile(e, 'g', 'g')\nyield Commit(e, 'g')\nyield Push(e)\nreturn (yield Exec('cat new.txt', env: e)).output")
            .replies("new")
            .holds("git -C $W/push.git branch --list 'conductor/*' | wc -l", "1"),
        row("G84 in a linked worktree of the user's, base and included files are those of that one")
            .sh(LINKED)
            .flowIn(
                "wt/sub",
                WORKTREE
                    + "return e.base_branch + ' ' + (yield Exec('cat .env sub/f', env: e)).output")
            .replies("feature FROM=feature\nf"),
        row("G84 neighbour: what the list itself names is that of the worktree too")
            .sh(
                LINKED
                    + "cd $W/wt; echo other > .worktreeinclude; git commit -qam other; echo other >> .gitignore; git commit -qam i; echo o > other")
            .flowIn(
                "wt", WORKTREE + "return (yield Exec('cat other; test ! -e .env', env: e)).output")
            .replies("o"),
        row("G84 neighbour: a merge in a linked worktree has its files too")
            .sh(LINKED)
            .file("a", "echo a > a")
            .file("b", "echo b > b")
            .flowIn(
                "wt",
                TWO + "return (yield Exec('cat .env a b', env: yield(MergeBranches(envs)))).output")
            .replies("FROM=feature\na\nb"));
  }
}
