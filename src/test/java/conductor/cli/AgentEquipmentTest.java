package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Effort, system prompts, MCP servers and skills: by configuration, profile, role and script. */
class AgentEquipmentTest {

  private static final String CLAUDE =
      """
      agent: claude
      mcp: {tickets: {command: [sh, tickets.sh], env: {A: "1"}}}
      skills: {review: ../skills}
      """;

  @TempDir private Path temp;
  private Project project;

  @BeforeEach
  void machine() throws Exception {
    project = Project.withOrigin(temp);
    project.file("repo/issue.md", "# Add it\n\nPlease.\n");
    project.file("repo/skills/greet/SKILL.md", "---\nname: greet\n---\nSay hi.\n");
    for (String program : new String[] {"claude", "gemini"}) {
      Path file = project.file("bin/" + program, "#!/bin/sh\nexit 3\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
    project.environment.merge(
        "PATH", temp.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
  }

  private String user() {
    return CLAUDE.replace("../skills", temp.resolve("repo/skills").toString());
  }

  private String plan(String who) throws Exception {
    Path flow =
        project.file(
            "repo/flow.groovy",
            "def env = yield CreateWorktree(name: 'x')\n"
                + "return yield RunAgent(env: env, agent: %s, prompt: 'look')\n".formatted(who));
    Project.Result planned = project.conductor("plan", flow.toString());
    return planned.out() + planned.err();
  }

  @Test
  void thePlanShowsWhatAnAgentIsGiven() throws Exception {
    project.configure(user());

    assertThat(plan("[effort: 'high', system: 'Be short.', mcp: ['tickets'], skills: 'review']"))
        .contains("effort high, a system prompt, mcp tickets, skills review");
  }

  @Test
  void whatIsNotInTheConfigurationIsTold() throws Exception {
    project.configure(user());

    assertThat(plan("[mcp: ['tikets']]")).contains("has no 'mcp.tikets'", "did you mean 'tickets'");
    assertThat(plan("[mcp: [tickets: [command: 'sh evil.sh']]]"))
        .contains("its 'mcp' must be a list of names");
    project.configure(user() + "profiles: {careful: {skills: [none]}}\n");
    assertThat(plan("[profile: 'careful']"))
        .contains("profiles.careful.skills", "has no 'skills.none'");
    project.configure(user().replace("repo/skills", "nowhere"));
    assertThat(plan("[skills: ['review']]")).contains("nowhere", "correct skills.review");
    project.configure("mcp: {x: {env: {A: b}}}\n");
    assertThat(plan("'claude'")).contains("mcp.x has no command and no url");
  }

  @Test
  void theValueOfAVariableReachesTheAgentAndStandsInNoExport() throws Exception {
    project.environment.put("DOCS_LOGIN", "open-sesame-42");
    project.conversing(
        ClaudeScript.onPrompt(
            """
            say "{\\"type\\":\\"result\\",\\"subtype\\":\\"success\\",\\"is_error\\":false,\\"session_id\\":\\"s-1\\",\\"result\\":\\"told ${#CONDUCTOR_MCP_1}: $CONDUCTOR_MCP_1\\"}"
            """),
        "mcp: [docs]\n");
    Files.writeString(
        temp.resolve("home/.config/doeff-conductor/config.yaml"),
        "mcp: {docs: {url: 'http://docs.test/mcp', headers: {Authorization: 'Bearer $DOCS_LOGIN'}}}\n",
        StandardOpenOption.APPEND);
    String flow =
        "def env = yield CreateWorktree(name: 'x')\nreturn yield RunAgent(env: env, prompt: 'look', name: 'impl')";

    assertThat(project.flow(flow).ok().out()).isEqualTo("told 21: Bearer ***DOCS_LOGIN***\n");
    String run = project.onlyRun();
    Path servers = project.state.run(run).agents().resolve("impl/session-1/mcp.json");
    assertThat(servers).content().contains("${CONDUCTOR_MCP_1}").doesNotContain("sesame");
    assertThat(Files.getPosixFilePermissions(servers))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    project.conductor("export", run, "-o", temp.resolve("run.zip").toString()).ok();
    project.sh("mkdir zip && cd zip && python3 -m zipfile -e ../run.zip . && ! grep -rq sesame .");
    assertThat(project.conductor("report", run).ok().out()).doesNotContain("sesame");
  }

  @Test
  void aVariableThatIsNotSetIsToldBeforeAnythingRuns() throws Exception {
    project.configure(user().replace("A: \"1\"", "A: \"x ${NO_SUCH}\""));

    assertThat(plan("[mcp: ['tickets']]"))
        .contains("mcp.tickets.env.A names the variable NO_SUCH, which is not set");
    assertThat(plan("'claude'")).doesNotContain("NO_SUCH");
  }

  @Test
  void anAgentThatCannotBeGivenItSaysSoBeforeAnythingRuns() throws Exception {
    project.configure(user() + "agents: {mine: {command: 'cat'}}\n");

    Project.Result skills =
        project.conductor(
            "run",
            "basic_pr",
            "--issue",
            "issue.md",
            "--param",
            "agents.writer.agent=gemini",
            "--param",
            "agents.writer.skills=review");
    assertThat(skills.code()).isEqualTo(Exit.USAGE);
    assertThat(skills.err())
        .contains("gemini", "cannot be given 'skills'", "claude, codex, opencode");
    Project.Result effort =
        project.conductor(
            "run",
            "basic_pr",
            "--issue",
            "issue.md",
            "--param",
            "agents.writer.agent=mine",
            "--param",
            "agents.writer.effort=high");
    assertThat(effort.err()).contains("mine", "cannot be given 'effort'");
    assertThat(project.conductor("ps", "--json").out()).isEqualTo("[]\n");
  }

  @Test
  void rolesOfTheConfigurationNameServersInLists() throws Exception {
    project.configure(user() + "roles: {writer: {mcp: [tickets], effort: high}}\n");

    assertThat(project.conductor("plan", "basic_pr", "--issue", "issue.md").out())
        .contains("effort high, mcp tickets");
  }

  /** What a server runs, and what skills say, is under the trust of agents' commands. */
  @Test
  void serversAndSkillsNeedTrust() throws Exception {
    project.file("repo/.conductor/config.yaml", CLAUDE);

    assertThat(project.conductor("run", "basic_pr", "--issue", "issue.md").err())
        .contains(
            "is not trusted", "mcp.tickets.command", "skills.review", "skills/greet/SKILL.md");
    project.conductor("trust").ok();
    assertThat(plan("'claude'")).doesNotContain("trusted");
    Files.writeString(temp.resolve("repo/skills/greet/more.sh"), "echo more\n");

    assertThat(project.conductor("run", "basic_pr", "--issue", "issue.md").err())
        .contains("changed since it was trusted", "skills/greet/more.sh");
  }
}
