package conductor.cli;

import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of branches, issues and files as people choose them. */
class WildRepositoriesNamesTest {

  private static final String PREFIXED =
      """
      def e = yield CreateWorktree(name: 'w')
      yield WriteFile(e, 'a', 'a')
      return (yield CreatePR(env: e, title: 'T')).branch
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void copesWithNames(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(prefixes(), worktrees(), branches(), files()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> prefixes() {
    return Stream.of(
        row("G16 where there is a branch called conductor a free prefix is used and said")
            .sh("git branch conductor")
            .flow(PREFIXED)
            .ok()
            .says("branch", "conductor")
            .holds("git -C $O branch --list | grep -v ' conductor/' | grep -c 'w-wf-'", "1"),
        row("G16 neighbour: also where only the remote has it")
            .sh("git push -q origin HEAD:refs/heads/conductor")
            .flow(PREFIXED)
            .ok()
            .holds("git -C $O branch --list | grep -c 'w-wf-'", "1"),
        row("G16 neighbour: the configured prefix is used, with slashes too")
            .sh("git branch conductor")
            .config("worktree: {branch_prefix: team/bots}")
            .flow(PREFIXED)
            .ok()
            .prints("team/bots/w-wf-"),
        row("G16 neighbour: where the configured one is a branch too a free one is used and said")
            .sh("git branch bots")
            .config("worktree: {branch_prefix: bots}")
            .flow(PREFIXED)
            .ok()
            .says("branch", "bots")
            .holds("git -C $O branch --list | grep -c 'w-wf-'", "1"),
        row("G16 neighbour: merges have the prefix, and cleanup knows the worktrees as ours")
            .config("worktree: {branch_prefix: bots}")
            .flow(
                "def e = yield CreateWorktree(name: 'w')\nreturn (yield MergeBranches([e])).branch.startsWith('bots/')")
            .replies("true")
            .conductor("env", "cleanup")
            .holds("git branch --list 'bots/*'; echo $w", ""));
  }

  private static Stream<WildRow> worktrees() {
    return Stream.of(
        collide(
            "G17 a name with a slash and one with a dash are two worktrees",
            "name: 'app/web'",
            "name: 'app-web'"),
        collide(
            "G17 neighbour: so are names that differ in signs that are left out",
            "name: 'a b'",
            "name: 'a?b'"),
        collide(
            "G17 neighbour: and a suffix and a name that has it",
            "name: 'a', suffix: 'b'",
            "name: 'a-b'"),
        collide("G17 neighbour: and the same name twice", "name: 'w'", "name: 'w'"),
        collide(
            "G17 neighbour: and names of 200 characters that differ in the last",
            "name: 'x' * 200 + 'a'",
            "name: 'x' * 200 + 'b'"),
        row("G18 issue files are named in every way")
            .agent("date +%s%N > greeting.txt")
            .sh(
                """
                for n in 'Fix the login' '\u00dcber-\u00c4nderung' 'Why?' 'list [draft]' 'PROJ:12' 'a..b' 'x.lock' '-dash' '.hidden' '~\u65e5\u672c\u8a9e^' 'HEAD' '@{0}'; do
                  printf '# Add a greeting\\n\\nWrite it.\\n' > "$W/$n.md"
                done
                """)
            .flow(
                """
                def names = ['Fix the login', '\u00dcber-\u00c4nderung', 'Why?', 'list [draft]', 'PROJ:12', 'a..b', 'x.lock', '-dash', '.hidden', '~\u65e5\u672c\u8a9e^', 'HEAD', '@{0}', 'a' * 240]
                return names.collect { n -> yield Try(CreateWorktree(name: n)) }.findAll { it instanceof Err }*.failure*.message.join('; ')
                """)
            .replies("")
            .conductor("run", "basic_pr", "--issue", "@ROOT@/Why?.md", "--quiet")
            .ok()
            .conductor("run", "basic_pr", "--issue", "@ROOT@/-dash.md", "--quiet")
            .ok()
            .conductor("run", "basic_pr", "--issue", "@ROOT@/PROJ:12.md", "--quiet")
            .ok()
            .holds("git -C $O branch --list 'conductor/*' | wc -l", "3"));
  }

  private static WildRow collide(String name, String one, String two) {
    return row(name)
        .flow(
            """
            def x = yield CreateWorktree(%s)
            yield WriteFile(env: x, path: 'x.txt', content: 'x')
            def y = yield CreateWorktree(%s)
            return "${x.path == y.path} ${x.id == y.id} ${x.branch == y.branch} " + (yield Exec('git ls-files --others', env: y)).output
            """
                .formatted(one, two))
        .replies("false false false");
  }

  private static Stream<WildRow> branches() {
    return Stream.of(
        row("G16 neighbour: branch names the new branch whole")
            .flow(
                """
                def e = yield CreateWorktree(branch: 'gr\u00fc\u00dfe/von-uns')
                yield WriteFile(e, 'a', 'a')
                def m = yield MergeBranches([e], branch: 'alles')
                yield Push(m)
                return "$e.branch $m.branch"
                """)
            .replies("gr\u00fc\u00dfe/von-uns alles")
            .holds("git -C $O show alles:a", "a"),
        row("G16 neighbour: a branch that is there is BranchTaken, here and at the remote")
            .sh("git branch mine; git push -q origin HEAD:refs/heads/theirs")
            .flow(
                """
                def ok = yield CreateWorktree(branch: 'ours')
                def t = [CreateWorktree(branch: 'mine'), CreateWorktree(branch: 'theirs'), CreateWorktree(branch: 'ours'), MergeBranches([ok], branch: 'mine')]
                return t.collect { a -> (yield Try(a)).failure }.collect { "${it.class.simpleName} $it.branch $it.where" }.join(', ')
                """)
            .replies(
                "BranchTaken mine here, BranchTaken theirs origin, BranchTaken ours here, BranchTaken mine here")
            .holds("git branch --format='%(refname:short)'", "main\nmine\nours"),
        row("G16 neighbour: one of 200 characters is taken as it is")
            .flow("def e = yield CreateWorktree(branch: 'x' * 200)\nreturn e.branch.size()")
            .replies("200"),
        row("G16 neighbour: names that git refuses are BadBranchName")
            .flow(
                """
                def names = ['a..b', '-x', 'a b', 'x.lock', 'a~1', '@', 'x/', '/x']
                return names.collect { n -> (yield Try(CreateWorktree(branch: n))) }.collect { it instanceof Err ? it.failure.class.simpleName : it.value.branch }.unique().join(' ')
                """)
            .replies("BadBranchName")
            .holds("git branch --format='%(refname:short)'", "main"),
        row("G16 neighbour: nor is a refspec or an option a branch to push to")
            .flow(
                WORKTREE
                    + """
                    yield WriteFile(e, 'a', 'a')
                    yield Commit(e, 'a')
                    def names = ['--force', 'x:refs/heads/main', '+main', 'a b', '']
                    return names.collect { n -> (yield Try(Push(env: e, branch: n))) }.collect { it instanceof Err ? it.failure.class.simpleName : it.value }.unique().join(' ')
                    """)
            .replies("BadBranchName refs/heads/+main")
            .holds("git -C $O branch --format='%(refname:short)'", "+main\nmain"),
        row("G16 neighbour: a name that climbs is a name like any other")
            .flow(
                "def e = yield CreateWorktree(name: '../../../x')\nreturn e.branch.replaceAll(/wf-.*/, '')")
            .replies("conductor/x-"),
        row("G16 neighbour: a branch below another one is refused by name")
            .flow("yield CreateWorktree(branch: 'main/x')")
            .fails("main")
            .holds("git branch --format='%(refname:short)'; echo $w", "main"));
  }

  private static Stream<WildRow> files() {
    return Stream.of("merge", "squash", "rebase")
        .map(strategy ->
            row("G58 files with unusual names are in conflicts, diffs and merges, by " + strategy)
                .settings("core.quotePath " + !strategy.equals("squash"))
                .flow(
                    """
                    def names = ['-dash', 'new\\nline', 'quo"te', ' lead', '\u00e9moji \ud83d\ude42', 'back\\\\slash', ':(glob)x', 'a..b', 'x' * 200, '*']
                    def a = yield CreateWorktree(name: 'a')
                    def b = yield CreateWorktree(name: 'b')
                    for (n in names) {
                      yield WriteFile(env: a, path: n, content: 'a\\n')
                      yield WriteFile(env: b, path: n, content: 'b\\n')
                    }
                    def t = yield Try(MergeBranches([a, b], strategy: '%s'))
                    yield CreatePR(env: a, title: 'T')
                    return (names - t.failure.files).inspect()
                    """
                        .formatted(strategy))
                .replies("[]")
                .conductor("pr", "diff", "1")
                .ok()
                .keeps("diff")
                .holds("git apply --check $W/diff; grep -c ^diff $W/diff", "10")
                .conductor("pr", "merge", "1", "--strategy", strategy)
                .ok()
                .holds("git -C $O ls-tree -z main | tr -cd '\\000' | wc -c", "11"));
  }
}
