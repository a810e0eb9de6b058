package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKTREE;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merges that must go well, with the settings that people have. */
class WildRepositoriesMergesTest {

  private static final String COMMITS =
      "echo a > a; git add .; git commit -qm one; echo b > b; git add .; git commit -qm two";

  private static final String MOVED =
      """
      yield Exec(command: ['sh', '-ec', 'cd "$0"; echo m >m.txt; git add .; git commit -qm m; git push -q origin HEAD:main', e.repo.toString()], check: true)
      """;

  private static final String ADAPTED =
      """
      echo one > one.txt; git add .; git commit -qm one; git fetch -q
      git merge -q --no-commit origin/main; echo adapted > adapted.txt; git add .; git commit -qm 'merge, adapted'
      """;

  /** Signs like gpg, and finds every signature good. */
  private static final String SIGNER =
      """
      #!/bin/sh
      case "$*" in
        *--verify*) echo '[GNUPG:] GOODSIG 1 Signer'; echo 'gpg: Good signature from "Signer"' >&2 ;;
        *) cat > /dev/null; echo '[GNUPG:] SIG_CREATED D 1 8 00 1 1' >&2
           printf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n' ;;
      esac
      """;

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void mergesAllThatIsThere(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(pullRequests(), edits(), settings(), messages(), clean())
        .flatMap(rows -> rows);
  }

  private static Stream<WildRow> pullRequests() {
    return Stream.of(
        row("G38 after a squash cleanup takes the worktree, and the commits stay reachable")
            .agent(COMMITS)
            .flow(PROPOSED)
            .ok()
            .sh("git -C $w rev-parse HEAD > $W/head")
            .conductor("pr", "merge", "1", "--strategy", "squash", "--delete-branch")
            .ok()
            .conductor("env", "cleanup")
            .prints("removed")
            .holds(
                "git for-each-ref --contains $(cat $W/head) --format='%(refname)' | cut -d/ -f1,2 | sort -u; echo $w",
                "refs/conductor"),
        row("G38b after a rebase onto what moved, later work keeps the worktree")
            .agent(COMMITS)
            .flow(PROPOSED)
            .ok()
            .pushed("echo m > m")
            .conductor("pr", "merge", "1", "--strategy", "rebase")
            .ok()
            .sh("cd $w; echo later > later; git add .; git commit -qm later")
            .conductor("env", "cleanup")
            .prints("kept")
            .holds("git -C $O log --format=%s main; cat $w/later", "two\none\nmore\nfirst\nlater"),
        row("G38b neighbour: without later work it is taken")
            .agent(COMMITS)
            .flow(PROPOSED)
            .ok()
            .pushed("echo m > m")
            .conductor("pr", "merge", "1", "--strategy", "rebase")
            .ok()
            .conductor("env", "cleanup")
            .prints("removed"));
  }

  /** What only a merge commit of the agent's holds. */
  private static Stream<WildRow> edits() {
    return Stream.concat(
        Stream.of("merge", "squash", "rebase")
            .map(strategy ->
                row("G38c an edit in a merge commit of the agent's is merged, by " + strategy)
                    .agent(ADAPTED)
                    .flow(
                        WORKTREE
                            + MOVED
                            + "yield RunAgent(env: e, prompt: 'x')\nyield CreatePR(env: e, title: 'T')")
                    .ok()
                    .conductor("pr", "merge", "1", "--strategy", strategy)
                    .holds(
                        "git -C $O ls-tree --name-only main",
                        "README.md\nadapted.txt\nm.txt\none.txt",
                        strategy.equals("rebase") ? "README.md\nm.txt" : "merged")),
        Stream.of(
            row("G38c neighbour: MergeBranches by rebase does not lose it either")
                .agent(ADAPTED)
                .flow(
                    WORKTREE
                        + MOVED
                        + """
                        yield RunAgent(env: e, prompt: 'x')
                        def f = yield CreateWorktree(name: 'f')
                        yield WriteFile(f, 'f.txt', 'f')
                        return (yield Exec('ls', env: yield(MergeBranches([f, e], strategy: 'rebase')))).output
                        """)
                .repliesOrFails("README.md\nadapted.txt\nf.txt\nm.txt\none.txt", "rebase"),
            row("G38c neighbour: nor a conflict that was resolved in one")
                .agent(
                    "echo mine > README.md; git commit -qam mine; git fetch -q; git merge -q origin/main || true; echo both > README.md; git add .; git commit -qm both")
                .flow(
                    WORKTREE
                        + MOVED.replace("echo m >m.txt", "echo m >m.txt; echo theirs >README.md")
                        + "yield RunAgent(env: e, prompt: 'x')\nyield CreatePR(env: e, title: 'T')")
                .ok()
                .conductor("pr", "merge", "1", "--strategy", "rebase")
                .holds(
                    "git -C $O show main:README.md; git -C $O log --format=%s main | grep -c mine || true",
                    "both\n1", "theirs\n0")));
  }

