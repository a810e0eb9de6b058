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

/** Variables of git that conductor is started with, and who commits. */
class WildRepositoriesEnvironmentTest {

  private static final String NOBODY =
      "git config --global --unset user.name; git config --global --unset user.email; git config --global user.useConfigOnly true";

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void actsOnItsWorktreesWhateverTheVariables(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(elsewhere(), kept(), identity()).flatMap(rows -> rows);
  }

  /** As a hook or an alias of git sets them; the user's checkout has work in progress. */
  private static WildRow inHook(String name) {
    return row(name)
        .sh("echo wip >> README.md; git rev-parse HEAD > $W/head")
        .variable("GIT_DIR", "@ROOT@/repo/.git")
        .variable("GIT_WORK_TREE", "@ROOT@/repo")
        .variable("GIT_INDEX_FILE", "@ROOT@/repo/.git/index")
        .variable("GIT_PREFIX", "sub/");
  }

  private static WildRow untouched(WildRow row) {
    return row.without(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_PREFIX",
            "GIT_COMMON_DIR",
            "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES",
            "GIT_QUARANTINE_PATH")
        .holds(
            "git log --format=%s main; git diff --cached --name-only; git status --porcelain -uno",
            "first\n M README.md");
  }

  private static Stream<WildRow> elsewhere() {
    return Stream.of(
        untouched(
            inHook(
                    "G27 a command in a worktree commits there, and not what the user has in progress")
                .flow(
                    WORKTREE
                        + """
                        yield WriteFile(env: e, path: 'greeting.txt', content: 'hello')
                        return (yield Exec('git add -A && git commit -qm work; git rev-parse --abbrev-ref HEAD', env: e)).output.take(12)
                        """)
                .replies("conductor/w-")),
        untouched(
                inHook("G27 neighbour: so does an agent")
                    .agent(
                        "echo hello > greeting.txt; git add -A; git commit -qm work; git rev-parse --abbrev-ref HEAD")
                    .flow(WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
                    .replies("main"))
            .holds("git -C $O diff --name-only main $b", "greeting.txt"),
        untouched(
            inHook("G27 neighbour: so does the command that prepares a worktree")
                .config("worktree: {setup: 'echo s > s; git add s; git commit -qm s'}")
                .flow(WORKTREE + "return (yield Exec('git log --format=%s', env: e)).output")
                .replies("s\nfirst")),
        untouched(
            inHook("G27 neighbour: and a command of Verify, and a merge")
                .merging(
                    "echo a > a",
                    "echo b > b",
                    """
                    def m = yield MergeBranches(envs)
                    yield Verify(env: m, command: 'test -e a && test -e b && git diff --quiet HEAD && test -z "$(git rev-parse --show-prefix)"')
                    return m.base_branch
                    """)
                .replies("main")),
        untouched(
                inHook("G27 neighbour: objects go to the repository, not into a quarantine")
                    .sh("mkdir $W/quarantine")
                    .variable("GIT_OBJECT_DIRECTORY", "@ROOT@/quarantine")
                    .variable("GIT_ALTERNATE_OBJECT_DIRECTORIES", "@ROOT@/repo/.git/objects")
                    .variable("GIT_QUARANTINE_PATH", "@ROOT@/quarantine")
                    .variable("GIT_COMMON_DIR", "@ROOT@/repo/.git")
                    .agent("echo hello > greeting.txt; git add .; git commit -qm work")
                    .flow(WORKED + "return (yield CreatePR(env: e, title: 'T')).target")
                    .replies("main"))
            .holds("ls $W/quarantine; git -C $O show $b:greeting.txt", "hello"),
        untouched(
                inHook("G27 neighbour: nor does a pull request that is merged, or a cleanup")
                    .agent("echo hello > greeting.txt")
                    .flow(PROPOSED)
                    .ok()
                    .conductor("pr", "merge", "1", "--delete-branch")
                    .ok()
                    .conductor("env", "cleanup")
                    .prints("removed"))
            .holds("git -C $O show main:greeting.txt", "hello"));
  }

  private static Stream<WildRow> kept() {
    return Stream.of(
        row("G28 variables that trace, show or read paths change nothing, and GIT_CONFIG_COUNT counts")
            .variable("GIT_TRACE", "1")
            .variable("GIT_EXTERNAL_DIFF", "/bin/false")
            .variable("GIT_LITERAL_PATHSPECS", "1")
            .variable("GIT_CONFIG_COUNT", "1")
            .variable("GIT_CONFIG_KEY_0", "user.name")
            .variable("GIT_CONFIG_VALUE_0", "By Variable")
            .agent("echo hello > greeting.txt; git status > /dev/null")
            .flow(WORKED + "yield CreatePR(env: e, title: 'T')\nreturn yield Diff(e)")
            .ok()
            .prints("+hello")
            .without("GIT_TRACE", "GIT_EXTERNAL_DIFF", "GIT_LITERAL_PATHSPECS", "GIT_CONFIG_COUNT")
            .holds(
                "git -C $O log -1 --format=%an $b; git -C $O show $b:greeting.txt",
                "By Variable\nhello"),
        row("G28 neighbour: nor do a namespace, a pager, an editor and options for a diff")
            .variable("GIT_PAGER", "false")
            .variable("GIT_EDITOR", "false")
            .variable("GIT_SEQUENCE_EDITOR", "false")
            .variable("GIT_DIFF_OPTS", "-u0")
            .variable("GIT_MERGE_AUTOEDIT", "yes")
            .variable("GIT_GLOB_PATHSPECS", "1")
            .variable("GIT_ICASE_PATHSPECS", "1")
            .merging(
                "echo a > 'a[1]'", "echo b > b", "return yield Diff(yield(MergeBranches(envs)))")
            .ok()
            .prints("+a", "+b", "a[1]"));
  }

  private static Stream<WildRow> identity() {
    return Stream.of(
        row("G82 an identity of includeIf is that of commits, merges and pull requests")
            .sh(
                """
                git config --global --unset user.name; git config --global --unset user.email; git config --global user.useConfigOnly true
                printf '[user]\\nname = Worker\\nemail = w@example.org\\n' > $W/home/worker
                git config --global includeIf.gitdir:$W/repo/.path $W/home/worker
                """)
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .conductor("pr", "merge", "1", "--strategy", "squash")
            .ok()
            .holds(
                "git -C $O log -1 --format=%an $b; git -C $O log -1 --format=%cn main",
                "Worker\nWorker"),
        row("G82 without an identity nothing is begun, and no agent runs")
            .sh(NOBODY)
            .agent("echo ran >> $LEDGER")
            .flow(WORKED)
            .fails("NoIdentity", "user.name")
            .holds(
                "cat $W/ledger 2>/dev/null || true; git branch --list 'conductor/*'; echo $w", ""),
        row("G82 neighbour: one that is set then lets the run go on")
            .sh(NOBODY)
            .agent("echo hello > greeting.txt")
            .flow(PROPOSED)
            .fails("NoIdentity")
            .sh("git config user.name Late; git config user.email late@example.org")
            .resume()
            .ok()
            .holds("git -C $O log -1 --format=%an $b", "Late"),
        row("G82 neighbour: one by variables is that of our commits and of the agents'")
            .sh(NOBODY)
            .variable("GIT_AUTHOR_NAME", "Var")
            .variable("GIT_AUTHOR_EMAIL", "var@example.org")
            .variable("GIT_COMMITTER_NAME", "Var")
            .variable("GIT_COMMITTER_EMAIL", "var@example.org")
            .agent("echo one > one; git add .; git commit -qm one; echo two > two")
            .flow(PROPOSED)
            .ok()
            .holds("git -C $O log --format=%an main..$b", "Var\nVar"));
  }
}
