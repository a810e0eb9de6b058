package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets reach what needs them and nothing that is written, and spoil no identity. */
class SecretsTest {

  private static final String VALUE = "s3cr3t-value-12345678";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.environment.put("MY_TOKEN", VALUE);
  }

  /**
   * F12: handlers resolve what {@code Env} gave, at the moment of use, and no text that is alike.
   */
  @Test
  void aSecretIsResolvedWhereItIsUsed() throws Exception {
    Project.Result result =
        project.flow(
            """
            def t = yield Env('MY_TOKEN'), env = yield CreateWorktree(name: 'x')
            def word = yield Exec(['sh', '-c', 'printf %s "$1" | wc -c', 'x', t])
            def line = yield Exec("printf %s '$t' | wc -c")
            def text = yield Exec(['sh', '-c', 'printf %s "$1" | wc -c', 'x', '***MY_TOKEN***'])
            yield WriteFile(env, 'token.txt', t)
            def file = yield Exec('wc -c < token.txt', env: env)
            return [word, line, text, file]*.output*.strip() + ["$t"]
            """);

    assertThat(result.ok().out()).isEqualTo("[\"21\",\"14\",\"14\",\"21\",\"***MY_TOKEN***\"]\n");
    assertThat(project.sh("grep -rl --exclude-dir=worktrees %s state || true".formatted(VALUE)))
        .isEmpty();
  }

  /** F12: a prompt holds the name of a secret, never its value, and is none by itself. */
  @Test
  void aPromptHoldsNoSecret() throws Exception {
    project.agent("cat");
    String flow =
        """
        def t = yield Env('MY_TOKEN'), env = yield CreateWorktree(name: 'x')
        def printed = (yield Exec(['sh', '-c', 'printf %s "$1"', 'x', t])).output
        def said = [yield RunAgent(env: env, prompt: "use $t", name: 'a'), yield RunAgent(env: env, prompt: printed, name: 'b')]
        def coder = yield SpawnAgent(env: env, prompt: 'say ' + t, name: 'c')
        yield WaitForStatus(coder, 'done')
        yield SendMessage(coder, "and $t", wait: true)
        return said
        """;

    assertThat(project.flow(flow).ok().out())
        .isEqualTo("[\"use ***MY_TOKEN***\",\"***MY_TOKEN***\"]\n");
    assertThat(project.sh("grep -rl --exclude-dir=commands %s state || true".formatted(VALUE)))
        .isEmpty();
    Project.Result bare = project.flow(flow.replace("\"use $t\"", "t"));
    assertThat(bare.code()).isOne();
    assertThat(bare.err())
        .contains("RunAgent's 'prompt' must be String, found ***MY_TOKEN*** (Secret)", "pass_env");
  }

  /** F12: a value that is gone is no empty one. */
  @Test
  void aSecretThatIsGoneIsAFailure() throws Exception {
    Path gate = temp.resolve("gate");
    String flow =
        """
        def t = yield Env('MY_TOKEN')
        yield Exec(command: 'test -e %s', check: true)
        return (yield Exec(['echo', t])).output
        """
            .formatted(gate);
    assertThat(project.flow(flow).code()).isOne();
    Files.createFile(gate);
    project.environment.remove("MY_TOKEN");

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.code()).isOne();
    assertThat(resumed.err()).contains("the variable MY_TOKEN, whose value Env gave, is not set");
  }

  /** F11: what a replay compares does not depend on which secrets are known. */
  @Test
  void aParameterThatEqualsASecretIsNoMismatchWithoutIt() throws Exception {
    Path gate = temp.resolve("gate");
    String flow =
        """
        @Param String who
        yield Exec(['echo', who])
        yield Exec(command: 'test -e %s', check: true)
        return 'resumed'
        """
            .formatted(gate);
    assertThat(project.flow(flow, "--param", "who=" + VALUE).code()).isOne();
    Files.createFile(gate);
    project.environment.remove("MY_TOKEN");

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("resumed\n");
  }

  /** F11: a secret that stands in a path, an id or a branch leaves them as they are. */
  @Test
  void handlesAreNotRedacted() throws Exception {
    project.environment.put("PLACE", "repo-");
    project.environment.put("NICK", "nick");
    project.agent("echo hi");
    String user = "home/.config/doeff-conductor/config.yaml";
    project.configure(Files.readString(temp.resolve(user)) + "secrets: [PLACE, NICK]\n");

    Project.Result result =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'nick')
            yield WriteFile(env, 'a.txt', 'a')
            def agent = yield SpawnAgent(env: env, prompt: 'x', name: 'nick')
            yield WaitForStatus(agent, 'done')
            return [(yield Commit(env, 'one')).size(), env.branch.contains('nick'), agent.name]
            """);

    assertThat(result.ok().out()).isEqualTo("[40,true,\"nick\"]\n");
  }
}
