package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.forge.github.FakeGitHub;
import conductor.forge.github.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody but GitHub gets to see the token. */
@Isolated("other tests have processes of their own that hold the token")
class TokenTest {

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

  @TempDir private Path temp;
  private OnGitHub github;
  private Project project;

  @BeforeEach
  void begin() throws Exception {
    github = new OnGitHub(temp).agent(AGENT);
    project = github.project;
    project.environment.remove("GITHUB_TOKEN");
    Path token = project.file("token", FakeGitHub.TOKEN);
    Path config = project.root.resolve("home/.config/doeff-conductor/config.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("type: github,", "type: github, token_command: 'cat %s',".formatted(token)));
  }

  @AfterEach
  void end() {
    github.close();
  }

  private static boolean holds(Path file) {
    try {
      return Files.isRegularFile(file)
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .contains(FakeGitHub.TOKEN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> holding(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(TokenTest::holds).toList();
    }
  }

  /** The processes of this machine that show the token, in arguments or environment. */
  private static List<String> showing() throws IOException {
    var showing = new ArrayList<String>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(one -> one.toString().matches("/proc/\\d+")).toList()) {
        for (String part : List.of("cmdline", "environ")) {
          try {
            if (holds(process.resolve(part))) {
              showing.add(process + "/" + part);
            }
          } catch (UncheckedIOException e) {
            continue; // it has ended, or is another user's
          }
        }
      }
    }
    return showing;
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
      assertThat(showing()).isEmpty();
      assertThat(holding(project.state.root())).isEmpty();
      github.fake.resume();
      for (String env : project.sh("ls -d state/worktrees/*/*two*/").lines().toList()) {
        Files.writeString(project.root.resolve(env).resolve("go"), "");
      }
      assertThat(process.waitFor()).as(Files.readString(project.root.resolve("err"))).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }

    assertThat(holding(project.state.root())).isEmpty();
    assertThat(holding(project.repo)).isEmpty();
    assertThat(holding(github.bare)).isEmpty();
    assertThat(holding(project.root.resolve("home"))).isEmpty();
    assertThat(Files.readString(project.root.resolve("out"))).doesNotContain(FakeGitHub.TOKEN);
    assertThat(Files.readString(project.root.resolve("err"))).doesNotContain(FakeGitHub.TOKEN);
    assertThat(project.sh("git -C repo remote -v")).doesNotContain(FakeGitHub.TOKEN);
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
    assertThat(holding(project.state.root())).isEmpty();
  }
}
