package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a project brings runs only after somebody trusted it, as it was then. */
class TrustTest {

  private static final String FLOW = "return 'ran'";

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
  }

  private void config(String yaml) throws Exception {
    project.file("repo/.conductor/config.yaml", yaml);
  }

  @Test
  void aProjectsAgentIsRefusedUntilItIsTrusted() throws Exception {
    config("agents: {theirs: {command: [sh, -c, 'touch ../pwned']}}\n");

    Project.Result refused = project.flow(FLOW);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err())
        .contains(".conductor is not trusted", "agents.theirs.command", "'conductor trust'");
    assertThat(project.conductor("ps", "--json").out()).isEqualTo("[]\n");

    project.conductor("trust").ok();
    assertThat(project.flow(FLOW).ok().out()).isEqualTo("ran\n");
  }

  @Test
  void aChangeAsksAgain() throws Exception {
    config("worktree: {setup: make}\n");
    project.conductor("trust").ok();
    config("worktree: {setup: make evil}\n");

    assertThat(project.flow(FLOW).err()).contains("changed since it was trusted");

    project.conductor("trust", "--json").ok();
    project.file("repo/.conductor/workflows/more.groovy", "return 1");
    assertThat(project.flow(FLOW).code()).isEqualTo(Exit.USAGE);
    project.conductor("trust").ok();
    assertThat(project.conductor("run", "more").ok().out()).isEqualTo("1\n");
    project.conductor("trust", "--revoke").ok();
    assertThat(project.conductor("run", "more").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aRunIsNotResumedWithWhatChangedMeanwhile() throws Exception {
    config("agents: {theirs: {command: [sh, -c, cat]}}\n");
    project.conductor("trust").ok();
    assertThat(project.flow("yield Exec(command: 'exit 1', check: true)").code()).isOne();
    config("agents: {theirs: {command: [sh, -c, 'touch ../pwned']}}\n");

    assertThat(project.conductorIn(temp, "resume", project.onlyRun()).err())
        .contains("changed since it was trusted");
  }

  @Test
  void settingsThatRunNothingNeedNoTrust() throws Exception {
    config("caps: {agents: 1}\n");

    assertThat(project.flow(FLOW).ok().out()).isEqualTo("ran\n");
    assertThat(project.conductor("trust").code()).isEqualTo(Exit.USAGE);
  }

  @Test
  void aRunThatIsResumedElsewhereWorksInItsOwnProject() throws Exception {
    config("agents: {theirs: {command: [sh, -c, 'echo theirs']}}\nagent: theirs\n");
    project.conductor("trust").ok();
    Path gate = temp.resolve("gate");
    assertThat(
            project
                .flow(
                    """
                    yield Exec(command: 'test -e %s', check: true)
                    return yield RunAgent(env: yield(CreateWorktree()), prompt: 'x')
                    """
                        .formatted(gate))
                .code())
        .isOne();
    Files.createFile(gate);

    assertThat(project.conductorIn(temp, "resume", project.onlyRun()).ok().out())
        .isEqualTo("theirs\n");
  }

  /** F8: what lies in a repository is not run for a template of its name. */
  @Test
  void aFileIsRunOnlyWhereItIsWrittenAsOne() throws Exception {
    project.file("repo/basic_pr", FLOW);
    project.file("repo/other", FLOW);

    Project.Result template = project.conductor("run", "basic_pr");
    assertThat(template.code()).isEqualTo(Exit.USAGE);
    assertThat(template.err()).contains("issue").doesNotContain("ran");
    Project.Result other = project.conductor("run", "other");
    assertThat(other.code()).isEqualTo(Exit.USAGE);
    assertThat(other.err()).contains("no template 'other'", "'./other' runs the file");
    assertThat(project.conductor("run", "./other").ok().out()).isEqualTo("ran\n");
    Project.Result child = project.flow("return yield RunWorkflow('other')");
    assertThat(child.err()).contains("no template 'other'");
  }

  /** F8: a trusted workflow may take a built-in's name, and that is said. */
  @Test
  void aWorkflowInPlaceOfABuiltInIsTold() throws Exception {
    project.file("repo/.conductor/workflows/basic_pr.groovy", FLOW);
    project.conductor("trust").ok();

    Project.Result ran = project.conductor("run", "basic_pr");

    assertThat(ran.ok().out()).isEqualTo("ran\n");
    assertThat(ran.err().lines().findFirst().orElse(""))
        .startsWith("'basic_pr' is the project's workflow ")
        .endsWith("not the built-in one");
  }

  /** F8: what lies beside a script is not taken for conductor's own classes. */
  @Test
  void theClassesOfConductorCannotBeShadowed() throws Exception {
    project.file(
        "repo/conductor/flow/Budget.groovy",
        "package conductor.flow\nclass Budget { static used() { 'shadowed' } }\n");
    Path script =
        project.file(
            "repo/uses.groovy", "import conductor.flow.Budget\nreturn Budget.methods*.name\n");

    assertThat(project.conductor("run", script.toString()).ok().out()).doesNotContain("used");
  }

  /** F8: those who only look run nothing that is not trusted. */
  @Test
  void lookingForAgentsRunsNothingOfTheProject() throws Exception {
    project.sh("printf '#!/bin/sh\\ntouch $0.ran\\n' > evil; chmod +x evil");
    config("agents: {claude: {program: '%s/evil'}}\n".formatted(project.root));

    project.conductor("agents").ok();
    project.conductor("doctor");
    assertThat(temp.resolve("evil.ran")).doesNotExist();

    project.conductor("trust").ok();
    project.conductor("agents").ok();
    assertThat(temp.resolve("evil.ran")).exists();
  }

  /** F23: a run that could never have a place is refused. */
  @Test
  void noPlacesForAgentsIsABadConfiguration() throws Exception {
    project.configure("caps: {agents: 0}\n");
    Project.Result none = project.flow(FLOW);
    assertThat(none.code()).isEqualTo(Exit.USAGE);
    assertThat(none.err())
        .contains("caps.agents is 0 in ", "it must be 1 or more")
        .doesNotContain("run wf-");

    project.configure("caps: {types: {mine: -1}}\n");
    assertThat(project.flow(FLOW).err()).contains("caps.types.mine is -1 in ");
  }

  /** A rule that no tool would match is refused where the configuration is read. */
  @Test
  void aMalformedRuleIsABadConfiguration() throws Exception {
    project.configure(
        "agents: {mine: {command: [cat], permissions: {deny: [Read, 'Bash(rm *']}}}\n");

    Project.Result refused = project.flow(FLOW);

    assertThat(refused.code()).isEqualTo(Exit.USAGE);
    assertThat(refused.err())
        .contains("config.yaml: 'agents.mine.permissions.deny' has 'Bash(rm *', which no tool")
        .contains("Bash(git *)");
  }

  /** More agents than the machine has cores for are nothing that a repository decides. */
  @Test
  void capsAboveTheCoresNeedTrust() throws Exception {
    config("caps: {agents: 100000}\n");

    assertThat(project.flow(FLOW).err()).contains("is not trusted", "caps.agents");
    project.conductor("trust").ok();
    project.flow(FLOW).ok();
  }

  /** F21: prompts and journals are nobody else's, whatever the umask was. */
  @Test
  void theStateIsPrivate() throws Exception {
    project.agent("umask > umask.txt; echo hi");
    project
        .flow("yield RunAgent(env: yield(CreateWorktree(name: 'x')), prompt: 'secret'); return 1")
        .ok();

    String open = "find state ! -path '*/worktrees/*/*/*' ! -type l -perm /077 ! -name '*-wf-*'";
    assertThat(project.sh(open)).isEmpty();
    assertThat(project.sh("cat state/worktrees/*/*/umask.txt")).isEqualTo(project.sh("umask"));
  }

  private static final String AGENT =
      "return yield RunAgent(env: yield(CreateWorktree(name: 'x')), prompt: 'hi')";

  /** Commits files of a repository and pushes them. */
  private void push(String files) throws Exception {
    project.sh(
        project.repo, files + "\ngit add -A; git commit -qm x; git push -q origin HEAD:main");
  }

  /** The same from another clone, as a colleague or an attacker does. */
  private void remotely(String files) throws Exception {
    project.sh(
        "rm -rf other; git clone -q origin.git other 2>/dev/null; cd other\n"
            + files
            + "\ngit add -A; git commit -qm x; git push -q origin HEAD:main");
  }

  /** N6: what runs in a worktree is what was trusted, not what the remote has there by then. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "command: [sh, scripts/agent.sh]",
        "command: [sh, ./scripts/agent.sh]",
        "command: 'cd scripts && sh ./agent.sh'",
        "command: 'sh \"$PWD/scripts/agent.sh\"'",
        "command: [env, FILE=scripts/agent.sh, sh, -c, '. \"$FILE\"']",
        "command: [sh, -c, '. \"$FILE\"'], env: {FILE: ./scripts/agent.sh}",
      })
  void aFileThatACommandNamesRunsAsItWasTrusted(String command) throws Exception {
    push("mkdir scripts; echo echo trusted > scripts/agent.sh");
    config("agent: theirs\nagents: {theirs: {%s}}\n".formatted(command));
    assertThat(project.conductor("trust").ok().out()).contains("/repo/scripts/agent.sh\n");
    assertThat(project.flow(AGENT).ok().out()).isEqualTo("trusted\n");

    remotely("echo 'touch ran.txt' > scripts/agent.sh");
    Project.Result refused = project.flow(AGENT);

    assertThat(refused.code()).isOne();
    assertThat(refused.err())
        .contains("FileNotTrusted: ", "/scripts/agent.sh is not as it was trusted")
        .contains("run 'conductor trust'");
    assertThat(project.sh("find . -name ran.txt")).isEmpty();

    project.sh(project.repo, "git pull -q origin main");
    assertThat(project.flow(AGENT).code()).as("the checkout has it, nobody trusts it").isEqualTo(2);
    assertThat(project.sh("find . -name ran.txt")).isEmpty();
    project.conductor("trust").ok();
    project.flow(AGENT).ok();
  }

  /** N6: a file that is not there when its name is trusted is not trusted. */
  @Test
  void aFileThatTurnsUpLaterIsNotTrusted() throws Exception {
    config("agent: theirs\nagents: {theirs: {command: [sh, agent.sh]}}\n");
    project.conductor("trust").ok();
    remotely("echo 'touch ../../../../ran' > agent.sh");

    assertThat(project.flow(AGENT).err()).contains("agent.sh is not as it was trusted");
    assertThat(project.sh("find . -name ran")).isEmpty();
  }

  /** N6: the same for what prepares worktrees, and a resumed run goes on when it is trusted. */
  @Test
  void theSetUpOfWorktreesRunsAsItWasTrusted() throws Exception {
    push("echo echo > gradlew; chmod +x gradlew");
    config("worktree: {setup: './gradlew assemble'}\n");
    project.conductor("trust").ok();
    remotely("echo 'touch made.txt' > gradlew");
    String flow = "return (yield Exec('ls', env: yield(CreateWorktree(name: 'x')))).output";

    Project.Result refused = project.flow(flow);
    assertThat(refused.code()).isOne();
    assertThat(refused.err()).contains("FileNotTrusted: ", "/gradlew is not as it was trusted");

    project.sh(project.repo, "git pull -q origin main");
    project.conductor("trust").ok();
    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).contains("made.txt");
  }

  /** N6: worktrees that began before the file was changed and trusted anew go on. */
  @Test
  void whatWasTrustedBeforeStaysSoForWorktreesThatHaveIt() throws Exception {
    push("echo echo one > agent.sh");
    config("agent: theirs\nagents: {theirs: {command: [sh, agent.sh]}}\n");
    project.conductor("trust").ok();
    Path gate = temp.resolve("gate");
    String flow =
        """
        def env = yield CreateWorktree()
        yield Exec(command: 'test -e %s', check: true)
        return yield RunAgent(env: env, prompt: 'x')
        """;
    assertThat(project.flow(flow.formatted(gate)).code()).isOne();
    Files.createFile(gate);
    project.sh(project.repo, "echo echo two > agent.sh");
    project.conductor("trust").ok();

    assertThat(project.conductor("resume", project.onlyRun()).ok().out()).isEqualTo("one\n");
  }
}
