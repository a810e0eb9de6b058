package conductor.attack;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.cli.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises of SECURITY.md, one attack each: a repository, an agent or a name that somebody else
 * chose tries to run {@code touch ran}, or to leave its place. The classes that the page names hold
 * them in all their forms.
 */
class PromisesTest {

  private static final int USAGE = 2;
  private static final String AGENT =
      "return yield RunAgent(env: yield(CreateWorktree(name: 'x')), prompt: 'hi')";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private void nothingRan() throws Exception {
    assertThat(project.sh("find . -name ran")).isEmpty();
  }

  private void push(String lines) throws Exception {
    project.sh(
        project.repo, lines + "\ngit add agent.sh; git commit -qm x; git push -q origin HEAD:main");
  }

  @Test
  void whatARepositoryBringsDoesNotRunBeforeItIsTrusted() throws Exception {
    project.file("repo/.conductor/config.yaml", "worktree: {setup: touch ran}\n");
    project.file("repo/.conductor/workflows/mine.groovy", "yield Exec('touch ran')");

    assertThat(project.flow(AGENT).code()).isEqualTo(USAGE);
    assertThat(project.conductor("run", "mine").code()).isEqualTo(USAGE);
    nothingRan();
  }

  @Test
  void aChangeOfATrustedFileOnTheRemoteDoesNotRun() throws Exception {
    push("echo true > agent.sh");
    project.file(
        "repo/.conductor/config.yaml", "agent: a\nagents: {a: {command: [sh, agent.sh]}}\n");
    project.conductor("trust").ok();
    push("echo touch ran > agent.sh");
    project.sh(project.repo, "git reset -q --hard HEAD~1");

    assertThat(project.flow(AGENT).err()).contains("FileNotTrusted");
    nothingRan();
  }

  @Test
  void lookingRunsNothing() throws Exception {
    project.sh("printf '#!/bin/sh\\ntouch ran\\n' > claude; chmod +x claude");
    project.file(
        "repo/.conductor/config.yaml",
        "agents: {claude: {program: '%s/claude'}}\nforge: {token_command: touch ran}\n"
            .formatted(temp));

    for (String command : new String[] {"agents", "doctor", "ps", "config", "gates"}) {
      project.conductor(command);
    }
    nothingRan();
  }

  @Test
  void aFileIsNotRunForTheNameOfATemplate() throws Exception {
    project.file("repo/basic_pr", "yield Exec('touch ran')");

    assertThat(project.conductor("run", "basic_pr").code()).isEqualTo(USAGE);
    nothingRan();
  }

  @Test
  void aRuleThatWouldMatchNothingIsRefused() throws Exception {
    project.configure("agents: {a: {command: [cat], permissions: {deny: ['Bash(rm *']}}}\n");

    assertThat(project.flow("return 1").code()).isEqualTo(USAGE);
  }

  @Test
  void aNameLeadsToNoFileOutsideItsPlace() throws Exception {
    project.agent("echo hi");

    project
        .flow(
            """
            yield Try(CreateWorktree(name: '../../../../ran'))
            def env = yield CreateWorktree(name: 'x')
            return yield RunAgent(env: env, prompt: 'x', name: '../../../../ran')
            """)
        .ok();
    nothingRan();
  }

  @Test
  void whatIsStoredIsTheOwnersAndHasNoSecrets() throws Exception {
    project.environment.put("MY_TOKEN", "s3cr3t-value-12345678");

    project
        .flow("def t = yield Env('MY_TOKEN'); return (yield Exec(['test', '-n', t])).passed")
        .ok();

    assertThat(project.sh("find state -perm /077 ! -type l; grep -rl s3cr3t state || true"))
        .isEmpty();
  }
}
