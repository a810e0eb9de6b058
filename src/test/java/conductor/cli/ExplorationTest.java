package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conductor test --explore}: what breaks a workflow that holds in its scenario. */
class ExplorationTest {

  @TempDir private Path root;

  private Project.Result tested(String workflow, String scenarios, String... more)
      throws Exception {
    Path directory = Files.createDirectories(root.resolve("flows"));
    Files.writeString(directory.resolve("flow.groovy"), workflow);
    Files.writeString(directory.resolve("flow_test.groovy"), scenarios);
    String[] words = Stream.concat(Stream.of("test"), Stream.of(more)).toArray(String[]::new);
    return Project.withoutRepository(root).conductorIn(directory, words);
  }

  /** An order of replies that nobody promised is found, and can be pasted. */
  @Test
  void explorationFindsThatAnOrderIsAssumed() throws Exception {
    String workflow =
        """
        def seen = []
        yield Gather([{ seen << (yield Exec('a')).output }, { seen << (yield Exec('b')).output }])
        return seen
        """;
    String scenario =
        """
        scenario('it') {
          command { reply asked() }
          %s
          run 'flow'
          expect { result == ['a', 'b'] }
        }
        """;

    assertThat(tested(workflow, scenario.formatted("")).code()).isZero();
    Project.Result found = tested(workflow, scenario.formatted(""), "--explore", "50");

    assertThat(found.code()).isEqualTo(Exit.FAILED);
    List<String> lines = linesThatShowIt(found);
    assertThat(lines).singleElement().asString().startsWith("order ");
    assertThat(tested(workflow, scenario.formatted(lines.getFirst())).out())
        .contains("result == ['a', 'b']", "0 passed, 1 failed");
  }

  @Test
  void explorationFindsWhatAFailureBreaks() throws Exception {
    String workflow =
        """
        def env = yield CreateWorktree(name: 'x')
        yield RunAgent(env: env, prompt: 'p')
        try { yield Exec('make test', env: env, check: true, timeout: '5m') } catch (ExecTimeout e) { yield Status('slow') }
        yield Commit(env, 'x')
        return yield CreatePR(env: env, title: 'x')
        """;
    String scenario =
        """
        scenario('it') {
          agent { write 'a.txt', 'x' }
          command('make test') { exit 0 }
          run 'flow'
          expect { pulls.size() == 1 }
          always { pulls.empty || commands.any { it.exit_code == 0 } }
        }
        """;

    Project.Result found = tested(workflow, scenario, "--explore", "100");

    assertThat(found.code()).isEqualTo(Exit.FAILED);
    assertThat(linesThatShowIt(found))
        .containsExactly("effect(position: '3', 'Exec') { fail 'ExecTimeout' }");
  }

  /** Laws 1 and 5 hold in a simulated world too: killed at each record, all comes about once. */
  @Test
  void aRunThatIsKilledAtAnyRecordLosesAndRepeatsNothing() throws Exception {
    String workflow =
        """
        def (a, b) = yield Gather([CreateWorktree(name: 'a'), CreateWorktree(name: 'b')])
        yield Gather([RunAgent(env: a, prompt: 'p', name: 'one'), RunAgent(env: b, prompt: 'p', name: 'two')])
        def won = yield Race(slow: Exec('slow'), quick: Sleep('1m'))
        def merged = yield MergeBranches([a, b])
        return yield CreatePR(env: merged, title: 'T')
        """;
    String scenario =
        """
        (1..40).each { records ->
          scenario("killed after $records") {
            agent('one') { write 'a.txt', 'x'; commit 'A'; take '5m' }
            agent('two') { write 'b.txt', 'x'; commit 'B'; take '4m' }
            command('slow') { take '1h' }
            kill records
            run 'flow'
            expect {
              status == 'done'
              agents*.name == ['one', 'two']
              pulls.size() == 1
              pushes.size() == 1
              pulls[0].files == ['a.txt', 'b.txt']
              time == Duration.ofMinutes(6)
            }
          }
        }
        """;

    Project.Result result = tested(workflow, scenario);

    assertThat(result.out()).contains("40 scenarios: 40 passed, 0 failed");
  }

  static List<String> linesThatShowIt(Project.Result found) {
    return found
        .out()
        .lines()
        .dropWhile(line -> !line.contains("these lines show it"))
        .skip(1)
        .takeWhile(line -> line.startsWith("        "))
        .map(String::strip)
        .toList();
  }
}
