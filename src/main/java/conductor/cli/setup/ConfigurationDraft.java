package conductor.cli.setup;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The configuration that a repository gets: what was found, and as comments what could be set.
 *
 * @param agent the agent to use; empty when none is there, or the user's own settings name one
 * @param tool what the project is tested with; empty when its files do not tell
 */
record ConfigurationDraft(
    Optional<FoundAgent> agent, List<FoundAgent> agents, Optional<BuildTool> tool) {

  /**
   * Returns the draft for what was found.
   *
   * @param usual the agent that settings name already; empty for none
   */
  static ConfigurationDraft of(
      List<FoundAgent> agents, Optional<String> usual, Optional<BuildTool> tool) {
    Optional<FoundAgent> best =
        agents.stream().min(Comparator.comparing(agent -> agent.login().isEmpty()));
    return new ConfigurationDraft(usual.isPresent() ? Optional.empty() : best, agents, tool);
  }

  String yaml() {
    return """
    # What conductor uses in this repository; commit it. 'conductor config' prints what is in force and where it
    # comes from, 'conductor config --schema' all keys.

    # The agent of workflows that name none. Found here: %s.
    %s

    # Parameters of workflows that are not given. %s
    %s

    # Run in each new worktree, which holds what is committed and nothing else.
    %s
    """
        .formatted(found(), agentLine(), tested(), testLines(), setupLines());
  }

  private String found() {
    return agents.isEmpty()
        ? "none"
        : agents.stream().map(FoundAgent::named).collect(Collectors.joining(", "));
  }

  private String agentLine() {
    return agent.map(one -> "agent: " + one.type()).orElse("# agent: claude");
  }

  private String tested() {
    return tool.map(one -> "There is a " + one.file() + ".")
        .orElse("No file told how this project is tested.");
  }

  private String testLines() {
    return tool.map(one -> "params:\n  test_command: " + quoted(one.test()))
        .orElse("# params:\n#   test_command: 'make test'");
  }

  private String setupLines() {
    return tool.map(BuildTool::setup)
        .map(setup -> "worktree:\n  setup: " + quoted(setup))
        .orElse("# worktree:\n#   setup: 'make dependencies'");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
