package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code MergeBranches} over its strategies and what conflicts become. */
class MergeBranchesTest {

  /** Two worktrees that change the same line, the second in two commits. */
  private static final String CONFLICT =
      """
      def envs = yield Gather(['a', 'b'].collect { CreateWorktree(suffix: it) })
      yield WriteFile(envs[0], 'README.md', 'from a\\n')
      yield WriteFile(envs[1], 'README.md', 'from b\\n')
      yield Commit(envs[1], 'b one')
      yield WriteFile(envs[1], 'b2', 'later')
      yield Commit(envs[1], 'b two')
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private String branches() throws Exception {
    return project.sh("git -C repo branch --list 'conductor/*'; git -C repo worktree list | wc -l");
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase"})
  void aConflictNamesFilesAndLeavesNothingHalfMerged(String strategy) throws Exception {
    Project.Result result =
        project.flow(
            CONFLICT
                + """
                try {
                  yield MergeBranches(envs, strategy: '%s')
                } catch (MergeConflict e) {
                  return "${e.files} ${e.envs == envs*.id}"
                }
                """
                    .formatted(strategy));

    assertThat(result.ok().out()).isEqualTo("[README.md] true\n");
    assertThat(branches()).doesNotContain("merged").endsWith("3");
    assertThat(project.conductor("env", "list").out().lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"merge", "squash", "rebase"})
  void anAgentResolvesAConflictAndWhatComesAfterItIsMergedToo(String strategy) throws Exception {
    project.agent("printf 'both\\n' > README.md; echo resolved");

    Project.Result result =
        project.flow(
            CONFLICT
                + """
                def merged = yield MergeBranches(envs, strategy: '%s', on_conflict: 'agent')
                return [yield ReadFile(merged, 'README.md'), yield ReadFile(merged, 'b2')].join(' ')
                """
                    .formatted(strategy));

    assertThat(result.ok().out()).isEqualTo("both\n later\n");
    assertThat(project.sh("git -C state/worktrees/*/merged-*/ status --porcelain")).isEmpty();
    assertThat(project.sh("ls -a state/worktrees/*/merged-*/")).doesNotContain("done.txt");
  }

  @Test
  void anAgentIsAskedForEachConflictOnItsOwn() throws Exception {
    project.agent("echo $(($(cat count 2>/dev/null) + 1)) > count; printf 'all\\n' > README.md");

    Project.Result result =
        project.flow(
            """
            def envs = yield Gather(['a', 'b', 'c'].collect { CreateWorktree(suffix: it) })
            envs.each { yield WriteFile(it, 'README.md', it.id) }
            def merged = yield MergeBranches(envs, on_conflict: 'agent')
            return yield ReadFile(merged, 'count')
            """);

    assertThat(result.ok().out()).isEqualTo("2\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo 'I give up'", "exit 3"})
  void anAgentThatDoesNotResolveLeavesNothingHalfMerged(String agent) throws Exception {
    project.agent(agent);

    Project.Result result =
        project.flow(CONFLICT + "yield MergeBranches(envs, on_conflict: 'agent')");

    assertThat(result.code()).isOne();
    assertThat(result.err()).containsAnyOf("MergeConflict", "AgentFailed");
    assertThat(branches()).doesNotContain("merged").endsWith("3");
  }

  @Test
  void aRunThatIsKilledWhileAnAgentResolvesTakesItsWorkUp() throws Exception {
    project.agent(
        "echo asked >> $LEDGER; while [ ! -e %s/go ]; do sleep 0.1; done; printf 'both\\n' > README.md"
            .formatted(temp));
    Path flow =
        project.file(
            "flow.groovy",
            CONFLICT
                + "return yield ReadFile(yield(MergeBranches(envs, on_conflict: 'agent')), 'README.md')");
    Process run = project.start("run", flow.toString());
    Project.await(project.ledger, run::isAlive);
    run.destroyForcibly().waitFor();
    project.file("go", "");

    Project.Result result = project.conductor("resume", project.onlyRun());

    assertThat(result.ok().out()).isEqualTo("both\n\n");
    assertThat(project.ledger()).containsExactly("asked");
  }

  @Test
  void rebasingDropsWhatIsThereAlreadyAndLeavesMergesOut() throws Exception {
    Project.Result result =
        project.flow(
            """
            def envs = yield Gather(['a', 'b', 'c'].collect { CreateWorktree(suffix: it) })
            envs[0..1].each { yield WriteFile(it, 'same', 'text') }
            yield WriteFile(envs[2], 'ä other', 'text')
            def merged = yield MergeBranches([envs[0], envs[2]])
            def all = yield MergeBranches([envs[1], merged], strategy: 'rebase', name: 'all')
            return (yield Exec(command: 'git log --format=%s; git ls-files -z', env: all)).output
            """);

    assertThat(result.ok().out())
        .contains("same", "ä other")
        .doesNotContain("Merge conductor")
        .matches(text -> text.lines().filter(line -> line.startsWith("Work of")).count() == 2);
  }
}
