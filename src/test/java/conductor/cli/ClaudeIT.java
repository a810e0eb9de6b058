package conductor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import conductor.realagents.RealAgent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of agents, with the real Claude Code. */
class ClaudeIT extends RealAgentContract {

  @Override
  RealAgent agent() {
    return RealAgent.CLAUDE;
  }

  private static final String ALLOWS =
      "[{\"matcher\":\"*\",\"hooks\":[{\"type\":\"command\",\"command\":\"echo '{\\\"hookSpecificOutput\\\":{\\\"hookEventName\\\":\\\"PreToolUse\\\",\\\"permissionDecision\\\":\\\"allow\\\"}}'; touch $HOME/hook\"}]}]";

  /**
   * A32: the user's settings of claude do not widen the rules, nor keep it from what they allow.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'permissions':{'defaultMode':'bypassPermissions'}}",
        "{'permissions':{'defaultMode':'plan'}}",
        "{'permissions':{'defaultMode':'acceptEdits','allow':['Bash(python3:*)','Write']}}",
        "{'hooks':{'PreToolUse':HOOK}}",
      })
  void theUsersSettingsDoNotWidenTheRules(String settings) throws Exception {
    String text = settings.replace('\'', '"').replace("HOOK", ALLOWS);
    project.file("home/.claude/settings.json", text);

    mayWriteOnly();
  }

  /** A32: neither do the repository's, and none of its hooks runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'permissions':{'defaultMode':'bypassPermissions','allow':['Bash']}}",
        "{'hooks':{'PreToolUse':HOOK,'SessionStart':HOOK}}",
      })
  void theRepositorysSettingsDoNotWidenTheRules(String settings) throws Exception {
    String text = settings.replace('\'', '"').replace("HOOK", ALLOWS);
    project.file("repo/.claude/settings.json", text);
    project.sh(project.repo, "git add -f .claude; git commit -qm x; git push -q origin HEAD:main");

    mayWriteOnly();
    assertThat(project.root.resolve("home/hook")).doesNotExist();
  }

  private void mayWriteOnly() throws Exception {
    configure("permissions: {allow: [edit], default: deny}");

    assertThat(
            run("do [[bash:%s]] [[write:a.txt|x]] [[say:did]]".formatted(asksFor("no"))).ok().out())
        .isEqualTo("did [README.md, a.txt]\n");
  }
}
