package conductor.cli;

import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Completion for shells. */
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh.",
    footer = {"", "Example:", "  source <(conductor completion)"})
final class CompletionCommand extends Subcommand {

  @Override
  public Integer call() {
    var line = new CommandLine(CommandLine.Model.CommandSpec.create().name("conductor"));
    Main.commands().forEach((name, command) -> line.addSubcommand(name, command.get()));
    String script = AutoComplete.bash("conductor", line);
    print(Map.of("script", script), List.of(script));
    return Exit.OK;
  }
}
