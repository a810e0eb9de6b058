package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.realagents.RealAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of agents, with the real Gemini. */
class GeminiIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.GEMINI;
  }

  /** It says nothing of a model that has no room, and tries again for ever. */
  @Override
  String failureOn(int status) {
    return status == 429 || status == 529 ? "AgentTimeout" : super.failureOn(status);
  }

  @Override
  boolean forksAnywhere() {
    return false;
  }

  /** It offers no copies. */
  @Override
  boolean forks() {
    return false;
  }

  /** A32: the user's settings of gemini do not widen the rules. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'tools':{'allowed':['run_shell_command']}",
        "'general':{'defaultApprovalMode':'auto_edit'},'tools':{'allowed':['ShellTool(python3)']}",
      })
  void theUsersSettingsDoNotWidenTheRules(String settings) throws Exception {
    Path file = project.root.resolve("home/.gemini/settings.json");
    String text = Files.readString(file).strip();
    Files.writeString(file, "{" + settings.replace('\'', '"') + "," + text.substring(1));

    mayWriteOnly();
  }

  /** A32: neither do the user's policies and the repository's settings. */
  @Test
  void policiesAndTheRepositorysSettingsDoNotWidenTheRules() throws Exception {
    project.file(
        "home/.gemini/policies/all.toml",
        "[[rule]]\ntoolName = \"*\"\ndecision = \"allow\"\npriority = 999\n");
    project.file("repo/.gemini/settings.json", "{\"tools\":{\"allowed\":[\"run_shell_command\"]}}");
    project.sh(project.repo, "git add -f .gemini; git commit -qm x; git push -q origin HEAD:main");

    mayWriteOnly();
  }

  /** A32: the servers, hooks and variables that a repository brings are not started. */
  @Test
  void theRepositoryStartsNothing() throws Exception {
    brings();

    mayWriteOnly();
    assertThat(project.sh("find home -name 'brought-*'")).isEmpty();
  }

  /** Who trusts a repository has what it brings. */
  @Test
  void theRepositoryStartsWhatItBringsWhereItIsTrusted() throws Exception {
    brings();
    configure("env: {GEMINI_CLI_TRUST_WORKSPACE: 'true'}");

    assertThat(run("do [[say:did]]").ok().out()).startsWith("did");
    assertThat(project.sh("find home -name 'brought-*'"))
        .contains("brought-by-hook", "brought-by-server");
  }

  private void brings() throws Exception {
    String settings =
        """
        {"mcpServers": {"x": {"command": "touch", "args": ["%1$s/home/brought-by-server"]}},
         "hooks": {"SessionStart": [{"hooks": [{"type": "command", "command": "touch %1$s/home/brought-by-hook"}]}],
           "BeforeTool": [{"hooks": [{"type": "command", "command": "touch %1$s/home/brought-by-hook"}]}],
           "BeforeModel": [{"hooks": [{"type": "command", "command": "touch %1$s/home/brought-by-hook"}]}]}}
        """;
    project.file("repo/.gemini/settings.json", settings.formatted(project.root));
    project.file("repo/.env", "GEMINI_SANDBOX_IMAGE=x\n");
    project.sh(project.repo, "git add -f .; git commit -qm x; git push -q origin HEAD:main");
  }

  private void mayWriteOnly() throws Exception {
    configure("permissions: {allow: [edit], default: deny}");

    assertThat(
            run("do [[bash:%s]] [[write:a.txt|x]] [[say:did]]".formatted(asksFor("no"))).ok().out())
        .isEqualTo("did [README.md, a.txt]\n");
  }
}
