package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.handlers.forge.github.FakeGitHub;
import conductor.handlers.forge.github.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody but GitHub gets to see the token. */
@Isolated("other tests have processes of their own that hold the token")
class TokenTest extends GitHubMachine {

  /** Notes what it sees, then waits for a line. */
  private static final String AGENT =
      """
      cat > prompt.txt
      { env; ps -eo args= e; git config --list --show-origin; } > seen.txt 2>&1
      echo here >> $LEDGER
      while [ ! -e go ]; do sleep 0.05; done
      rm go
      echo done
      """;

  @BeforeEach
  void begin() throws Exception {
    github.agent(AGENT);
    github.tokenFromCommand();
  }

  @Test
  void theSearchFindsWhatShowsIt() throws Exception {
    var builder = new ProcessBuilder("sleep", "600");
    builder.environment().put("SHOWN", FakeGitHub.TOKEN);
    Process process = builder.start();
    try {
      assertThat(TokenSearch.processes()).containsExactly("/proc/" + process.pid() + "/environ");
      assertThat(TokenSearch.files(temp)).containsExactly(project.root.resolve("token"));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void itStandsInNoFileAndNoProcessWhileAnAgentRunsAndAPushGoesOn() throws Exception {
    Path flow =
        project.file(
            "flow.groovy",
            """
            def (one, two) = yield Gather([CreateWorktree(suffix: 'one'), CreateWorktree(suffix: 'two')])
            yield WriteFile(one, 'a.txt', 'a')
            yield Gather(
                agent: RunAgent(env: two, prompt: 'look'),
                pull: CreatePR(one, 'Add a'))
            def seen = yield Exec('env; ps -eo args= e', env: two)
            yield CreatePR(two, 'Add what was seen')
            return seen.output
            """);
    var pushing = new CountDownLatch(1);
    github.fake.plan("POST .*/git-receive-pack", new Fault.Paused(pushing));

    Process process = project.start("run", flow.toString());
    try {
      while (!pushing.await(100, TimeUnit.MILLISECONDS)) {
        assertThat(process.isAlive()).isTrue();
      }
      Project.await(project.ledger, process::isAlive);
      assertThat(TokenSearch.processes()).isEmpty();
      assertThat(TokenSearch.files(project.state.root())).isEmpty();
      github.fake.resume();
      for (String env : project.sh("ls -d state/worktrees/*/*two*/").lines().toList()) {
        Files.writeString(project.root.resolve(env).resolve("go"), "");
      }
      assertThat(process.waitFor()).as(Files.readString(project.root.resolve("err"))).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }

    assertThat(TokenSearch.files(temp)).containsExactly(project.root.resolve("token"));
    assertThat(github.fake.requests("POST .*/pulls")).hasSize(2);
  }

  @Test
  void theVariableOfTheHostReachesNoChild() throws Exception {
    project.environment.put("GITHUB_TOKEN", FakeGitHub.TOKEN);
    project.environment.put("GH_TOKEN", FakeGitHub.TOKEN);
    project.sh(
        "printf '#!/bin/sh\\nenv > %1$s/hook-env\\n' > repo/.git/hooks/pre-commit; chmod +x repo/.git/hooks/pre-commit; cp repo/.git/hooks/pre-commit repo/.git/hooks/pre-push"
            .formatted(project.root));
    github.agent("cat > /dev/null; env > seen.txt; echo done");

    var ended =
        project.flow(
            """
            def env = yield CreateWorktree(name: 'work')
            yield RunAgent(env: env, prompt: 'look')
            def seen = yield Exec('env', env: env)
            yield CreatePR(env, 'Add what was seen')
            return seen.output + (yield ReadFile(env, 'seen.txt')) + (yield Env('GITHUB_TOKEN'))
            """);

    assertThat(ended.ok().out()).contains("PATH=").doesNotContain("GITHUB_TOKEN=", "GH_TOKEN=");
    assertThat(Files.readString(project.root.resolve("hook-env")))
        .contains("PATH=")
        .doesNotContain(FakeGitHub.TOKEN);
    assertThat(TokenSearch.files(project.state.root())).isEmpty();
  }

  @Test
  void h8ATokenThatExpiredIsAskedForAnew() throws Exception {
    String fresh = FakeGitHub.TOKEN + "9";
    Path flow =
        project.file(
            "flow.groovy",
            """
            def env = yield CreateWorktree(name: 'work')
            yield WriteFile(env, 'a.txt', 'a')
            def pr = yield CreatePR(env, 'Add a')
            yield Exec('echo %1$s > %2$s/token; while [ ! -e %2$s/expired ]; do sleep 0.1; done')
            yield WriteFile(env, 'b.txt', 'b')
            yield Commit(env, 'Add b')
            yield Push(env)
            yield CommentPR(pr, 'Done.')
            return pr.number
            """
                .formatted(fresh, project.root));

    Process process = project.start("run", flow.toString());
    Path token = project.root.resolve("token");
    github.await(process, () -> github.repository.pulls() == 1);
    while (!Files.readString(token).strip().equals(fresh)) {
      Thread.sleep(50);
    }
    github.fake.expire(fresh);
    Files.writeString(project.root.resolve("expired"), "");

    assertThat(process.waitFor()).as(github.log()).isZero();
    assertThat(github.repository.comments(1)).hasSize(1);
  }
}
