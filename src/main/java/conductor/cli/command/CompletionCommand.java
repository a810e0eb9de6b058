package conductor.cli.command;

import conductor.cli.Exit;
import conductor.cli.Subcommand;
import conductor.cli.view.CompletionScript;
import conductor.cli.view.Topic;
import conductor.handlers.agent.AgentCatalog;
import conductor.workflow.Scripts;
import conductor.workflow.Templates;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the completion script of a shell. */
@Command(
    name = "completion",
    description = {
      "Prints what makes a shell complete commands, options, and the runs, agents, issues, templates and pull requests"
          + " there are when TAB is pressed."
    },
    footer = {
      "",
      "Examples:",
      "  source <(conductor completion bash)      # in ~/.bashrc",
      "  source <(conductor completion zsh)       # in ~/.zshrc, after compinit",
      "  conductor completion fish | source       # in ~/.config/fish/config.fish"
    })
public final class CompletionCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      description = "bash, zsh or fish; default: bash")
  CompletionShell shell = CompletionShell.BASH;

  @Override
  public Integer call() {
    String script = shell.around(CompletionScript.filled(CompletionScript.kept(), known()));
    print(new Printed(shell.name().toLowerCase(Locale.ROOT), script), List.of(script));
    return Exit.OK;
  }

  /** What {@code --json} prints. */
  record Printed(String shell, String script) {}

  /**
   * Returns the words that are the same in every directory: effects, agent types, templates and
   * topics.
   */
  private Map<String, List<String>> known() {
    List<String> effects = new Scripts(places()).effects(false).vocabulary().words();
    AgentCatalog agents = conductor(Map.of()).agents();
    List<String> templates =
        new Scripts(places())
            .templates().all().stream()
                .filter(template -> !template.origin().equals("project"))
                .map(Templates.Template::name)
                .toList();
    List<String> topics = Topic.names(places().home());
    return Map.of(
        "effects", effects, "types", agents.types(), "templates", templates, "topics", topics);
  }
}