  private static Stream<WildRow> settings() {
    return Stream.concat(
        Stream.of("merge", "squash", "rebase")
            .map(strategy ->
                row("G62 signed commits with log.showSignature keep message and author, by "
                        + strategy)
                    .file("gpg", SIGNER)
                    .sh(
                        "chmod +x $W/gpg; git config --global gpg.program $W/gpg; git config --global commit.gpgSign true; git config --global log.showSignature true")
                    .agent(
                        "echo hello > greeting.txt; git add .; git commit -qm 'Add it' --author 'Some Body <s@b.c>'")
                    .flow(
                        "def e = yield CreateWorktree(name: 'w')\nyield RunAgent(env: e, prompt: 'x')\n"
                            + "yield CreatePR(env: yield(MergeBranches([e], strategy: 'rebase')), title: 'The title')")
                    .ok()
                    .conductor("pr", "merge", "1", "--strategy", strategy)
                    .ok()
                    .holds(
                        "git -C $O -c log.showSignature=false log --topo-order --no-merges -1 --format='%an|%s' main",
                        strategy.equals("squash")
                            ? "Some Body|The title (#1)"
                            : "Some Body|Add it")),
        Stream.of("merge", "squash", "rebase")
            .map(strategy ->
                row("G62 neighbour: settings of merges and logs change nothing, by " + strategy)
                    .settings(
                        "merge.ff only",
                        "pull.rebase true",
                        "merge.log true",
                        "merge.autoStash true",
                        "rebase.autoSquash true",
                        "rebase.updateRefs true",
                        "log.mailmap true",
                        "log.decorate full",
                        "log.follow true",
                        "format.pretty oneline",
                        "core.abbrev 4",
                        "push.followTags true",
                        "push.default nothing")
                    .pushed("echo 'Mapped <mapped@example.com> <tester@example.com>' > .mailmap")
                    .merging(
                        "echo a > a; git add .; git commit -qm 'fixup! first'; git tag -a -m mine mine",
                        "echo b > b",
                        "yield CreatePR(env: yield(MergeBranches(envs, strategy: '%s')), title: 'T')"
                            .formatted(strategy))
                    .ok()
                    .conductor("pr", "merge", "1", "--strategy", strategy)
                    .ok()
                    .holds(
                        "git -C $O show main:a main:b; git -C $O tag; git -C $O cat-file -p main | grep -c '^author Tester <tester@example.com>'",
                        "a\nb\n1")));
  }

  private static Stream<WildRow> messages() {
    String commit =
        """
        def e = yield CreateWorktree(name: 'w')
        yield WriteFile(env: e, path: 'a.txt', content: 'a')
        yield Commit(env: e, message: '#42: fix the greeting\\n\\n# not a comment\\n------------------------ >8 ------------------------\\nbody')
        yield CreatePR(env: yield(MergeBranches([e], strategy: 'rebase')), title: '#42: the title')
        return (yield Exec('git log -1 --format=%B', env: e)).output
        """;
    return Stream.concat(
        Stream.of(
                "commit.cleanup scissors",
                "commit.cleanup strip",
                "commit.cleanup verbatim",
                "core.commentChar auto",
                "commit.verbose true",
                "commit.template @ROOT@/template")
            .map(setting ->
                row("G63 lines that begin with # stay in a message, with " + setting)
                    .file("template", "template")
                    .settings(setting)
                    .flow(commit)
                    .ok()
                    .prints("#42: fix the greeting", "# not a comment", ">8", "body")
                    .conductor(
                        "pr",
                        "merge",
                        "1",
                        "--strategy",
                        setting.endsWith("strip") ? "squash" : "rebase")
                    .ok()
                    .holds(
                        "git -C $O log -1 --format=%s main",
                        setting.endsWith("strip")
                            ? "#42: the title (#1)"
                            : "#42: fix the greeting")),
        Stream.of("merge", "squash", "rebase")
            .map(strategy ->
                row("G63c a message of 200 kB is committed and merged, by " + strategy)
                    .flow(
                        """
                        def e = yield CreateWorktree(name: 'w')
                        yield WriteFile(env: e, path: 'a.txt', content: 'b')
                        yield Commit(env: e, message: 'long\\n\\n' + ('x' * 79 + '\\n') * 2500)
                        yield CreatePR(env: yield(MergeBranches([e], strategy: '%s')), title: 'T')
                        """
                            .formatted(strategy))
                    .ok()
                    .conductor("pr", "merge", "1", "--strategy", strategy)
                    .ok()
                    .holds("git -C $O show main:a.txt", "b")));
  }

  private static Stream<WildRow> clean() {
    return Stream.of("merge", "squash")
        .map(strategy ->
            row("G70b renames, modes, deletions and merges of each other are merged, by "
                    + strategy)
                .pushed("seq 30 > ren; echo x > run.sh; echo d > gone")
                .flow(
                    """
                    def a = yield CreateWorktree(name: 'a')
                    yield Exec(command: 'git mv ren renamed; chmod +x run.sh; git rm -q gone; echo same >same; git add -A; git commit -qm a1', env: a, check: true)
                    def b = yield CreateWorktree(name: 'b')
                    yield Exec(command: 'sed -i s/^5$/five/ ren; echo y >>run.sh; git rm -q gone; echo same >same; git add -A; git commit -qm b1', env: b, check: true)
                    def c = yield CreateWorktree(name: 'c')
                    yield Exec(command: "git merge -q -m x ${b.branch}", env: a, check: true)
                    yield Exec(command: "git merge -q -m y ${a.branch}~1; echo z >z; git add -A; git commit -qm b2", env: b, check: true)
                    def m = yield MergeBranches([a, b, c], strategy: '%s')
                    return (yield Exec('grep -c five renamed; test -x run.sh && grep -c y run.sh; ls; git status --porcelain', env: m)).output
                    """
                        .formatted(strategy))
                .replies("1\n1\nREADME.md\nrenamed\nrun.sh\nsame\nz"));
  }
}
