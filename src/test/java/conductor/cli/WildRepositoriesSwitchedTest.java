package conductor.cli;

import static conductor.cli.WildRow.PROPOSED;
import static conductor.cli.WildRow.WORKED;
import static conductor.cli.WildRow.row;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents that work on another branch than the one that they were given. */
class WildRepositoriesSwitchedTest {

  private static final String COMMITTED =
      "echo hello > greeting.txt; git add .; git commit -qm hello";

  @TempDir private Path temp;

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void takesWhatIsPlainlyMeantAndRefusesTheRest(WildRow row) throws Exception {
    row.on(Project.withOrigin(temp));
  }

  private static Stream<WildRow> rows() {
    return Stream.of(taken(), merged(), refused()).flatMap(rows -> rows);
  }

  private static Stream<WildRow> taken() {
    return Stream.of(
        taken(
            "G19 a commit on a branch of the agent's own is proposed",
            "fix/greeting",
            "git switch -q -c fix/greeting\n" + COMMITTED),
        taken(
            "G19 neighbour: a detached commit is proposed",
            "detached",
            "git checkout -q --detach\n" + COMMITTED),
        taken(
            "G19 neighbour: a commit on our branch under another name is proposed",
            "mine/better",
            "git branch -m mine/better\n" + COMMITTED),
        taken(
            "G19 neighbour: one on a branch with umlauts is proposed",
            "gr\u00fc\u00dfe",
            "git switch -q -c gr\u00fc\u00dfe\n" + COMMITTED),
        taken(
            "G19 neighbour: so it is when the agent deleted our branch",
            "fix/greeting",
            "ours=$(git branch --show-current); git switch -q -c fix/greeting; git branch -q -D $ours\n"
                + COMMITTED),
        taken(
            "G19 neighbour: so it is on top of a commit on our branch, with branch.autoSetupMerge always",
            "fix/greeting",
            "git config --global branch.autoSetupMerge always\necho 1 > one; git add .; git commit -qm one; git switch -q -c fix/greeting\n"
                + COMMITTED),
        row("G19 neighbour: what is uncommitted on a branch of the agent's own is committed on ours")
            .agent("git switch -q -c fix/greeting; echo hello > greeting.txt")
            .flow(PROPOSED)
            .ok()
            .says("fix/greeting")
            .holds(
                "git -C $O show $b:greeting.txt; git -C $O for-each-ref refs/heads/fix", "hello"),
        row("G19 neighbour: an agent that does so twice is followed twice")
            .agent(
                "git switch -q -c own-$(git rev-list --count HEAD); date +%N > f$(git rev-list --count HEAD); git add .; git commit -qm own")
            .flow(
                WORKED
                    + """
                    yield Push(e)
                    yield RunAgent(env: e, prompt: 'y')
                    yield Push(e)
                    return yield Verify(env: e, pushed: true, clean: true)
                    """)
            .ok()
            .holds("git -C $O ls-tree --name-only $b", "README.md\nf1\nf2"),
        row("G19 neighbour: Verify counts the commits, and the worktree is on our branch again")
            .agent("git switch -q -c fix/greeting\n" + COMMITTED)
            .flow(WORKED + "return (yield Verify(env: e, ahead: true)).ahead")
            .replies("1")
            .holds(
                "test $(git -C $w rev-parse HEAD) = $(git for-each-ref --format='%(objectname)' refs/heads/conductor)",
                ""));
  }

  private static WildRow taken(String name, String branch, String agent) {
    return row(name)
        .agent(agent)
        .flow(PROPOSED)
        .ok()
        .prints("conductor/w-wf-")
        .says(branch)
        .holds(
            "git -C $O show $b:greeting.txt; git -C $O for-each-ref refs/heads/fix refs/heads/mine",
            "hello");
  }

  private static Stream<WildRow> merged() {
    return Stream.of("merge", "squash", "rebase")
        .map(strategy ->
            row("G19b branches of the agents' own are merged, by " + strategy)
                .merging(
                    "git switch -q -c own-a; echo a > a; git add .; git commit -qm a",
                    "git checkout -q --detach; echo b > b; git add .; git commit -qm b",
                    "def m = yield MergeBranches(envs, strategy: '%s')\nreturn (yield Exec('cat a b', env: m)).output"
                        .formatted(strategy))
                .replies("a\nb"));
  }

  private static Stream<WildRow> refused() {
    return Stream.concat(
        Stream.of(
                "yield Commit(e, 'c')",
                "yield Verify(e)",
                "yield Push(e)",
                "yield CreatePR(env: e, title: 'T')",
                "yield MergeBranches([e])")
            .map(act ->
                row("G19 neighbour: a branch that was the user's before is not ours to move: "
                        + act)
                    .sh("git branch mine")
                    .agent(
                        "git switch -q mine; echo hello > greeting.txt; git add .; git commit -qm hello; echo more > more")
                    .flow(WORKED + act)
                    .fails("WorktreeNotReady", "mine")
                    .holds(
                        "git -C $O branch --list 'conductor/*' mine; git rev-list --count main..mine; cat $w/more; git rev-list --count main..$(git for-each-ref --format='%(refname)' refs/heads/conductor | head -1)",
                        "1\nmore\n0")),
        Stream.of(
            row("G19 neighbour: a branch beside ours is not taken, for ours has a commit that it has not")
                .agent(
                    "echo 1 > one; git add .; git commit -qm one; git switch -q -c other HEAD~1\n"
                        + COMMITTED)
                .flow(PROPOSED)
                .fails("WorktreeNotReady", "other")
                .holds("git -C $O branch --list 'conductor/*'", ""),
            row("G19 neighbour: a detached head below ours is not taken")
                .agent(
                    "echo 1 > one; git add .; git commit -qm one; git checkout -q HEAD~1; echo x > x")
                .flow(PROPOSED)
                .fails("WorktreeNotReady", "detached")
                .holds(
                    "git log -1 --format=%s $(git for-each-ref --format='%(refname)' refs/heads/conductor)",
                    "one"),
            row("G19 neighbour: a branch of the remote's that the agent switched to is not taken")
                .sh("git push -q origin HEAD:refs/heads/theirs; git fetch -q")
                .agent("git switch -q theirs\n" + COMMITTED)
                .flow(PROPOSED)
                .fails("WorktreeNotReady", "theirs"),
            row("G19 neighbour: back on our branch by hand, a run that was refused goes on")
                .sh("git branch mine")
                .agent("echo hello > greeting.txt; git switch -q mine")
                .flow(PROPOSED)
                .fails("WorktreeNotReady", "mine")
                .sh(
                    "git -C $w switch -q $(git for-each-ref --format='%(refname:short)' refs/heads/conductor)")
                .resume()
                .ok()
                .holds("git -C $O show $b:greeting.txt", "hello")));
  }
}
