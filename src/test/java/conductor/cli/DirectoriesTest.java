package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents and commands that start in a directory of a worktree. */
class DirectoriesTest {

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.sh(
        project.repo,
        """
        mkdir -p services/api services/web 'a [b]*'
        for d in services/api services/web 'a [b]*'; do echo x > "$d/f"; done
        ln -s services/api link; ln -s /etc out; ln -s nowhere dangling; ln -s loop loop
        git add .; git commit -qm dirs; git push -q origin HEAD:main
        """);
    project.agent("cat > /dev/null; pwd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "services/api | services/api",
        "./services//api/ | services/api",
        "services/web/../api | services/api",
        "link | services/api",
        "'a [b]*' | 'a [b]*'",
      })
  void commandsAndAgentsStartThere(String given, String directory) throws Exception {
    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree(), d = '%s'
            def said = [
              (yield Exec('pwd', env: e, dir: d)).output.trim(),
              yield(RunAgent(e, 'x', dir: d)),
              (yield Verify(e, command: 'pwd', dir: d)).command.output.trim(),
            ]
            def spawned = yield SpawnAgent(e, 'x', dir: d)
            yield WaitForStatus(spawned, 'done')
            yield SendMessage(spawned, 'y', wait: true)
            said.addAll((yield CaptureOutput(spawned)).readLines())
            return said.collect { it.replace(e.path.toRealPath().toString() + '/', '') }
            """
                .formatted(given));

    assertThat(result.ok().json().valueStream().map(text -> text.asString()))
        .hasSize(5)
        .containsOnly(directory);
    Path run = project.state.run(project.onlyRun()).root();
    assertThat(Files.readString(run.resolve("trace.jsonl"))).contains("\"dir\":\"" + given + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../w | OutsideWorktree: '../w' leads out of the worktree",
        "services/../../x | OutsideWorktree",
        "/etc | OutsideWorktree",
        "out | OutsideWorktree",
        "out/ssl | OutsideWorktree",
        "dangling | OutsideWorktree",
        "loop | OutsideWorktree",
        "services/apo | DirectoryNotFound: there is no directory 'services/apo' in",
        "services/apo | : 'services' has api, web",
        "services/api/src/main | : 'services/api' has no directories",
        "nowhere | : the worktree has a [b]*, link, out, services",
        "services/api/f | : 'services/api/f' is a file",
        "services/api/f/x | : 'services/api/f' is a file",
        "a\\u0000b | it is no path",
      })
  void otherPlacesAreTypedFailures(String given, String failure) throws Exception {
    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree(name: 'w'), d = "%s"
            return [Exec('pwd', env: e, dir: d), RunAgent(e, 'x', dir: d), SpawnAgent(e, 'x', dir: d),
                Verify(e, command: 'pwd', dir: d)].collect {
              def failed = (yield Try(it)).failure
              failed.class.simpleName + ': ' + failed.message
            }
            """
                .formatted(given));

    assertThat(result.ok().json().valueStream().map(text -> text.asString()))
        .hasSize(4)
        .allMatch(text -> text.contains(failure));
  }

  @Test
  void withoutAWorktreeADirectoryIsOfTheProject() throws Exception {
    Project.Result result =
        project.flow(
            "return [(yield Exec('pwd', dir: 'services/web')).output.trim(), (yield Try(Exec('pwd', dir: '..'))).failure.message]");

    assertThat(result.ok().out())
        .contains(project.repo.toRealPath().resolve("services/web").toString())
        .contains("'..' leads out of");
  }

  /** A retry finds what is mended, and the agent has the name that it was to have. */
  @Test
  void anAgentWhoseDirectoryWasMissingStartsInARetry() throws Exception {
    Project.Result result =
        project.flow(
            "def e = yield CreateWorktree(name: 'w')\nreturn yield RunAgent(e, 'x', name: 'coder', dir: 'new one')");
    assertThat(result.code()).isOne();
    assertThat(result.err()).contains("DirectoryNotFound", "flow.groovy:2");
    project.sh("cd state/worktrees/*/w-*/ && mkdir 'new one'");

    Project.Result resumed = project.conductor("resume", project.onlyRun());

    assertThat(resumed.ok().out()).endsWith("/new one\n");
    assertThat(project.conductor("show", project.onlyRun()).ok().out())
        .contains("agent coder  done")
        .doesNotContain("coder-2");
  }

  /** An agent that replaces its directory by a link does not get out by its next turn. */
  @Test
  void aDirectoryThatBecameALinkOutIsNotStartedIn() throws Exception {
    project.agent("cat > /dev/null; pwd >> $LEDGER; cd ..; rm -rf api; ln -s /etc api");

    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree(name: 'w')
            def agent = yield SpawnAgent(e, 'x', dir: 'services/api')
            yield WaitForStatus(agent, 'done')
            return (yield Try(SendMessage(agent, 'y', wait: true))).failure.message
            """);

    assertThat(result.ok().out()).contains("'services/api' leads out of the worktree");
    assertThat(project.ledger()).hasSize(1).allMatch(line -> line.endsWith("/services/api"));
  }

  /** A configured command is not taken from the directory, where nobody has trusted it. */
  @Test
  void aFileOfTheDirectoryIsNotRunForTheTrustedOne() throws Exception {
    project.sh(
        project.repo,
        """
        echo 'echo trusted' > agent.sh; echo 'touch %s/pwned' > services/api/agent.sh
        git add .; git commit -qm agents; git push -q origin HEAD:main
        mkdir .conductor
        """
            .formatted(temp));
    project.file(
        "repo/.conductor/config.yaml",
        "agent: theirs\nagents: {theirs: {command: [sh, ./agent.sh]}}\n");
    project.configure("");
    project.conductor("trust").ok();

    Project.Result result =
        project.flow(
            """
            def e = yield CreateWorktree()
            return [yield(RunAgent(e, 'x')), yield(Try(RunAgent(e, 'x', dir: 'services/api'))).failure.class.simpleName]
            """);

    assertThat(result.ok().out()).isEqualTo("[\"trusted\",\"FileNotTrusted\"]\n");
    assertThat(Files.exists(temp.resolve("pwned"))).isFalse();
  }
}
