package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mistake in each template, as people make them, that its scenario does not meet: {@code
 * --explore 200} finds it, and the trouble in which it shows is small.
 */
class SeededBugsTest {

  private static final int MOST_LINES = 3;

  @TempDir private Path temp;

  /**
   * A mistake.
   *
   * @param right what the template has
   * @param wrong what it has in its place
   */
  private record Bug(String template, String right, String wrong, String scenario) {

    @Override
    public String toString() {
      return template;
    }
  }

  static List<Bug> bugs() {
    return List.of(
        new Bug( // an agent that ran out of time is paid again
            "basic_pr",
            "yield RunAgent(env: env, agent: writer, prompt: Prompts.implement(issue))",
            """
            def work = { yield RunAgent(env: env, agent: writer, prompt: Prompts.implement(issue)) }
            try { work() } catch (AgentFailure e) { work() }
            """,
            """
            agent { write 'a.txt', 'x' }
            run 'flow'
            expect { pulls.size() == 1 }
            always { effects.count { it == 'RunAgent' } <= 1 }
            """),
        new Bug( // tests that cannot be run count as passed
            "enforced_pr",
            "FixLoop.untilGreen(env, tests, max_retries, agents)",
            "try { FixLoop.untilGreen(env, tests, max_retries, agents) } catch (CommandFailure e) { yield Status('tests do not run here') }",
            """
            agent { write 'a.txt', 'x' }
            command(nth: 1, 'make test') { exit 1, 'red' }
            command('make test') { exit 0 }
            run 'flow', test_command: 'make test'
            expect { pulls.size() == 1 }
            always { pulls.empty || commands.last().exit_code == 0 }
            """),
        new Bug( // a review that failed counts as approval
            "reviewed_pr",
            "def verdict = Review.untilApproved(env, issue, max_reviews, agents)",
            """
            def verdict = [approved: true, objections: []]
            try { verdict = Review.untilApproved(env, issue, max_reviews, agents) } catch (AgentFailure e) { yield Status('no review') }
            """,
            """
            agent(name: ~/review-/) { reply approved: true, objections: [] }
            agent { write 'a.txt', 'x' }
            run 'flow'
            expect { pulls*.status == ['open'] }
            always { pulls.every { it.status == 'draft' } || agents.any { it.name.startsWith('review-') } }
            """),
        new Bug( // who is done first is taken for the writer
            "multi_agent",
            """
            yield Gather(
                impl: RunAgent(env: impl, agent: writer, prompt: Prompts.implement(issue), name: 'impl'),
                tests: RunAgent(env: tests, agent: tester, prompt: Prompts.tests(issue), name: 'tests'),
            )
            """,
            """
            def done = []
            yield Gather(
                impl: { yield RunAgent(env: impl, agent: writer, prompt: Prompts.implement(issue), name: 'impl'); done << impl },
                tests: { yield RunAgent(env: tests, agent: tester, prompt: Prompts.tests(issue), name: 'tests'); done << tests },
            )
            yield Push(done[0])
            """,
            """
            agent('impl') { write 'a.txt', 'x'; commit 'Fix it'; take '10m' }
            agent('tests') { write 'a_test.txt', 'y'; commit 'Test it'; take '10m' }
            command('make test') { exit 0 }
            run 'flow', test_command: 'make test'
            expect { pushes[0].branch.contains('-impl-') }
            """),
        new Bug( // a forge that does not answer counts as green
            "ci_fix",
            "def checks = Follow.untilGreen(env, pull, max_rounds, pull.branch, agents)",
            """
            def checks = [passed: true, checks: []]
            try { checks = Follow.untilGreen(env, pull, max_rounds, pull.branch, agents) } catch (ForgeFailure e) { yield Status('no checks') }
            """,
            """
            pull branch: 'fix', files: ['a.txt': 'x']
            effect('WaitForChecks', nth: 1) { reply passed: false, failed: [[name: 'lint', conclusion: 'failure', log: 'no']] }
            agent { write 'a.txt', 'y' }
            run 'flow', pr: '1'
            expect { result.passed }
            always { status != 'done' || !result.passed || pushes.size() == 1 }
            """));
  }

  private Project.Result explored(String workflow, String scenario) throws Exception {
    Path directory = Files.createDirectories(temp.resolve("flows"));
    Files.writeString(directory.resolve("flow.groovy"), workflow);
    Files.writeString(
        directory.resolve("flow_test.groovy"),
        "scenario('it') {\nissue title: 'Fix it', body: ''\n" + scenario + "}\n");
    return Project.withoutRepository(temp).conductorIn(directory, "test", "--explore", "200");
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void aMistakeInATemplateIsFoundByExploring(Bug bug) throws Exception {
    String template =
        Files.readString(Project.home().resolve("workflows/" + bug.template() + ".groovy"));
    assertThat(template).contains(bug.right());

    Project.Result found = explored(template.replace(bug.right(), bug.wrong()), bug.scenario());

    assertThat(found.code()).as(found.out() + found.err()).isEqualTo(Exit.FAILED);
    assertThat(ExplorationTest.linesThatShowIt(found))
        .as(found.out())
        .hasSizeBetween(1, MOST_LINES);
  }
}
