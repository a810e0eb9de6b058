package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a worktree starts from, and what its pull request is proposed to. */
class WildRepositoriesBasesTest {

  private static final String RENAMED =
      """
      git branch -m main trunk; echo new > new.txt; git add .; git commit -qm new; git push -q origin trunk
      git -C $O symbolic-ref HEAD refs/heads/trunk; git push -q origin --delete main
      """;

  private static final String AHEAD =
      """
      git clone -q $O $W/mate; cd $W/mate; echo new > new.txt; git add .; git commit -qm new; git push -q; cd $W/repo
      """;

  private static final String UPSTREAM =
      "git clone -q --bare $O $W/up.git; git remote add upstream $W/up.git\n";

  private static final String FORKED =
      """
      git remote remove origin; git branch -m main x; git branch y
      for n in x y; do git switch -q $n; echo $n > $n; git add .; git commit -qm $n; done
      git checkout -q --detach HEAD~1; echo own > own; git add .; git commit -qm own
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void startsFromAndProposesToWhatIsMeant(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  /** Names a flow's base and what it holds: the branch, the remote, the files. */
  private static String based(String arguments) {
    return """
    def e = yield CreateWorktree(%s)
    return "$e.base_branch $e.base_remote " + (yield Exec('git ls-files', env: e)).output.replace('\\n', ' ')
    """
        .formatted(arguments);
  }

  private static Stream<WildRow> rows() {
    return Stream.of(defaults(), asked(), refs(), remotes(), detached()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> defaults() {
    return Stream.of(
        row("G9 a default branch that was renamed at the remote is the one to start from and to propose to")
            .sh("git clone -q $O $W/c\n" + RENAMED)
            .agent("test -e new.txt; echo hello > greeting.txt")
            .flowIn("c", WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
            .replies("trunk")
            .conductorIn("c", "pr", "merge", "1")
            .ok()
            .holds("git -C $O show trunk:greeting.txt; git -C $O branch --list main", "hello"),
        row("G9 neighbour: so it is where origin/HEAD is not known here at all, and fetches prune")
            .settings("fetch.prune true")
            .sh("git clone -q $O $W/c; git -C $W/c remote set-head origin --delete\n" + RENAMED)
            .flowIn("c", based("name: 'w'"))
            .replies("trunk origin README.md new.txt"),
        row("G9 neighbour: a target that was deleted at the remote meanwhile is not made anew")
            .sh("git push -q origin HEAD:refs/heads/next; git fetch -q")
            .flow(
                "def e = yield CreateWorktree(base: 'next')\nyield WriteFile(e, 'a', 'a')\nreturn (yield CreatePR(env: e, title: 'T')).target")
            .replies("next")
            .sh("git -C $O branch -q -D next")
            .conductor("pr", "merge", "1")
            .fails("next")
            .holds("git -C $O branch --list next", "")
            .conductor("pr", "list")
            .prints("open"),
        row("G12 a local branch that is called origin/main is not the remote's main")
            .sh(
                "git branch origin/main; git switch -q -c feature; echo wip > wip; git add .; git commit -qm wip")
            .flow(based("name: 'w'"))
            .replies("main origin README.md"),
        row("G12 neighbour: nor is a tag of that name, nor one that is called main")
            .sh(
                "echo wip > wip; git add .; git commit -qm wip; git tag origin/main; git tag main; git reset -q --hard HEAD~1")
            .flow(based("name: 'w'"))
            .replies("main origin README.md"),
        row("G12 neighbour: nor is it when origin/main is asked for by this name")
            .sh(
                "git branch origin/main; git push -q origin main; git switch -q origin/main; echo wip > wip; git add .; git commit -qm wip")
            .flow(based("base: 'origin/main'"))
            .replies("main origin README.md"));
  }

  private static Stream<WildRow> asked() {
    return Stream.of(
        row("G14 an asked-for branch that is behind its remote's starts from there, and it is said")
            .sh(AHEAD)
            .flow(based("base_branch: 'main'"))
            .replies("main origin README.md new.txt")
            .says("behind")
            .holds("git log --format=%s main", "first"),
        row("G14 neighbour: base is short for base_branch, for other branches too")
            .sh(
                "git branch next; git push -q origin next\n"
                    + AHEAD
                    + "git -C $O update-ref refs/heads/next main")
            .flow(based("base: 'next'"))
            .replies("next origin README.md new.txt")
            .says("behind"),
        row("G14 neighbour: one that is ahead of its remote's is taken with its commits")
            .sh("echo mine > mine; git add .; git commit -qm mine")
            .flow(
                "def e = yield CreateWorktree(base: 'main')\nreturn (yield Exec('cat mine', env: e)).output + e.base_branch")
            .replies("mine\nmain"),
        row("G14 neighbour: one that has diverged is taken as it is here")
            .sh(AHEAD + "echo mine > mine; git add .; git commit -qm mine")
            .flow(
                "def e = yield CreateWorktree(base: 'main')\nreturn (yield Exec('git ls-files', env: e)).output")
            .replies("README.md\nmine"),
        row("G14 neighbour: with branch.autoSetupMerge always the new branch tracks nothing")
            .settings("branch.autoSetupMerge always", "branch.autoSetupRebase always")
            .flow("yield CreateWorktree(base: 'origin/main')\nyield CreateWorktree(base: 'main')")
            .ok()
            .holds("git config --get-regexp '^branch.conductor/' || true", ""),
        row("G99b HEAD is what is checked out, not the remote's")
            .sh("git switch -q -c feature; echo wip > wip.txt; git add .; git commit -qm wip")
            .flow(
                "def e = yield CreateWorktree(base_branch: 'HEAD')\nreturn e.base_branch + (yield Exec('cat wip.txt', env: e)).output")
            .replies("featurewip"),
        row("G99b neighbour: so it is where HEAD is detached")
            .sh("git checkout -q --detach; echo wip > wip.txt; git add .; git commit -qm wip")
            .flow(
                "def e = yield CreateWorktree(base: 'HEAD')\nreturn (yield Exec('cat wip.txt', env: e)).output")
            .replies("wip"));
  }

  private static Stream<WildRow> refs() {
    return Stream.of(
        row("G99 a tag, a commit, a full ref and a branch of the remote's alone lead to a branch as the target")
            .sh(
                """
                git tag v1; echo 2 > two; git add .; git commit -qm two; git push -q origin main
                git push -q origin main:refs/heads/only-remote; git update-ref -d refs/remotes/origin/only-remote
                """)
            .flow(
                """
                def sha = (yield Exec('git rev-parse HEAD~1', env: yield(CreateWorktree()))).output.trim()
                def said = []
                for (b in ['v1', sha, sha.take(10), 'refs/heads/main', 'refs/tags/v1', 'origin/main', 'only-remote', 'main']) {
                  def t = yield Try {
                    def e = yield CreateWorktree(name: 'w', base_branch: b)
                    yield WriteFile(env: e, path: 'g', content: b)
                    (yield CreatePR(env: e, title: b)).target
                  }
                  said << (t instanceof Err ? t.failure.message : t.value)
                }
                return said.join(' ')
                """)
            .replies("main main main main main main only-remote main"),
        row("G99 neighbour: what is no commit is UnknownBase before anything is made")
            .sh("git tag blob $(git rev-parse HEAD:README.md)")
            .flow(
                """
                def said = []
                for (b in ['mian', '--help', '-b', 'a..b', 'main..main', 'upstream/main', 'x y', 'blob', ':README.md']) {
                  def t = yield Try(CreateWorktree(name: 'w', base: b))
                  said << (t instanceof Err ? t.failure.class.simpleName : b)
                }
                return said.unique().join(' ')
                """)
            .replies("UnknownBase")
            .holds("git branch --list 'conductor/*'; echo $w", ""),
        row("G99 neighbour: a pull request from a tag is merged into main, by squash")
            .sh(
                "git tag -a v1 -m v1; echo 2 > two; git add .; git commit -qm two; git push -q origin main")
            .flow(
                "def e = yield CreateWorktree(base: 'v1')\nyield WriteFile(e, 'g', 'g')\nyield CreatePR(env: e, title: 'T')")
            .ok()
            .conductor("pr", "merge", "1", "--strategy", "squash")
            .ok()
            .holds("git -C $O ls-tree --name-only main", "README.md\ng\ntwo"),
        row("G99 neighbour: a branch with umlauts and slashes keeps its name")
            .sh("git push -q origin HEAD:refs/heads/f\u00fcr/\u00e4nderung_1.0")
            .flow(based("base: 'f\u00fcr/\u00e4nderung_1.0'"))
            .replies("f\u00fcr/\u00e4nderung_1.0 origin README.md"));
  }

  private static Stream<WildRow> remotes() {
    return Stream.of(
        row("G15 a branch of another remote is the base, its name without the remote the target")
            .sh(UPSTREAM + "git fetch -q upstream")
            .flow(
                "def e = yield CreateWorktree(base_branch: 'upstream/main')\nyield WriteFile(e, 'g', 'g')\n"
                    + "return \"$e.base_branch $e.base_remote \" + (yield CreatePR(env: e, title: 'T')).target")
            .replies("main upstream main")
            .conductor("pr", "merge", "1")
            .ok(),
        row("G15 neighbour: so it is for a remote with a slash in its name and a branch with one")
            .sh(
                "git clone -q --bare $O $W/up.git; git -C $W/up.git branch rel/1.0; git remote add team/up $W/up.git; git fetch -q team/up")
            .flow(based("base: 'team/up/rel/1.0'"))
            .replies("rel/1.0 team/up README.md"),
        row("G69 the only remote is used whatever it is called, through url.insteadOf")
            .sh(
                "git config --global url.$W/.insteadOf corp:; git remote set-url origin corp:origin.git; git remote rename origin corp")
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .conductor("pr", "merge", "1")
            .ok()
            .holds("git -C $O show main:greeting.txt", "hello")
            .sh("git remote add second $O")
            .flow(PROPOSED)
            .says("none of the remotes"),
        row("G69b a fork that is behind upstream is said to be, or upstream is started from")
            .sh(
                UPSTREAM
                    + "git clone -q $W/up.git $W/o; cd $W/o; echo n > new.txt; git add .; git commit -qm new; git push -q; cd $W/repo; git fetch -q upstream")
            .flow(based("name: 'w'"))
            .ok()
            .says("upstream"));
  }

  private static Stream<WildRow> detached() {
    return Stream.of(
        row("G57 a detached checkout without a remote is proposed to main, or a target is asked for")
            .sh("git remote remove origin; git checkout -q --detach")
            .agent("echo hello > greeting.txt")
            .flow(WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
            .repliesOrFails("main", "detached", "target"),
        row("G57b a tag of the only branch is proposed to it, or a target is asked for, but main is not invented")
            .sh(
                "git remote remove origin; git branch -m main trunk; git tag v1; git checkout -q v1")
            .agent("echo hello > greeting.txt")
            .flow(WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
            .repliesOrFails("trunk", "detached", "target"),
        row("G57b neighbour: where no branch can be meant a target is asked for")
            .sh(FORKED)
            .agent("echo hello > greeting.txt")
            .flow(WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
            .fails("target"),
        row("G57b neighbour: and one that is given is taken")
            .sh(FORKED)
            .flow(
                "def e = yield CreateWorktree(base: 'x')\nyield WriteFile(e, 'g', 'g')\nreturn (yield CreatePR(env: e, title: 'T', target: 'x')).target")
            .replies("x")
            .conductor("pr", "merge", "1")
            .ok()
            .holds("git show x:g", "g"));
  }
}
