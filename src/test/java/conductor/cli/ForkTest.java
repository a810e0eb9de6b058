package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code fork RUN --at POSITION}, on real repositories. */
class ForkTest {

  private static final String THREE_STEPS =
      """
      def env = yield CreateWorktree(name: 'x')
      yield WriteFile(env, 'one.txt', "by $env.branch\\n")
      yield Commit(env, 'one')
      yield Exec('echo two > two.txt; rm README.md', env: env)
      yield Exec('echo run >> $LEDGER; cat *.txt >> $LEDGER; rm two.txt', env: env)
      return env.branch + ' ' + (yield Exec('ls', env: env)).output.readLines()
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void setUp() throws Exception {
    project = Project.withOrigin(temp);
  }

  /** The run that is not the first one. */
  private String other(String run) {
    JsonNode runs = project.conductor("ps", "--json").json();
    assertThat(runs.size()).isEqualTo(2);
    assertThat(runs.get(1).path("id").asString()).isEqualTo(run);
    return runs.get(0).path("id").asString();
  }

  @Test
  void theNewRunGoesOnFromThereInAWorktreeOfItsOwnAsItWas() throws Exception {
    project.flow(THREE_STEPS).ok();
    String run = project.onlyRun();
    String journal = Files.readString(project.state.run(run).trace());
    String branch = project.sh(project.repo, "git rev-parse conductor/x-" + run);

    Project.Result forked = project.conductor("fork", run, "--at", "5");

    String fork = other(run);
    assertThat(forked.ok().out()).isEqualTo("conductor/x-" + fork + " [one.txt]\n");
    assertThat(project.ledger())
        .as("2 is not performed again: its file names the other branch")
        .containsExactly(
            "run", "by conductor/x-" + run, "two", "run", "by conductor/x-" + run, "two");
    assertThat(project.sh(project.repo, "git rev-parse conductor/x-" + fork)).isEqualTo(branch);
    assertThat(Files.readString(project.state.run(run).trace())).isEqualTo(journal);
    JsonNode effects = project.conductor("show", fork, "--json").json().path("effects");
    assertThat(effects.get(0).path("reply").asString()).contains(fork);
    assertThat(project.conductor("env", "list", "--json").json().size()).isEqualTo(2);
  }

  @Test
  void aForkedWorktreeIsPreparedLikeANewOne() throws Exception {
    project.sh(
        project.repo,
        "printf '.env\\nmade\\n' > .gitignore; git add .; git commit -qm ignore; git push -q; echo K=1 > .env;"
            + " echo .env > .worktreeinclude");
    project.configure("worktree: {setup: 'echo set up > made; echo setup >> README.md'}");
    project
        .flow(
            """
            def env = yield CreateWorktree(name: 'x')
            yield WriteFile(env, 'README.md', 'mine')
            return (yield Exec('cat .env made README.md', env: env)).output
            """)
        .ok();

    Project.Result forked = project.conductor("fork", project.onlyRun(), "--at", "3");

    assertThat(forked.ok().out()).isEqualTo("K=1\nset up\nmine\n");
  }

  @Test
  void aWorktreeThatCannotBePreparedLeavesNothingBehind() throws Exception {
    project.flow("yield CreateWorktree(name: 'x')\nyield Exec('true')\n").ok();
    project.configure("worktree: {setup: 'echo no room; exit 3'}");

    Project.Result forked = project.conductor("fork", project.onlyRun(), "--at", "2");

    assertThat(forked.code()).isEqualTo(Exit.USAGE);
    assertThat(forked.err()).contains("cannot be forked there", "no room");
    assertThat(project.conductor("ps", "--json").json().size()).isOne();
    assertThat(project.conductor("env", "list", "--json").json().size()).isOne();
    assertThat(project.sh(project.repo, "git branch --list 'conductor/*' | wc -l")).isEqualTo("1");
  }

  @Test
  void aForkFromTheBeginningDoesEverythingAnew() throws Exception {
    project.flow(THREE_STEPS).ok();
    String run = project.onlyRun();

    Project.Result forked = project.conductor("fork", run, "--at", "1");

    String fork = other(run);
    assertThat(forked.ok().out()).isEqualTo("conductor/x-" + fork + " [one.txt]\n");
    assertThat(project.ledger()).contains("by conductor/x-" + fork);
  }

  @Test
  void aForkWithinABranchKeepsWhatItsSiblingsHadDone() throws Exception {
    project
        .flow(
            """
            def over = false
            yield Gather(
              a: {
                yield Exec('echo a1 >> $LEDGER')
                yield Exec('echo a2 >> $LEDGER')
                over = true
              },
              b: {
                while (!over) { yield Sleep('10ms') }
                yield Exec('echo b1 >> $LEDGER')
              })
            return 'done'
            """)
        .ok();
    String run = project.onlyRun();

    JsonNode effects = project.conductor("show", run, "--json").json().path("effects");
    String last = effects.get(effects.size() - 1).path("position").asString();

    assertThat(last).startsWith("1.b.");
    assertThat(project.conductor("fork", run, "--at", last).ok().out()).isEqualTo("done\n");

    assertThat(project.ledger()).containsExactly("a1", "a2", "b1", "b1");
  }

  /** N3: the steps of a merge are no effects of their own. */
  @Test
  void aForkBehindAMergeHasAllWorktreesOfItsOwn() throws Exception {
    project
        .flow(
            """
            def envs = yield Gather([CreateWorktree(name: 'x'), CreateWorktree(name: 'y')])
            for (e in envs) { yield WriteFile(e, e.id[0], 'new') }
            def merged = yield MergeBranches(envs)
            yield Put('branch', merged.branch)
            return (yield Exec('ls', env: merged)).output.readLines()
            """)
        .ok();
    String run = project.onlyRun();

    Project.Result forked = project.conductor("fork", run, "--at", "5");

    assertThat(forked.ok().out()).isEqualTo("[\"README.md\",\"x\",\"y\"]\n");
    assertThat(
            project.sh(project.repo, "git branch --list 'conductor/*" + other(run) + "'").lines())
        .hasSize(3);
  }

  /** N3: what happens in the new run does not happen in the first one's worktrees. */
  @Test
  void aForkHasWorktreesOfItsOwnOfChildRunsToo() throws Exception {
    project.file(
        "child.groovy",
        """
        def env = yield CreateWorktree(name: 'c')
        yield WriteFile(env, 'child.txt', 'made by the child')
        return [env: env]
        """);
    project
        .flow(
            """
            def env = (yield RunWorkflow('%s/child.groovy')).env
            yield Put('a', 'b')
            yield WriteFile(env, 'parent.txt', 'of ' + env.branch)
            return (yield Exec('ls', env: env)).output.readLines() + [env.branch]
            """
                .formatted(project.root))
        .ok();
    JsonNode runs = project.conductor("ps", "--json").json();
    String parent = runs.get(1).path("id").asString();
    String worktree = project.conductor("env", "path", "c").ok().out().strip();
    String before = project.sh("cat " + worktree + "/parent.txt");

    Project.Result forked = project.conductor("fork", parent, "--at", "3");

    assertThat(forked.ok().json().valueStream().map(JsonNode::asString).toList())
        .startsWith("README.md", "child.txt", "parent.txt")
        .last()
        .asString()
        .isNotEqualTo(before.replace("of ", ""));
    assertThat(project.sh("cat " + worktree + "/parent.txt")).isEqualTo(before);
  }

  @Test
  void aStoppedRunCanBeForkedAndLargeValuesComeAlong() throws Exception {
    project.flow("yield Put('x', 'ä' * 20000)\nyield Exec('exit 3', check: true)\n");
    String run = project.onlyRun();
    project.conductor("stop", run);
    Path blobs = project.state.run(run).blobs();
    assertThat(blobs).isNotEmptyDirectory();

    Project.Result forked = project.conductor("fork", run, "--at", "2");

    assertThat(forked.code()).as("it fails where the other did").isEqualTo(Exit.FAILED);
    assertThat(project.state.run(other(run)).blobs()).isNotEmptyDirectory();
  }

  @Test
  void anAgentsConversationStaysWithItsRun() throws Exception {
    project.agent("cat >> $LEDGER; echo >> $LEDGER; echo said");
    project
        .flow(
            """
            def env = yield CreateWorktree()
            def helper = yield SpawnAgent(env: env, prompt: 'one', name: 'helper')
            yield WaitForStatus(helper, 'done', timeout: '30s')
            try {
              yield SendMessage(helper, 'two', wait: true)
              return 'told'
            } catch (SessionNotForkable e) {
              return e.agent + ' stayed'
            }
            """)
        .ok();
    String run = project.onlyRun();

    assertThat(project.conductor("fork", run, "--at", "4").ok().out()).isEqualTo("helper stayed\n");
    assertThat(project.ledger()).containsExactly("one", "two");
  }

  @Test
  void whereNothingWasAskedForIsToldAndNothingIsMade() throws Exception {
    project.flow("yield CreateWorktree()\nreturn 1").ok();
    String run = project.onlyRun();

    for (String position : new String[] {"9", "1/add", "x"}) {
      Project.Result refused = project.conductor("fork", run, "--at", position);
      assertThat(refused.code()).isEqualTo(Exit.USAGE);
      assertThat(refused.err()).contains("asked for nothing at '" + position + "'");
    }
    assertThat(project.onlyRun()).isEqualTo(run);
  }

  @Test
  void aTreeThatIsGoneIsNamed() throws Exception {
    project.flow(THREE_STEPS).ok();
    String run = project.onlyRun();
    project.sh(
        project.repo,
        "git for-each-ref --format='delete %(refname)' refs/conductor/ | git update-ref --stdin");

    Project.Result refused = project.conductor("fork", run, "--at", "3");

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("the tree of the worktree x-" + run + " was not kept");
    assertThat(project.onlyRun()).isEqualTo(run);
  }
}
